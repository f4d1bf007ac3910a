import assert from "node:assert/strict";
import { fixed } from "./support";

function without(text: string, ...elements: string[]): Promise<string> {
  return fixed(text, (edit, bench) => {
    for (const element of elements) edit.deleteElement(bench.entry, bench.range(element));
  });
}

function withElement(text: string, display: string, index: number, element: string): Promise<string> {
  return fixed(text, (edit, bench) => edit.insertElement(bench.entry, bench.expression(display), index, element));
}

describe("deleting elements", () => {
  const cases: readonly [name: string, before: string, elements: readonly string[], after: string][] = [
    ["the first on one line", `A = ["a", "b", "c"]\n`, [`"a"`], `A = ["b", "c"]\n`],
    ["the middle one on one line", `A = ["a", "b", "c"]\n`, [`"b"`], `A = ["a", "c"]\n`],
    ["the last on one line", `A = ["a", "b", "c"]\n`, [`"c"`], `A = ["a", "b"]\n`],
    ["the last before a trailing comma", `A = ["a", "b",]\n`, [`"b"`], `A = ["a",]\n`],
    ["with blanks inside the brackets", `A = [ "a", "b" ]\n`, [`"b"`], `A = [ "a" ]\n`],
    ["two neighbours", `A = ["a", "b", "c", "d"]\n`, [`"b"`, `"c"`], `A = ["a", "d"]\n`],
    ["the first and the last", `A = ["a", "b", "c"]\n`, [`"a"`, `"c"`], `A = ["b"]\n`],
    ["the only one", `A = ["a"]\n`, [`"a"`], `A = []\n`],
    ["all", `A = ["a", "b"]  # why\n`, [`"a"`, `"b"`], `A = []  # why\n`],
    ["one of two in a tuple", `A = ("a", "b")\n`, [`"a"`], `A = ("b",)\n`],
    ["the second of two in a tuple", `A = ("a", "b")\n`, [`"b"`], `A = ("a",)\n`],
    ["the only one of a tuple", `A = ("a",)\n`, [`"a"`], `A = ()\n`],
    ["the only one of a set", `A = {"a"}\n`, [`"a"`], `A = set()\n`],
    ["one of two of a set", `A = {"a", "b"}\n`, [`"b"`], `A = {"a"}\n`],
    ["from a tuple without parentheses", `A = "a", "b"\n`, [`"a"`], `A = "b",\n`],
    ["the last of a tuple without parentheses", `A = "a", "b"\n`, [`"b"`], `A = "a",\n`],
    ["the only one of a tuple without parentheses", `A = "a",\n`, [`"a"`], `A = ()\n`],
    ["two of a tuple without parentheses", `A = "a", "b", "c"\n`, [`"b"`, `"c"`], `A = "a",\n`],
    ["a line of its own", `A = [\n    "a",\n    "b",\n    "c",\n]\n`, [`"b"`], `A = [\n    "a",\n    "c",\n]\n`],
    [
      "with a comment above that names it",
      `A = [\n    "a",\n    # the old BMiddleware\n    "x.BMiddleware",\n    # others\n    "c",\n]\n`,
      [`"x.BMiddleware"`],
      `A = [\n    "a",\n    # others\n    "c",\n]\n`,
    ],
    [
      "without a comment above that heads a group",
      `A = [\n    # Ours\n    "x.B",\n    "x.C",\n]\n`,
      [`"x.B"`],
      `A = [\n    # Ours\n    "x.C",\n]\n`,
    ],
    [
      "with its trailing comment",
      `A = [\n    "a",  # one\n    "b",  # two\n]\n`,
      [`"a"`],
      `A = [\n    "b",  # two\n]\n`,
    ],
    [
      "not the comment above it",
      `A = [\n    # ours\n    "a",\n    "b",\n]\n`,
      [`"a"`],
      `A = [\n    # ours\n    "b",\n]\n`,
    ],
    ["the last line without a trailing comma", `A = [\n    "a",\n    "b"\n]\n`, [`"b"`], `A = [\n    "a"\n]\n`],
    ["the last line of a tuple", `A = (\n    "a",\n    "b"\n)\n`, [`"b"`], `A = (\n    "a",\n)\n`],
    ["all lines", `A = [\n    "a",\n    "b",\n]\n`, [`"a"`, `"b"`], `A = []\n`],
    ["all lines but a comment", `A = [\n    # keep\n    "a",\n]\n`, [`"a"`], `A = [\n    # keep\n]\n`],
    ["several on a line, the last", `A = [\n    "a", "b",\n    "c",\n]\n`, [`"b"`], `A = [\n    "a",\n    "c",\n]\n`],
    ["several on a line, the first", `A = [\n    "a", "b",\n    "c",\n]\n`, [`"a"`], `A = [\n    "b",\n    "c",\n]\n`],
    ["hanging, the first", `A = ["a",\n     "b",\n     "c"]\n`, [`"a"`], `A = ["b",\n     "c"]\n`],
    ["hanging, the last", `A = ["a",\n     "b"]\n`, [`"b"`], `A = ["a"]\n`],
    ["hanging with a comment, the last", `A = ["a",  # x\n     "b"]\n`, [`"b"`], `A = ["a"  # x\n     ]\n`],
    ["hanging with a comment, the first", `A = ["a",  # x\n     "b"]\n`, [`"a"`], `A = ["b"]\n`],
    ["a dict's item", `A = {\n    "a": 1,\n    "b": (2),\n}\n`, [`"b": (2)`], `A = {\n    "a": 1,\n}\n`],
    ["an element in parentheses", `A = [("a"), "b"]\n`, [`"a"`], `A = ["b"]\n`],
    [
      "a wrapped string",
      `A = [\n    (\n        "a"\n        "b"\n    ),\n    "c",\n]\n`,
      [`"a"\n        "b"`],
      `A = [\n    "c",\n]\n`,
    ],
    ["a keyword argument", `A = f(1, x=2, y=3)\n`, [`x=2`], `A = f(1, y=3)\n`],
    ["the only argument", `A = f(x=2)\n`, [`x=2`], `A = f()\n`],
    ["an imported name", `from x import a, b\n`, [`b`], `from x import a\n`],
    ["an imported name in parentheses", `from x import (\n    a,\n    b,\n)\n`, [`a`], `from x import (\n    b,\n)\n`],
    ["after an emoji", `B = "🦄🦄"\nA = ["🦄", "b"]  # 🦄\n`, [`"b"`], `B = "🦄🦄"\nA = ["🦄"]  # 🦄\n`],
    ["with tabs", `A = [\n\t"a",\n\t"b",\n]\n`, [`"a"`], `A = [\n\t"b",\n]\n`],
    ["nested in a dict", `T = [{"O": {"l": ["a", "b"]}}]\n`, [`"a"`], `T = [{"O": {"l": ["b"]}}]\n`],
    ["comma first", `A = [\n      "a"\n    , "b"\n    , "c"\n]\n`, [`"b"`], `A = [\n      "a"\n    , "c"\n]\n`],
    ["behind a backslash", `A = "a", \\\n    "b"\n`, [`"b"`], `A = "a",\n`],
  ];
  for (const [name, before, elements, after] of cases)
    it(name, async () => assert.equal(await without(before.replaceAll(`\r`, ""), ...elements), after));

  it("gives no edits when nothing has that range", async () => {
    assert.equal(await without(`A = ["abc"]\n`, "bc"), `A = ["abc"]\n`);
  });
  it("does not leave an import of nothing", async () => {
    assert.equal(await without(`from x import a\n`, "a"), `from x import a\n`);
  });
});

