import assert from "node:assert/strict";
import type { Expr } from "../../../server/src/syntax/ast";
import { Bench } from "./support";

/** A small generator with a fixed seed (Numerical Recipes' constants): the same layouts in every run. */
class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

const SPACES = ["", " ", "\n    ", "\n    ", "  # note, (1)\n    ", "\n\n    # own\n    ", "\n\t"] as const;

/** An element's spelling: wrapped in parentheses now and then. */
function spelt(dice: Dice, name: string): string {
  const literal = dice.of([`"${name}"`, `'${name}'`]);
  return dice.below(6) === 0 ? dice.of([`(${literal})`, `(\n  ${literal}  # in\n)`, `( ${literal} "")`]) : literal;
}

function display(dice: Dice, names: readonly string[]): string {
  const [open, close] = dice.of([
    ["[", "]"],
    ["(", ")"],
    ["{", "}"],
    ["f(", ")"],
  ] as const);
  const parts = names.map((name, at) => {
    const isLast = at === names.length - 1;
    const comma = !isLast || dice.below(2) === 0 || (open === "(" && names.length === 1) ? "," : "";
    const before = dice.below(8) === 0 ? dice.of(SPACES) : "";
    return dice.of(SPACES) + spelt(dice, name) + before + comma;
  });
  const end = dice.of(["", "\n", "  # end\n", " "]);
  return names.length === 0 && open === "{" ? "set()" : open + parts.join("") + end + close;
}

function elementsOf(value: Expr | undefined): readonly string[] | undefined {
  const text = (each: Expr): string => (each.kind === "Str" ? each.value : each.kind);
  if (value?.kind === "List" || value?.kind === "Tuple" || value?.kind === "Set") return value.elts.map(text);
  if (value?.kind === "Call") return value.args.map(text);
  return undefined;
}

describe("any layout", () => {
  it("keeps exactly the elements that should stay, in order", async () => {
    for (let seed = 1; seed <= 600; seed++) {
      const dice = new Dice(seed);
      const names = ["a", "b", "c", "d", "e"].slice(0, 1 + dice.below(5));
      const source = `X = 1\nA = ${display(dice, names)}  # tail\nB = 2\n`.replaceAll("\n", dice.of(["\n", "\r\n"]));
      const bench = await Bench.open({ "settings.py": source });
      const before = bench.module();
      assert.deepEqual(before.problems, [], source);
      const value = before.body[1]?.kind === "Assign" ? before.body[1].value : undefined;
      if (elementsOf(value)?.join() !== names.join() || value === undefined) continue;
      const children = value.kind === "Call" ? value.args : "elts" in value ? value.elts : [];
      const deleted = new Set(names.map((_, at) => at).filter(() => dice.below(3) === 0));
      const inserts = dice.below(3) === 0 ? [] : [dice.below(names.length + 1), dice.below(names.length + 1)];
      const after = bench.apply((edit, file) => {
        for (const at of deleted) edit.deleteElement(file, children[at] ?? { start: 0, end: 0 });
        for (const [number, at] of inserts.entries()) edit.insertElement(file, value, at, `"${number}"`);
      });
      const expected = [...names, undefined].flatMap((name, at) => [
        ...inserts.flatMap((each, number) => (each === at ? [String(number)] : [])),
        ...(name === undefined || deleted.has(at) ? [] : [name]),
      ]);
      const changed = await Bench.open({ "settings.py": after });
      const statement = changed.module().body[1];
      const result = statement?.kind === "Assign" ? statement.value : undefined;
      const kind = value.kind === "Set" && expected.length === 0 ? "Call" : value.kind;
      assert.equal(result?.kind, kind, `seed ${seed}\n${source}\n${after}`);
      assert.deepEqual(elementsOf(result), expected, `seed ${seed}\n${source}\n${after}`);
      assert.ok(after.endsWith("  # tail\nB = 2\n".replaceAll("\n", source.includes("\r") ? "\r\n" : "\n")), after);
      const kept = before.comments.filter((each) => each.text === "# own").length;
      assert.ok((after.match(/# own/g)?.length ?? 0) >= (expected.length === 0 ? 0 : kept) || deleted.size > 0, after);
    }
  });
});
