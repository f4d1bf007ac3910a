import assert from "node:assert/strict";
import { parse, show, textOf } from "./show";

/** A source, the statements that remain (`A` for `A = 1`; bad ones as `!` with the names they may bind), and the message. */
interface Case {
  readonly title: string;
  readonly source: string;
  readonly remains: readonly string[];
  readonly message: string;
  /** The text that the problem stands at. */
  readonly at: string;
}

const CASES: readonly Case[] = [
  {
    title: "a value not typed yet",
    source: "A = 1\nSECRET_KEY = \nB = 1\n",
    remains: ["A", "! SECRET_KEY", "B"],
    message: "a value is missing behind this =",
    at: "=",
  },
  {
    title: "a value not typed yet, above an import",
    source: "SECRET_KEY =\nfrom a import *\nB = 1\n",
    remains: ["! SECRET_KEY", "ImportFrom", "B"],
    message: "a value is missing behind this =",
    at: "=",
  },
  {
    title: "a list that is not closed",
    source: "ALLOWED_HOSTS = [\n\nA = 1\nB = 1\n",
    remains: ["! ALLOWED_HOSTS", "A", "B"],
    message: "this [ is never closed",
    at: "[",
  },
  {
    title: "a list with elements that is not closed",
    source: "INSTALLED_APPS = [\n    'a',\n    'b',\n\nMIDDLEWARE = [\n    'c',\n]\n",
    remains: ["! INSTALLED_APPS", "MIDDLEWARE"],
    message: "this [ is never closed",
    at: "[",
  },
  {
    title: "a call that is not closed",
    source: "X = env.bool('X'\nA = 1\nB = 1\n",
    remains: ["! X", "A", "B"],
    message: "this ( is never closed",
    at: "(",
  },
  {
    title: "a call that is not closed, a definition below",
    source: "X = env.bool(\n\ndef f():\n    pass\n",
    remains: ["! X", "FunctionDef"],
    message: "this ( is never closed",
    at: "(",
  },
  {
    title: "a string that is not closed",
    source: "X = os.environ.get('X\nA = 1\n",
    remains: ["! X", "A"],
    message: "this string is never closed",
    at: "'",
  },
  {
    title: "a triple-quoted string that is not closed",
    source: 'A = 1\nX = """abc\nB = 1\n',
    remains: ["A", "! X", "B"],
    message: "this string is never closed",
    at: '"""',
  },
  {
    title: "an f-string whose field is not closed",
    source: "X = f'{a'\nB = 1\n",
    remains: ["! X", "B"],
    message: "this string is never closed",
    at: "'",
  },
  {
    title: "a bracket too many",
    source: "X = [1]]\nB = 1\n",
    remains: ["! X", "B"],
    message: "this cannot be read as Python",
    at: "X = [1]]",
  },
  {
    title: "a forgotten colon",
    source: "if a\n    X = 1\nB = 1\n",
    remains: ["! X", "B"],
    message: "a colon is missing at the end of this line",
    at: "a",
  },
  {
    title: "a block not typed yet",
    source: "if a:\nB = 1\n",
    remains: ["! ", "B"],
    message: "an indented block is expected behind this colon",
    at: ":",
  },
  {
    title: "a block at the end of the file not typed yet",
    source: "B = 1\nclass A:\n    # nothing\n",
    remains: ["B", "! A"],
    message: "an indented block is expected behind this colon",
    at: ":",
  },
  {
    title: "a line indented without a reason",
    source: "A = 1\n    X = 1\nB = 1\n",
    remains: ["A", "! X", "B"],
    message: "this line is indented without a reason",
    at: "X = 1",
  },
  {
    title: "an else without an if",
    source: "else:\n    X = 1\nB = 1\n",
    remains: ["! X", "B"],
    message: "this cannot be read as Python",
    at: "else:",
  },
  {
    title: "a merge conflict",
    source: "A = 1\n<<<<<<< ours\nB = 1\n=======\nC = 1\n>>>>>>> theirs\nD = 1\n",
    remains: ["A", "! ", "B", "! ", "C", "! ", "D"],
    message: "this cannot be read as Python",
    at: "<<<<<<<",
  },
  {
    title: "a template placeholder",
    source: "A = 1\nX = {{ cookiecutter.x }}y\n{% if a %}\nB = 1\n{% endif %}\n",
    remains: ["A", "! X", "! ", "B", "! "],
    message: "this statement cannot be read",
    at: "X = {{ cookiecutter.x }}y",
  },
];

describe("recovery from syntax errors", () => {
  for (const { title, source, remains, message, at } of CASES) {
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
