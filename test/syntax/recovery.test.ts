import assert from "node:assert/strict";
import { parse, show, textOf } from "./show";

/** `remains`: the statements, `A` for `A = 1`, bad ones as `!` with the names they may bind. `at`: the text that the problem stands at. */
type Case = readonly [title: string, source: string, remains: readonly string[], at: string];

/** By the problem's message. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  "a value is missing behind this =": [
    ["a value not typed yet", "A = 1\nSECRET_KEY = \nB = 1\n", ["A", "! SECRET_KEY", "B"], "="],
    [
      "a value not typed yet, above an import",
      "SECRET_KEY =\nfrom a import *\nB = 1\n",
      ["! SECRET_KEY", "ImportFrom", "B"],
      "=",
    ],
  ],
  "this [ is never closed": [
    ["a list that is not closed", "ALLOWED_HOSTS = [\n\nA = 1\nB = 1\n", ["! ALLOWED_HOSTS", "A", "B"], "["],
    [
      "a list with elements that is not closed",
      "INSTALLED_APPS = [\n    'a',\n    'b',\n\nMIDDLEWARE = [\n    'c',\n]\n",
      ["! INSTALLED_APPS", "MIDDLEWARE"],
      "[",
    ],
  ],
  "this ( is never closed": [
    ["a call that is not closed", "X = env.bool('X'\nA = 1\nB = 1\n", ["! X", "A", "B"], "("],
    [
      "a call that is not closed, a definition below",
      "X = env.bool(\n\ndef f():\n    pass\n",
      ["! X", "FunctionDef"],
      "(",
    ],
  ],
  "this string is never closed": [
    ["a string that is not closed", "X = os.environ.get('X\nA = 1\n", ["! X", "A"], "'"],
    ["a triple-quoted string that is not closed", 'A = 1\nX = """abc\nB = 1\n', ["A", "! X", "B"], '"""'],
    ["an f-string whose field is not closed", "X = f'{a'\nB = 1\n", ["! X", "B"], "'"],
  ],
  "this cannot be read as Python": [
    ["a bracket too many", "X = [1]]\nB = 1\n", ["! X", "B"], "X = [1]]"],
    ["an else without an if", "else:\n    X = 1\nB = 1\n", ["! X", "B"], "else:"],
    [
      "a merge conflict",
      "A = 1\n<<<<<<< ours\nB = 1\n=======\nC = 1\n>>>>>>> theirs\nD = 1\n",
      ["A", "! ", "B", "! ", "C", "! ", "D"],
      "<<<<<<<",
    ],
  ],
  "a colon is missing at the end of this line": [["a forgotten colon", "if a\n    X = 1\nB = 1\n", ["! X", "B"], "a"]],
  "an indented block is expected behind this colon": [
    ["a block not typed yet", "if a:\nB = 1\n", ["! ", "B"], ":"],
    ["a block at the end of the file not typed yet", "B = 1\nclass A:\n    # nothing\n", ["B", "! A"], ":"],
  ],
  "this line is indented without a reason": [
    ["a line indented without a reason", "A = 1\n    X = 1\nB = 1\n", ["A", "! X", "B"], "X = 1"],
  ],
  "this statement cannot be read": [
    [
      "a template placeholder",
      "A = 1\nX = {{ cookiecutter.x }}y\n{% if a %}\nB = 1\n{% endif %}\n",
      ["A", "! X", "! ", "B", "! "],
      "X = {{ cookiecutter.x }}y",
    ],
  ],
};

const ALL = Object.entries(CASES).flatMap(([message, cases]) => cases.map((one) => [message, ...one] as const));

describe("recovery from syntax errors", () => {
  for (const [message, title, source, remains, at] of ALL) {
    it(title, async () => {
      const module = await parse(source);
      assert.deepEqual(module.body.map(summary), remains);
      const [problem] = module.problems;
      assert.ok(problem);
      assert.equal(problem.message, message);
      assert.equal(textOf(source, problem), at);
    });
  }

  it("costs one statement of a block, not the block", async () => {
    const source = "class A(B):\n    X = 1\n    Y = = 2\n    def f(self):\n        return [\n    Z = 1\nC = 1\n";
    const module = await parse(source);
    const [definition, after] = module.body;
    assert.ok(definition?.kind === "ClassDef");
    assert.deepEqual(definition.body.map(summary), ["X", "! Y", "FunctionDef", "Z"]);
    assert.equal(summary(after), "C");
    assert.equal(module.problems.length, 2);
  });

  it("costs one statement of one branch", async () => {
    const source =
      "if a:\n    A = 1\nelif b:\n    X = (\n    if c:\n        Y = 'z\n        B = 1\nelse:\n    C = 1\nD = 1\n";
    const [branches, after] = (await parse(source)).body;
    assert.ok(branches?.kind === "If");
    assert.deepEqual(branches.body.map(summary), ["A"]);
    const [second] = branches.orelse;
    assert.ok(second?.kind === "If");
    assert.deepEqual(second.body.map(summary), ["! X", "If"]);
    const [, inner] = second.body;
    assert.ok(inner?.kind === "If");
    assert.deepEqual(inner.body.map(summary), ["! Y", "B"]);
    assert.deepEqual(second.orelse.map(summary), ["C"]);
    assert.equal(summary(after), "D");
  });

  it("gives the ranges of what it recovers in the whole text", async () => {
    const source = "# é😀\nif a:\r\n    X = (\r\n    B = 'b'\r\n";
    const [statement] = (await parse(source)).body;
    assert.ok(statement?.kind === "If");
    assert.deepEqual(
      statement.body.map((inner) => textOf(source, inner)),
      ["X = (", "B = 'b'"],
    );
  });

  it("does not take a line break for a blank where CPython does not", async () => {
    for (const source of ["A = 1 +\n2\nB = 1\n", "assert\na\nB = 1\n", "del\na\nB = 1\n", "a.\nb\nB = 1\n"]) {
      const { body, problems } = await parse(source);
      assert.equal(summary(body[body.length - 1]), "B", source);
      assert.match(summary(body[0]), /^!/, source);
      assert.equal(problems.length, 1, source);
    }
  });

  it("has no objection to elements and arguments that are not indented", async () => {
    const sources = [
      "X = [\n'a',\nb,\nc(1),\nd if e else f\n]\n",
      "X = f(\na=1,\nb = [\n1,\n],\nc=2\n)\n",
      "X = (\na\nif b\nelse c\n)\n",
      "X = {\n'a': b,\n**c\n}\n",
      "X = [\na\nfor a in b\nif a\n]\n",
      "if a:\n    X = (\n'a'\n'b'\n)\n",
      "X = f('''\nA = 1\ndef f():\n''', a)\n",
      "X = a + \\\nb\n",
      "X = f(a,\n# import b\nb)\n",
    ];
    for (const source of sources) {
      const { body, problems } = await parse(source);
      assert.deepEqual(problems, [], source);
      assert.equal(body.length, 1, source);
    }
  });

  it("names what a bad statement may have bound, and not what it only reads", async () => {
    const { body } = await parse(
      "if DEBUG and\n    A, B = 1, 2\n    C['x'] += D\n    E.append(F)\n    import G\n    h = I\n",
    );
    const [statement] = body;
    assert.ok(statement?.kind === "BadStmt");
    assert.deepEqual([...statement.names].sort(), ["A", "B", "C", "E", "G"]);
  });
});

/** An assignment as its target, a bad statement as `!` with its names, anything else as its kind. */
function summary(statement: unknown): string {
  const shown = show(statement);
  const target = /^\(Assign \[\(Name "(\w+)"\)\]/.exec(shown);
  if (target?.[1] !== undefined) return target[1];
  const bad = /^\(BadStmt \[(.*)\]\)$/.exec(shown);
  if (bad) return `! ${(bad[1] ?? "").replaceAll('"', "")}`;
  return /^\((\w+)/.exec(shown)?.[1] ?? shown;
}
