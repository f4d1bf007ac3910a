import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Module } from "../../server/src/syntax/ast";
import { parse, show } from "./show";

const LEVELS = 10_000;

function nested(open: string, close: string, inner = "1"): string {
  return open.repeat(LEVELS) + inner + close.repeat(LEVELS);
}

const DEEP: readonly (readonly [title: string, source: string])[] = [
  ["lists", `X = ${nested("[", "]")}`],
  ["parentheses", `X = ${nested("(", ")")}`],
  ["dictionaries", `X = ${nested('{"a": ', "}")}`],
  ["brackets that are not closed", `X = ${"[".repeat(LEVELS)}`],
  ["closing brackets", `X = ${")".repeat(LEVELS)}`],
  ["subscripts in an annotation", `X: ${nested("a[", "]")} = 1`],
  ["sums", `X = ${"1 + ".repeat(LEVELS)}1`],
  ["powers", `X = ${"1 ** ".repeat(LEVELS)}1`],
  ["calls", `X = a${".b()".repeat(LEVELS)}`],
  ["not", `X = ${"not ".repeat(LEVELS)}a`],
  ["conditions", `X = ${"a if b else ".repeat(LEVELS)}c`],
  ["lambdas", `X = ${"lambda: ".repeat(LEVELS)}c`],
  ["f-strings", `X = ${'f"{'.repeat(LEVELS)}`],
  ["format specifications", `X = f"${"{a:".repeat(LEVELS)}${"}".repeat(LEVELS)}"`],
  ["patterns", `match a:\n case ${nested("(", ")")}: pass`],
  ["branches", `if a:\n    X = 1\n${"elif b:\n    X = 2\n".repeat(LEVELS)}`],
  ["decorators", "@a\n".repeat(LEVELS)],
];

/** A walk that would overflow the stack on a tree deeper than the promise. */
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function lastOf(module: Module): string {
  return show(module.body[module.body.length - 1]);
}

describe("limits", () => {
  for (const [title, source] of DEEP) {
    it(`${LEVELS} levels of ${title} neither overflow the stack nor touch the next statement`, async () => {
      const module = await parse(`A = 1\n${source}\nB = 1\n`);
      assert.equal(lastOf(module), '(Assign [(Name "B")] (Int 1))');
      // Each level of the tree is at most a node in a list, a field, or an item of a dictionary in a list.
      assert.ok(depthOf(module) < 4 * 220, `depth ${depthOf(module)}`);
      JSON.stringify(module, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    });
  }

  for (const word of ["import", "def", "lambda", "for"])
    it(`40000 times "${word}" in a line is not given to the parser, which would take seconds`, async () => {
      const module = await parse(`A = 1\nf ${`${word} `.repeat(40_000)}\nB = 1\n`);
      assert.equal(lastOf(module), '(Assign [(Name "B")] (Int 1))');
      assert.equal(module.problems[0]?.message, "this line has too many statements to be read");
    });

  it("10000 levels of if, broken or not", async () => {
    // One blank a level is 50 MB; the first 2000 levels show the same and leave time for other tests.
    const lines = Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}if a:`);
    for (const last of ["X = 1", "X = "]) {
      const module = await parse([...lines, " ".repeat(2000) + last, "B = 1"].join("\n"));
      assert.equal(lastOf(module), '(Assign [(Name "B")] (Int 1))');
      assert.equal(module.problems[0]?.message, "nested too deeply to be read");
    }
  });

  it("long chains that CPython flattens are whole", async () => {
    const { body, problems } = await parse(
      `X = ${"a and ".repeat(LEVELS)}a\nY = ${'"b" '.repeat(LEVELS)}\n${"Z = ".repeat(LEVELS)}1\n`,
    );
    assert.deepEqual(problems, []);
    const [x, y, z] = body;
    assert.ok(x?.kind === "Assign" && x.value.kind === "BoolOp" && x.value.values.length === LEVELS + 1);
    assert.ok(y?.kind === "Assign" && y.value.kind === "Str" && y.value.value.length === LEVELS);
    assert.ok(z?.kind === "Assign" && z.targets.length === LEVELS);
  });

  it("5 MB of settings, with an error in the middle", async function () {
    this.timeout(120_000);
    const portion = 'DEBUG = env.bool("DEBUG", default=False)\nif DEBUG:\n    APPS += ["x"]\n';
    const half = portion.repeat(Math.ceil(2_500_000 / portion.length));
    const module = await parse(`${half}X = = 1\n${half}B = 1\n`);
    assert.equal(lastOf(module), '(Assign [(Name "B")] (Int 1))');
    assert.equal(module.problems.length, 1);
  });

  it("5 MB that are no Python end soon, with everything before them", async function () {
    this.timeout(120_000);
    const page = '<div class="a"><a href="b">c & d</a></div>\n';
    const module = await parse(`A = 1\n${page.repeat(Math.ceil(5_000_000 / page.length))}`);
    assert.equal(show(module.body[0]), '(Assign [(Name "A")] (Int 1))');
    assert.match(module.problems[module.problems.length - 1]?.message ?? "", /too many syntax errors/);
  });

  it("frees every tree: memory stays flat over 1000 parses of 1000 lines", async function () {
    this.timeout(120_000);
    const portion = 'DEBUG = a\nif DEBUG:\n    APPS += ["x"]\nX = {"a": 1}\n';
    const valid = portion.repeat(250);
    const broken = `${portion.repeat(125)}X = [\n${portion.repeat(125)}`;
    const used: number[] = [];
    // Garbage of other tests in this process would hide what is never freed.
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 250; i++) await parse(i % 2 === 0 ? valid : broken);
      collect();
      used.push(process.memoryUsage().rss / 1e6);
    }
    const grown = (used[3] ?? 0) - (used[1] ?? 0);
    assert.ok(grown < 50, `memory after each 250 parses in MB: ${used.map(Math.round).join(", ")}`);
  });
});
