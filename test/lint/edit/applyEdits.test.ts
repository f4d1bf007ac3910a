import assert from "node:assert/strict";
import { ClaimedVariables } from "../../../server/src/lint/edit/claimedVariables";
import { applyFileEdits, fixAll, selectFixes } from "../../../server/src/lint/applyEdits";
import type { FileEdit } from "../../../server/src/lint/finding";
import { Bench } from "./support";

const edit = (start: number, end: number, text: string, file = "/a.py"): FileEdit => ({
  file,
  range: { start, end },
  text,
});
const fix = (...edits: FileEdit[]): { edits(): readonly FileEdit[] } => ({ edits: () => edits });

describe("applying edits", () => {
  it("applies them in any order, insertions at one place in theirs", () => {
    const texts = applyFileEdits([edit(4, 5, "X"), edit(0, 0, "1"), edit(0, 0, "2")], () => "abcdef");
    assert.deepEqual([...(texts ?? [])], [["/a.py", "12abcdXf"]]);
  });
  it("creates files only where an edit says so", () => {
    assert.equal(
      applyFileEdits([edit(0, 0, "x")], () => undefined),
      undefined,
    );
    const created = applyFileEdits([{ ...edit(0, 0, "x"), create: true }], () => undefined);
    assert.deepEqual([...(created ?? [])], [["/a.py", "x"]]);
  });
  it("refuses ranges outside of the text", () => {
    assert.equal(
      applyFileEdits([edit(3, 9, "x")], () => "abc"),
      undefined,
    );
  });
  it("defers fixes that overlap or touch an earlier one", () => {
    const [first, overlapping, touching, apart, elsewhere] = [
      fix(edit(0, 4, "")),
      fix(edit(9, 9, ""), edit(2, 6, "")),
      fix(edit(4, 4, "x")),
      fix(edit(20, 21, "")),
      fix(edit(0, 4, "", "/b.py")),
    ];
    const selection = selectFixes([first, overlapping, touching, fix(), apart, elsewhere]);
    assert.deepEqual(selection.applied, [first, apart, elsewhere]);
    assert.deepEqual(selection.deferred, [overlapping, touching]);
  });
});

describe("fixing all", () => {
  const read = (): string => "aaaa";

  it("lints anew until nothing is left", async () => {
    const lint = (changed: ReadonlyMap<string, string>): ReturnType<typeof fix>[] => {
      const text = changed.get("/a.py") ?? read();
      // Every `a` is a finding; neighbours touch and wait for the next pass.
      return [...text].flatMap((each, at) => (each === "a" ? [fix(edit(at, at + 1, "b"))] : []));
    };
    const result = await fixAll(read, lint);
    assert.equal(result.texts.get("/a.py"), "bbbb");
    assert.equal(result.applied.length, 4);
    assert.equal(result.isComplete, true);
  });
  it("stops when fixes undo each other", async () => {
    const lint = (changed: ReadonlyMap<string, string>): ReturnType<typeof fix>[] => {
      const text = changed.get("/a.py") ?? read();
      return [fix(edit(0, 1, text.startsWith("a") ? "b" : "a"))];
    };
    const result = await fixAll(read, lint);
    assert.equal(result.isComplete, false);
    assert.ok(result.applied.length <= 3);
  });
  it("stops after some passes when fixes never end", async () => {
    const lint = (): ReturnType<typeof fix>[] => [fix(edit(0, 0, "x"))];
    const result = await fixAll(read, lint);
    assert.equal(result.isComplete, false);
    assert.equal(result.texts.get("/a.py"), "xxxxxxxxxxaaaa");
  });
  it("applies one at a time when together they are refused", async () => {
    const lint = (changed: ReadonlyMap<string, string>): ReturnType<typeof fix>[] =>
      changed.size > 0 ? [] : [fix(edit(0, 1, "!")), fix(edit(2, 3, "b"))];
    const result = await fixAll(read, lint, (_file, text) => !text.includes("!"));
    assert.equal(result.texts.get("/a.py"), "aaba");
  });
  it("changes nothing when there is nothing to fix", async () => {
    assert.deepEqual(await fixAll(read, () => [fix()]), {
      texts: new Map(),
      applied: [],
      claimed: new ClaimedVariables(),
      isComplete: true,
    });
  });
});

describe("the fixes of two findings in one place", () => {
  const conflict = async (text: string, first: string, second: string): Promise<boolean> => {
    const bench = await Bench.open({ "settings.py": text });
    const make = (element: string): readonly FileEdit[] =>
      bench.edits((builder, file) => {
        if (element.includes("=")) builder.deleteStatement(file, bench.range(element));
        else builder.deleteElement(file, bench.range(element));
      });
    return selectFixes([fix(...make(first)), fix(...make(second))]).deferred.length === 1;
  };
  it("wait for each other where together they would leave no tuple, set or block", async () => {
    assert.equal(await conflict(`A = ("a", "b", "c")\n`, `"a"`, `"c"`), true);
    assert.equal(await conflict(`A = {"a", "x", "b"}\n`, `"a"`, `"b"`), true);
    assert.equal(await conflict(`if X:\n    A = 1\n    # note\n    B = 2\n`, "A = 1", "B = 2"), true);
  });
  it("go together in a list over several lines", async () => {
    assert.equal(await conflict(`A = [\n    "a",\n    "b",\n    "c",\n]\n`, `"a"`, `"c"`), false);
  });
});
