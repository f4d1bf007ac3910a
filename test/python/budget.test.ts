import assert from "node:assert/strict";
import {
  MAX_ALTERNATIVES,
  MAX_CALL_DEPTH,
  MAX_RAISED,
  MAX_INTEGER_BITS,
  MAX_LENGTH,
  MAX_LOOP_ROUNDS,
  MAX_MODULES,
  MAX_NESTING,
  MAX_STATEMENT_WORK,
  MAX_VALUE_DEPTH,
  MAX_WORK,
} from "../../server/src/python/values/budget";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import type { Value } from "../../server/src/python/values/value";
import { memoryHost } from "../harness/memoryHost";
import { BUDGET_CASES } from "./budgetCases";
import { testParser } from "../harness/parser";
import { show } from "./comparison";

async function run(files: Readonly<Record<string, string>> | string): Promise<Evaluation> {
  const texts = typeof files === "string" ? { "settings.py": files } : files;
  return evaluate(memoryHost(await testParser(), "/project", texts), "/project/settings.py");
}

/** The causes of everything unknown in a value. */
function causes(value: Value): readonly string[] {
  if (value.kind === "unknown") return [value.because.kind];
  if (value.kind === "choice") return [...causes(value.yes), ...causes(value.no)];
  if (value.kind === "dict") return value.entries.flatMap((entry) => causes(entry.value));
  return "items" in value ? value.items.flatMap((item) => causes(item.value)) : [];
}

function causesOf(evaluation: Evaluation, name: string): readonly string[] {
  return [...new Set(evaluation.outcomes(name).flatMap((outcome) => causes(outcome.value)))];
}

function shown(evaluation: Evaluation, name: string): readonly (string | undefined)[] {
  return evaluation.outcomes(name).map((outcome) => show(outcome.value));
}

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

