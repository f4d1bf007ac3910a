import assert from "node:assert/strict";
import { Bench, fixed } from "./support";

function without(text: string, ...statements: string[]): Promise<string> {
  return fixed(text, (edit, bench) => {
    for (const statement of statements) edit.deleteStatement(bench.entry, bench.range(statement));
  });
}

describe("deleting statements", () => {
  const cases: readonly [name: string, before: string, statements: readonly string[], after: string][] = [
    ["with its line", "A = 1\nB = 2\nC = 3\n", ["B = 2"], "A = 1\nC = 3\n"],
    ["with its comment", "A = 1\nB = 2  # two\nC = 3\n", ["B = 2"], "A = 1\nC = 3\n"],
    ["the last without a line break", "A = 1\nB = 2", ["B = 2"], "A = 1\n"],
    ["between blank lines", "A = 1\n\nB = 2\n\nC = 3\n", ["B = 2"], "A = 1\n\nC = 3\n"],
    ["two blank lines stay", "A = 1\n\nB = 2\n\n\nC = 3\n", ["B = 2"], "A = 1\n\n\nC = 3\n"],
    ["at the top", "A = 1\n\nB = 2\n", ["A = 1"], "B = 2\n"],
    ["at the bottom", "A = 1\n\nB = 2\n", ["B = 2"], "A = 1\n"],
    ["the only one", "A = 1\n", ["A = 1"], ""],
    ["over several lines", "A = [\n    1,\n]\nB = 2\n", ["A = [\n    1,\n]"], "B = 2\n"],
    ["the first of a line", "a = 1; b = 2  # both\n", ["a = 1"], "b = 2  # both\n"],
    ["the last of a line", "a = 1; b = 2  # both\n", ["b = 2"], "a = 1  # both\n"],
    ["the middle of a line", "a = 1; b = 2; c = 3\n", ["b = 2"], "a = 1; c = 3\n"],
    ["all of a line", "a = 1; b = 2\nc = 3\n", ["a = 1", "b = 2"], "c = 3\n"],
    ["with a semicolon behind it", "a = 1;\nb = 2\n", ["a = 1"], "b = 2\n"],
    ["alone in a block", "if X:\n    A = 1  # one\nB = 2\n", ["A = 1"], "if X:\n    pass\nB = 2\n"],
    ["all of a block", "if X:\n    A = 1\n    B = 2\nC = 3\n", ["A = 1", "B = 2"], "if X:\n    pass\nC = 3\n"],
    ["one of a block", "if X:\n\tA = 1\n\tB = 2\n", ["A = 1"], "if X:\n\tB = 2\n"],
    ["alone behind a colon", "if X: A = 1\nB = 2\n", ["A = 1"], "if X: pass\nB = 2\n"],
    ["alone in else", "if X:\n    A = 1\nelse:\n    B = 2\n", ["B = 2"], "if X:\n    A = 1\nelse:\n    pass\n"],
    ["alone in except", "try:\n    A = 1\nexcept E:\n    B = 2\n", ["B = 2"], "try:\n    A = 1\nexcept E:\n    pass\n"],
    ["an elif", "if X:\n    A = 1\nelif Y:\n    B = 2\nC = 3\n", ["elif Y:\n    B = 2"], "if X:\n    A = 1\nC = 3\n"],
    ["a whole if", "A = 1\n\nif X:\n    A = 2\n\nB = 3\n", ["if X:\n    A = 2"], "A = 1\n\nB = 3\n"],
    ["by a range inside of it", "A = f(1)\nB = 2\n", ["f(1)"], "B = 2\n"],
    ["with its decorators", "A = 1\n\n\n@f(1)\n@g\ndef h():\n    pass\n", ["def h():\n    pass"], "A = 1\n"],
    ["neighbours", "A = 1\n\nB = 2\n\nC = 3\n\nD = 4\n", ["B = 2", "C = 3"], "A = 1\n\nD = 4\n"],
    [
      "with a comment above that names it and nothing else",
      "A = 1\n\n# See the docs of SECURE_X:\n# https://docs.example/#secure-x\nSECURE_X = 2\n\nC = 3\n",
      ["SECURE_X = 2"],
      "A = 1\n\nC = 3\n",
    ],
    [
      "with its comment among lines that have their own",
      "# docs/#use-x\nUSE_X = 1\n# docs/#use-y\nUSE_Y = 1\n# docs/#use-z\nUSE_Z = 1\n",
      ["USE_Y = 1"],
      "# docs/#use-x\nUSE_X = 1\n# docs/#use-z\nUSE_Z = 1\n",
    ],
    [
      "with a comment that names it above a blank line",
      "A = 1\n\n# Type of keys\n# docs/#default-key-type\n\nDEFAULT_KEY_TYPE = 'x'\n",
      ["DEFAULT_KEY_TYPE = 'x'"],
      "A = 1\n",
    ],
    [
      "without a comment above that names others, too",
      "A = 1\n\n# USE_X and USE_Y go together\nUSE_X = 1\n\nUSE_Y = 1\n",
      ["USE_X = 1"],
      "A = 1\n\n# USE_X and USE_Y go together\n\nUSE_Y = 1\n",
    ],
    [
      "without a comment above that names something else",
      "A = 1\n\n# Internationalization\nUSE_X = 2\n\nC = 3\n",
      ["USE_X = 2"],
      "A = 1\n\n# Internationalization\n\nC = 3\n",
    ],
    [
      "without a comment above that the next line shares",
      "A = 1\n\n# USE_X and C\nUSE_X = 2\nC = 3\n",
      ["USE_X = 2"],
      "A = 1\n\n# USE_X and C\nC = 3\n",
    ],
    ["behind an emoji", '# 🦄\nA = "🦄"\nB = 2\nC = 3\n', ["B = 2"], '# 🦄\nA = "🦄"\nC = 3\n'],
  ];
  for (const [name, before, statements, after] of cases)
    it(name, async () => assert.equal(await without(before, ...statements), after));

  it("gives no edits for a range outside of every statement", async () => {
    const bench = await Bench.open({ "settings.py": "A = 1\n# note\nB = 2\n" });
    assert.deepEqual(
      bench.edits((edit, file) => edit.deleteStatement(file, bench.range("note"))),
      [],
    );
  });
});