describe("inserting elements", () => {
  const cases: readonly [name: string, before: string, index: number, after: string][] = [
    ["into an empty list", `A = []\n`, 0, `A = [x]\n`],
    ["into an empty tuple", `A = ()\n`, 0, `A = (x,)\n`],
    ["into an empty list over two lines", `A = [\n]\n`, 0, `A = [\n    x,\n]\n`],
    ["into a list with only a comment", `A = [\n    # none\n]\n`, 0, `A = [\n    # none\n    x,\n]\n`],
    ["in front on one line", `A = ["a", "b"]\n`, 0, `A = [x, "a", "b"]\n`],
    ["between on one line", `A = ["a", "b"]\n`, 1, `A = ["a", x, "b"]\n`],
    ["at the end of one line", `A = ["a", "b"]\n`, 2, `A = ["a", "b", x]\n`],
    ["beyond the end", `A = ["a"]\n`, 9, `A = ["a", x]\n`],
    ["before a trailing comma", `A = ["a",]\n`, 1, `A = ["a", x,]\n`],
    ["into a tuple of one", `A = ("a",)\n`, 1, `A = ("a", x)\n`],
    ["into a bare tuple", `A = "a", "b"\n`, 2, `A = "a", "b", x\n`],
    ["in front of lines", `A = [\n    "a",\n    "b",\n]\n`, 0, `A = [\n    x,\n    "a",\n    "b",\n]\n`],
    [
      "between lines",
      `A = [\n    "a",  # one\n    # two\n    "b",\n]\n`,
      1,
      `A = [\n    "a",  # one\n    x,\n    # two\n    "b",\n]\n`,
    ],
    ["behind the last line", `A = [\n    "a",  # one\n]\n`, 1, `A = [\n    "a",  # one\n    x,\n]\n`],
    ["behind a line without a comma", `A = [\n    "a"  # one\n]\n`, 1, `A = [\n    "a",  # one\n    x\n]\n`],
    ["hanging", `A = ["a",\n     "b"]\n`, 2, `A = ["a",\n     "b",\n     x]\n`],
    ["with tabs", `A = (\n\t'a',\n)\n`, 1, `A = (\n\t'a',\n\tx,\n)\n`],
    ["into a set", `A = {"a"}\n`, 1, `A = {"a", x}\n`],
  ];
  for (const [name, before, index, after] of cases)
    it(name, async () => {
      const display = before.slice(4).split("\n")[0]?.split(/\s*#/)[0] ?? "";
      assert.equal(await withElement(before, display, index, "x"), after);
    });

  it("into a call and a dict", async () => {
    assert.equal(await withElement(`A = f(1)\n`, "f(1)", 1, "x=2"), `A = f(1, x=2)\n`);
    assert.equal(
      await withElement(`A = {\n    "a": 1,\n}\n`, "{", 1, `"b": 2`),
      `A = {\n    "a": 1,\n    "b": 2,\n}\n`,
    );
  });
  it("indents the lines of a longer text", async () => {
    assert.equal(
      await withElement(`A = [\n    1,\n]\n`, "[", 1, `{\n    "b": 2,\n}`),
      `A = [\n    1,\n    {\n        "b": 2,\n    },\n]\n`,
    );
  });

  it("moves an element over lines", async () => {
    const before = `M = [\n    "a",\n    "b",\n    "c"\n]\n`;
    const after = await fixed(before, (edit, bench) => {
      edit.deleteElement(bench.entry, bench.range(`"c"`));
      edit.insertElement(bench.entry, bench.expression("["), 0, `"c"`);
    });
    assert.equal(after, `M = [\n    "c",\n    "a",\n    "b"\n]\n`);
  });
  it("moves an element within a line", async () => {
    const after = await fixed(`M = ["a", "b", "c"]\n`, (edit, bench) => {
      edit.deleteElement(bench.entry, bench.range(`"a"`));
      edit.insertElement(bench.entry, bench.expression("["), 2, `"a"`);
    });
    assert.equal(after, `M = ["b", "a", "c"]\n`);
  });
  it("replaces the only element", async () => {
    for (const [before, expected] of [
      [`M = ("a",)\n`, `M = (x,)\n`],
      [`M = "a",\n`, `M = x,\n`],
      [`M = ["a"]\n`, `M = [x]\n`],
    ] as const) {
      const after = await fixed(before, (edit, bench) => {
        edit.deleteElement(bench.entry, bench.range(`"a"`));
        edit.insertElement(bench.entry, bench.expression(before.slice(4, 5)), 0, "x");
      });
      assert.equal(after, expected);
    }
  });
  it("moves an element of every layout without losing one", async () => {
    const layouts = [
      `M = ["a",\n     "b",\n     "c"]\n`,
      `M = ("a",  # 1\n     "b",  # 2\n     "c",)  # 3\n`,
      `M = (\n    "a", "b",\n    "c"\n)\n`,
      `M = [\n    "a"\n    , "b"\n    , "c"\n]\n`,
      `M = "a", \\\n    "b", "c"\n`,
    ];
    for (const before of layouts)
      for (const from of ["a", "b", "c"])
        for (const to of [0, 1, 2, 3]) {
          const after = await fixed(before, (edit, bench) => {
            edit.deleteElement(bench.entry, bench.range(`"${from}"`));
            edit.insertElement(bench.entry, bench.expression(before.slice(4, 5)), to, `"${from}"`);
          });
          const order = ["a", "b", "c"].filter((each, at) => each !== from && at < to);
          const expected = [...order, from, ...["a", "b", "c"].filter((each, at) => each !== from && at >= to)];
          assert.deepEqual(
            [...after.matchAll(/"(\w)"/g)].map((match) => match[1]),
            expected,
            after,
          );
        }
  });
});