describe("limits of an evaluation", () => {
  it("widens a name with more alternatives than are followed", async () => {
    const many = MAX_ALTERNATIVES + 8;
    const evaluation = await run(
      `import os\nE = os.environ.get("E", "")\nA = -1\n${times(many, (i) => `if E == "${i}": A = ${i}`)}\nAFTER = 1\n`,
    );
    assert.ok(causesOf(evaluation, "A").includes("budget"));
    assert.deepEqual(shown(evaluation, "AFTER"), ["1"]);
  });

  it("widens a computation over more combinations than are followed", async () => {
    const evaluation = await run(
      `import os\n${times(8, (i) => `if os.environ.get("E${i}"): V${i} = "a${i}"\nelse: V${i} = "b${i}"`)}\nSUM = ${Array.from({ length: 8 }, (_, i) => `V${i}`).join(" + ")}\nAFTER = 1\n`,
    );
    assert.ok(causesOf(evaluation, "SUM").includes("budget"));
    assert.deepEqual(shown(evaluation, "AFTER"), ["1"]);
  });

  // No statement takes less than 40 units.
  const roundsOf = (work: number): number => Math.ceil(Math.sqrt(work / 80)) + 1;
  const loops = (rounds: number): string =>
    `for i in range(${rounds}):\n    for j in range(${rounds}):\n        N += 1\n        N -= 1\n`;

  it("gives up a statement that takes too much work, and goes on behind it", async () => {
    const evaluation = await run(
      `A = 1\nN = 0\nL = []\ndef touch():\n    global T\n    T = 2\n    L.append(1)\nT = 1\nM = [1]\n` +
        `if A:\n    ${loops(roundsOf(MAX_STATEMENT_WORK)).trimEnd().replaceAll("\n", "\n    ")}\n    touch()\nB = 2\nM.append(2)\n`,
    );
    for (const name of ["N", "T", "L"]) assert.deepEqual(causesOf(evaluation, name), ["budget"], name);
    assert.deepEqual(
      ["A", "B", "M"].map((name) => shown(evaluation, name)),
      [["1"], ["2"], ["[1, 2]"]],
    );
    assert.ok(evaluation.causes.some((cause) => cause.kind === "budget"));
  });

  it("gives up on what stands behind too much work", async () => {
    const rounds = roundsOf(MAX_STATEMENT_WORK);
    const evaluation = await run(
      `A = 1\nN = 0\nL = []\ndef touch():\n    global T\n    T = 2\n    L.append(1)\nT = 1\n` +
        `${times(Math.ceil(MAX_WORK / MAX_STATEMENT_WORK), () => loops(rounds))}\nB = 2\ntouch()\n`,
    );
    assert.deepEqual(shown(evaluation, "A"), ["1"]);
    for (const name of ["B", "T", "L"]) assert.deepEqual(causesOf(evaluation, name), ["budget"], name);
    assert.ok(evaluation.causes.some((cause) => cause.kind === "budget"));
  });

  for (const { name, files, unknown } of BUDGET_CASES) {
    it(`comes to an end with ${name}`, async () => {
      const evaluation = await run(files);
      assert.deepEqual(shown(evaluation, "BEFORE"), ["'known'"], "what stands before stays known");
      if (unknown === undefined) assert.deepEqual(evaluation.causes, []);
      else
        assert.ok(
          causesOf(evaluation, unknown).includes("budget"),
          `causes: ${causesOf(evaluation, unknown).join(", ")}`,
        );
    });
  }

  it("does not follow loops of more rounds", async () => {
    const evaluation = await run(
      `L = [0] * ${MAX_LOOP_ROUNDS + 1}\nN = 0\nfor x in L:\n    N += 1\nM = [x for x in L]\nK = range(${MAX_LOOP_ROUNDS + 1})\nC = 5\n`,
    );
    for (const name of ["N", "M", "K"]) assert.deepEqual(shown(evaluation, name), [undefined], name);
    assert.deepEqual(shown(evaluation, "C"), ["5"]);
  });

  it("does not follow a loop that changes what it goes through", async () => {
    const evaluation = await run(
      `L = ["a"]
for x in L:
    if len(L) < 3: L.append(x)
D = {"a": 1}
for k in D:
    D["b"] = 2
AFTER = 1
M = [x for x in [1, 2]]
`,
    );
    for (const name of ["L", "D"]) assert.deepEqual(causesOf(evaluation, name), ["unsupported"], name);
    assert.deepEqual(shown(evaluation, "M"), ["[1, 2]"]);
    assert.deepEqual(shown(evaluation, "AFTER"), ["1"]);
  });

  it("widens a variable that the program sets in more ways than are followed", async () => {
    const chain = times(16, (i) => `if os.environ.get("E${i}"): os.environ["X"] = os.environ.get("X", "") + "${i}"`);
    const evaluation = await run(`import os\n${chain}\nX = os.environ.get("X", "none")\nAFTER = 1\n`);
    assert.ok(causesOf(evaluation, "X").length > 0);
    assert.deepEqual(shown(evaluation, "AFTER"), ["1"]);
  });

  it("follows exceptions as one where handlers inside handlers would multiply them", async () => {
    const calls = (indent: string): string => times(30, (i) => `${indent}a = other.call${i}()`);
    const within = (indent: string, depth: number): string =>
      depth === 0
        ? calls(indent)
        : `${indent}try:\n${within(`${indent} `, depth - 1)}\n${indent}except ValueError:\n${within(`${indent} `, depth - 1)}`;
    const evaluation = await run(
      `import other\nA = 0\ntry:\n${within(" ", 4)}\n A = 1\nexcept Exception:\n A = 2\nAFTER = 1\n`,
    );
    assert.ok(30 ** 2 > MAX_RAISED);
    assert.deepEqual(new Set(shown(evaluation, "A")), new Set(["1", "2"]));
    assert.deepEqual(shown(evaluation, "AFTER"), ["1"]);
  });

  it("does not follow calls of more depth, nor trusts what they may have changed", async () => {
    const evaluation = await run(
      `SEEN = []\ndef down(n):\n    SEEN.append(n)\n    return 0 if n == 0 else 1 + down(n - 1)\nDEEP = down(${MAX_CALL_DEPTH + 3})\nSHALLOW = (lambda n: n + 1)(3)\ndef forever():\n    return forever()\nNEVER = forever()\n`,
    );
    assert.deepEqual(shown(evaluation, "DEEP"), [undefined]);
    assert.deepEqual(causesOf(evaluation, "NEVER"), ["budget"]);
    assert.deepEqual(shown(evaluation, "SEEN"), [undefined]);
    assert.deepEqual(shown(evaluation, "SHALLOW"), ["4"]);
  });

  it("does not build very long texts and lists", async () => {
    const evaluation = await run(
      `A = "x" * ${MAX_LENGTH + 1}\nB = [1] * ${MAX_LENGTH + 1}\nC = "ab"\nfor i in range(30):\n    C = C + C\nD = "{:>99999999}".format(1)\nE = f"{1:>99999999}"\nF = "%99999999d" % 1\nG = "x".zfill(99999999)\nH = "x".center(99999999)\nL = [1]\nfor i in range(40):\n    L = L + L\nM = [1]\nfor i in range(40):\n    M += M\nO = "a" * 1000\nfor i in range(9):\n    O = O.replace("a", O)\n`,
    );
    for (const name of evaluation.names.filter((each) => /^[A-Z]$/.test(each))) {
      for (const { value } of evaluation.outcomes(name))
        assert.ok(value.kind === "unknown", `${name} is ${value.kind}`);
    }
  });

  it("does not compute very large numbers", async () => {
    const bits = MAX_INTEGER_BITS + 1n;
    const evaluation = await run(
      `A = 2 ** ${bits}\nB = 1 << ${bits}\nC = 3\nfor i in range(60):\n    C = C * C\nD = int("9" * 90000)\n`,
    );
    for (const name of ["A", "B", "C"]) assert.deepEqual(causesOf(evaluation, name), ["budget"], name);
  });

  it("ends at lists that hold themselves", async () => {
    const evaluation = await run(
      `A = [1]\nA.append(A)\nD = {}\nD["self"] = D\nD["list"] = [D, A]\nB = len(A)\nC = A == A\nE = str(D)\nF = A[1][1][1][0]\n${times(MAX_VALUE_DEPTH + 10, (i) => `X${i} = [${i === 0 ? "" : `X${i - 1}`}]`)}\n`,
    );
    for (const name of ["A", "D", `X${MAX_VALUE_DEPTH + 9}`])
      assert.ok(causesOf(evaluation, name).includes("budget"), name);
    assert.deepEqual(shown(evaluation, "F"), ["1"]);
  });

  it("does not execute more modules", async () => {
    const count = MAX_MODULES + 3;
    const files: Record<string, string> = { "settings.py": "from m0 import *\n" };
    for (let i = 0; i < count; i++)
      files[`m${i}.py`] = `${i + 1 < count ? `from m${i + 1} import *\n` : "LAST = 1\n"}A${i} = ${i}\n`;
    const evaluation = await run(files);
    assert.ok(evaluation.causes.some((cause) => cause.kind === "budget"));
    assert.deepEqual(shown(evaluation, "LAST"), [undefined]);
    assert.deepEqual(shown(evaluation, "A0"), ["0"]);
  });

  it("does not follow deeply nested code", async () => {
    const depth = MAX_NESTING + 50;
    const evaluation = await run(
      `A = ${"(".repeat(depth)}1${" + 1)".repeat(depth)}\nB = ${"[".repeat(depth)}${"]".repeat(depth)}\nC = 2\n`,
    );
    for (const name of ["A", "B"]) assert.deepEqual(shown(evaluation, name), [undefined], name);
    assert.deepEqual(shown(evaluation, "C"), ["2"]);
  });
});