describe("assigning", () => {
  it("goes behind all that is done to a related setting", async () => {
    const before = "X_URL = []\nX_URL += [1]\nA = 1\n";
    const after = await fixed(before, (edit, bench) => edit.assign(bench.entry, "X_ROOT", "2"));
    assert.equal(after, "X_URL = []\nX_URL += [1]\nX_ROOT = 2\nA = 1\n");
  });

  it("wraps a line that becomes too long, as Black does", async () => {
    const long = "first_name_of_something, second_name_of_something, third_name_of_something_else";
    const write = (value: string): Promise<string> =>
      fixed("X = 1\n", (edit, bench) => edit.assign(bench.entry, "X", value));
    assert.equal(await write(`f({${long}, x})`), `X = f(\n    {${long}, x}\n)\n`);
    const items = long.split(", ").map((item) => `    ${item},\n`);
    assert.equal(await write(`[${long}, 'a,b']`), `X = [\n${items.join("")}    'a,b',\n]\n`);
    assert.equal(await write(`[v for v in (${long})]`), `X = [\n    v for v in (${long})\n]\n`.replace(/^$/, ""));
    assert.equal(await write(`long_object["${"k".repeat(90)}"]`), `X = long_object["${"k".repeat(90)}"]\n`);
    const nested = await fixed("class A:\n    X = 1\n", (edit, bench) =>
      edit.replace(bench.entry, bench.range("1"), `f(${long})`),
    );
    assert.equal(nested, `class A:\n    X = f(\n        ${long}\n    )\n`);
  });

  const cases: readonly [name: string, before: string, after: string][] = [
    ["at the end", "A = 1\n", "A = 1\n\nX = True\n"],
    ["at the end without a line break", "A = 1", "A = 1\n\nX = True\n"],
    ["to an empty file", "", "X = True\n"],
    [
      "behind comments at the end",
      "A = 1\nB = 2\n\n# Later\n# C = 3",
      "A = 1\nB = 2\n\n# Later\n# C = 3\n\nX = True\n",
    ],
    ["among short assignments", "A = 1\nB = 2\n", "A = 1\nB = 2\nX = True\n"],
    ["behind a star import", "from .base import *\n\nA = 1\n", "from .base import *\n\nX = True\n\nA = 1\n"],
    [
      "behind the imports that follow a star import",
      "from .base import *\nimport re\n\nA = 1\n",
      "from .base import *\nimport re\n\nX = True\n\nA = 1\n",
    ],
    [
      "behind a star import without a blank line",
      "from .base import *\nA = 1\n",
      "from .base import *\nX = True\nA = 1\n",
    ],
    ["behind a lone star import", "from .base import *  # noqa\n", "from .base import *  # noqa\n\nX = True\n"],
    [
      "behind the last of several",
      "from .a import *\nfrom .b import *\nA = 1\n",
      "from .a import *\nfrom .b import *\nX = True\nA = 1\n",
    ],
    ["instead of a value", "X = False  # no\nA = 1\n", "X = True  # no\nA = 1\n"],
    ["instead of the last value", "X = 1\nX = False\n", "X = 1\nX = True\n"],
    ["instead of an annotated value", "X: bool = False\n", "X: bool = True\n"],
    ["behind an annotation", "X: bool\n", "X: bool = True\n"],
    ["not into a chain", "X = Y = False\n", "X = Y = False\n\nX = True\n"],
    ["not into a tuple", "X, Y = 1, 2\nZ = 1\n", "X, Y = 1, 2\nX = True\nZ = 1\n"],
    ["behind an augmented assignment", "X = 1\nX += 2\nY = 1\n", "X = 1\nX += 2\nX = True\nY = 1\n"],
    ["not into a branch", "if Y:\n    X = 1\n", "if Y:\n    X = 1\n\nX = True\n"],
    ["behind all of a line", "from .base import *; A = 1\nB = 1\n", "from .base import *; A = 1\nX = True\nB = 1\n"],
    ["before a function", "from .base import *\ndef f(): pass\n", "from .base import *\nX = True\n\n\ndef f(): pass\n"],
    ["instead of a value in parentheses", "X = (\n    False\n)\n", "X = (\n    True\n)\n"],
  ];
  for (const [name, before, after] of cases)
    it(name, async () =>
      assert.equal(await fixed(before, (edit, bench) => edit.assign(bench.entry, "X", "True")), after),
    );

  it("several at one place", async () => {
    const after = await fixed("from .base import *\n\nA = 1\n", (edit, bench) => {
      edit.assign(bench.entry, "X", "True");
      edit.assign(bench.entry, "Y", "2");
    });
    assert.equal(after, "from .base import *\n\nX = True\nY = 2\n\nA = 1\n");
  });
  it("behind what the value reads", async () => {
    const before = "from .base import *\n\nLIMIT = 5\n\nA = 1\n";
    const after = await fixed(before, (edit, bench) => edit.assign(bench.entry, "X", "LIMIT * 2"));
    assert.equal(after, "from .base import *\n\nLIMIT = 5\n\nX = LIMIT * 2\n\nA = 1\n");
  });
  it("behind what an f-string fills in", async () => {
    const before = 'from .base import *\n\nHOST = "a"\n\nA = 1\n';
    const value = "f'{{A}} {HOST!r:>9}' + 'A'";
    const after = await fixed(before, (edit, bench) => edit.assign(bench.entry, "X", value));
    assert.equal(after, `from .base import *\n\nHOST = "a"\n\nX = ${value}\n\nA = 1\n`);
  });
  it("behind a star import that would replace it", async () => {
    const bench = await Bench.open({ "settings.py": "X = 1\nfrom base import *\n", "base.py": "X = 2\n" });
    assert.equal(
      bench.apply((edit, file) => edit.assign(file, "X", "True")),
      "X = 1\nfrom base import *\n\nX = True\n",
    );
  });
  it("in place before a star import that does not bring it", async () => {
    const bench = await Bench.open({ "settings.py": "X = 1\nfrom base import *\n", "base.py": "Z = 2\n" });
    assert.equal(
      bench.apply((edit, file) => edit.assign(file, "X", "True")),
      "X = True\nfrom base import *\n",
    );
  });
});

describe("quoting", () => {
  const quoted = async (source: string, text: string): Promise<string> => {
    const bench = await Bench.open({ "settings.py": source });
    let result = "";
    bench.edits((edit, file) => void (result = edit.quote(file, text)));
    return result;
  };
  it("takes the file's quotes", async () => {
    assert.equal(await quoted("A = 'a'\nB = 'b'\nC = \"c\"\n", "x"), "'x'");
    assert.equal(await quoted('A = \'a\'\nB = "b"\nC = "c"\n', "x"), '"x"');
    assert.equal(await quoted('"""Doc."""\n', "x"), '"x"');
    assert.equal(await quoted('A = \'say "a"\'\nB = "b"\n', "x"), '"x"');
  });
  it("takes the other quotes rather than backslashes", async () => {
    assert.equal(await quoted("A = 1\n", 'a"b'), `'a"b'`);
    assert.equal(await quoted("A = 1\n", `a"b'c`), `"a\\"b'c"`);
  });
  it("escapes what cannot stand in a literal", async () => {
    assert.equal(await quoted("A = 1\n", "a\\b\n\t\0\u007f\ud800"), '"a\\\\b\\n\\t\\x00\\x7f\\ud800"');
    assert.equal(await quoted("A = 1\n", "🦄ü"), '"🦄ü"');
  });
});

describe("replacing and inserting", () => {
  it("ends lines as the file does", async () => {
    const bench = await Bench.open({ "settings.py": "A = 1\r\nB = 2\r\n" });
    assert.equal(
      bench.apply((edit, file) => edit.replace(file, bench.range("2"), "[\n    2,\n]")),
      "A = 1\r\nB = [\r\n    2,\r\n]\r\n",
    );
  });
  it("drops what lies inside something replaced, and everything when edits contradict each other", async () => {
    const bench = await Bench.open({ "settings.py": "A = f(1)\n" });
    assert.equal(
      bench.apply((edit, file) => {
        edit.replace(file, bench.range("1"), "2");
        edit.replace(file, bench.range("f(1)"), "3");
      }),
      "A = 3\n",
    );
    const contradicting = bench.edits((edit, file) => {
      edit.replace(file, bench.range("A = f"), "x");
      edit.replace(file, bench.range("f(1)"), "y");
    });
    assert.deepEqual(contradicting, []);
  });
  it("gives nothing for a file that is not there", async () => {
    const bench = await Bench.open({ "settings.py": "A = 1\n" });
    const edits = bench.edits((edit, file) => {
      edit.replace(file, bench.range("1"), "2");
      edit.assign("/shop/missing.py", "A", "1");
    });
    assert.deepEqual(edits, []);
  });
});

describe("inserting statements", () => {
  const after = (text: string, anchor: string | undefined, added = "X = 1"): Promise<string> =>
    fixed(text, (edit, bench) =>
      edit.insertAfter(bench.entry, anchor === undefined ? undefined : bench.range(anchor), added),
    );
  const cases: readonly [name: string, before: string, anchor: string | undefined, after: string][] = [
    ["behind a statement", "A = 1\nB = 2\n", "A = 1", "A = 1\nX = 1\nB = 2\n"],
    ["behind its comment", "A = 1  # one\nB = 2\n", "A = 1", "A = 1  # one\nX = 1\nB = 2\n"],
    ["behind the statement around", "A = f(\n    1\n)\n\nB = 2\n", "1", "A = f(\n    1\n)\nX = 1\n\nB = 2\n"],
    ["in a block", "if Y:\n\tA = 1\nB = 2\n", "A = 1", "if Y:\n\tA = 1\n\tX = 1\nB = 2\n"],
    ["behind the last without a line break", "A = 1", "A = 1", "A = 1\nX = 1\n"],
    ["at the end", "A = 1\n", undefined, "A = 1\n\nX = 1\n"],
    ["at the end without a line break", "A = 1", undefined, "A = 1\n\nX = 1\n"],
    ["at the end behind a blank line", "A = 1\n\n", undefined, "A = 1\n\nX = 1\n"],
  ];
  for (const [name, before, anchor, expected] of cases)
    it(name, async () => assert.equal(await after(before, anchor), expected));

  it("several lines, each indented", async () => {
    const text = await after("class A:\n    B = 1\n    C = 2\n", "B = 1", "X = 1\nY = 2");
    assert.equal(text, "class A:\n    B = 1\n    X = 1\n    Y = 2\n    C = 2\n");
  });

  it("gives no edits where others stand on the line", async () => {
    for (const text of ["A = 1; B = 2\n", "if Y: A = 1\n"]) {
      const bench = await Bench.open({ "settings.py": text });
      assert.deepEqual(
        bench.edits((edit, file) => edit.insertAfter(file, bench.range("A = 1"), "X = 1")),
        [],
      );
    }
  });
});
