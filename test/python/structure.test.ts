import assert from "node:assert/strict";
import { Cancelled } from "../../server/src/base/cancellation";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import type { Outcome } from "../../server/src/python/values/value";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { show } from "./comparison";

const BASE = `DEBUG = True
APPS = ["a"]
NAME = "base"
`;

async function run(files: Readonly<Record<string, string>>, entry = "conf/prod.py"): Promise<Evaluation> {
  const host = memoryHost(await testParser(), "/project", { "conf/__init__.py": "", ...files });
  return evaluate(host, `/project/${entry}`);
}

const guardOf = ({ guard }: Outcome): readonly string[] =>
  guard.map(({ test, holds }) => (holds ? test.text : `not ${test.text}`));
const stepsOf = ({ steps }: Outcome): readonly string[] => steps.map((step) => `${step.kind} ${step.module}`);
const outline = (evaluation: Evaluation, name: string): readonly string[] =>
  evaluation
    .outcomes(name)
    .map((outcome) => `${[...guardOf(outcome), ""].join(" -> ")}${show(outcome.value) ?? outcome.value.kind}`);

describe("what an evaluation tells beside values", () => {
  it("gives each outcome its decisions", async () => {
    const evaluation = await run({
      "conf/prod.py": `import os
ENV = os.environ.get("ENV", "dev")
if ENV == "prod":
    A = 1
elif "X" in os.environ:
    A = 2
if ENV == "prod":
    B = A
else:
    B = 0
`,
    });
    assert.deepEqual(outline(evaluation, "A"), [
      'ENV == "prod" -> 1',
      'not ENV == "prod" -> X is set -> 2',
      'not ENV == "prod" -> not X is set -> unset',
    ]);
    assert.deepEqual(outline(evaluation, "B"), ['ENV == "prod" -> 1', 'not ENV == "prod" -> 0']);
  });

  it("orders the steps from the base to the override", async () => {
    const evaluation = await run({
      "conf/base.py": BASE,
      "conf/prod.py": `from .base import *\nAPPS += ["b"]\nAPPS.append("c")\nNAME = "prod"\n`,
    });
    const [apps] = evaluation.outcomes("APPS");
    assert.ok(apps !== undefined);
    assert.equal(show(apps.value), "['a', 'b', 'c']");
    assert.deepEqual(stepsOf(apps), [
      "assignment conf.base",
      "import conf.prod",
      "mutation conf.prod",
      "mutation conf.prod",
    ]);
    assert.deepEqual(evaluation.outcomes("NAME").flatMap(stepsOf), ["assignment conf.prod"]);
    assert.deepEqual(evaluation.outcomes("DEBUG").flatMap(stepsOf), ["assignment conf.base", "import conf.prod"]);
    assert.deepEqual(
      evaluation.bindings.filter(({ name }) => name === "NAME").map(({ step }) => step.module),
      ["conf.base", "conf.prod"],
    );
  });

  it("records mutations with the name, the kind and where the object was made", async () => {
    const evaluation = await run({
      "conf/base.py": `${BASE}T = [{"OPTIONS": {}}]\n`,
      "conf/prod.py": `from .base import *\nAPPS += ["b"]\nAPPS.insert(0, "z")\nT[0]["OPTIONS"]["debug"] = True\nT[0].setdefault("DIRS", [])\nAPPS.remove("a")\ndel T[0]["DIRS"]\n`,
    });
    assert.deepEqual(
      evaluation.mutations.map(({ name, how, createdIn }) => `${name} ${how} ${createdIn}`),
      [
        "APPS augmented /project/conf/base.py",
        "APPS insert /project/conf/base.py",
        "T setitem /project/conf/base.py",
        "T setdefault /project/conf/base.py",
        "APPS remove /project/conf/base.py",
        "T delitem /project/conf/base.py",
      ],
    );
  });

  it("records branches and what they read", async () => {
    const evaluation = await run({
      "conf/base.py": BASE,
      "conf/prod.py": `import os\nfrom .base import *\nif DEBUG:\n    A = 1\nelse:\n    A = 2\nif os.getenv("X"):\n    B = 1\n`,
    });
    assert.deepEqual(
      evaluation.branches.map(
        ({ outcome, module, reads }) => `${outcome} ${module} ${reads.map((read) => read.name).join()}`,
      ),
      ["yes conf.prod DEBUG", "undecided conf.prod os"],
    );
  });

  it("records imports and how they end", async () => {
    const evaluation = await run({
      "conf/base.py": "from . import prod\n",
      "conf/prod.py":
        "import os\nimport celery\nfrom .base import *\ntry:\n    from .local import *\nexcept ImportError:\n    pass\nA = 1\n",
    });
    assert.deepEqual(
      evaluation.imports.map(
        ({ dotted, result, guarded, star }) => `${dotted} ${result} ${guarded} ${star !== undefined}`,
      ),
      [
        "os external false false",
        "celery external false false",
        "conf.base file false true",
        "conf file false false",
        "conf.local missing true true",
      ],
    );
    assert.deepEqual(evaluation.files, ["/project/conf/__init__.py", "/project/conf/prod.py", "/project/conf/base.py"]);
  });

  it("marks what optional local settings may override", async () => {
    const evaluation = await run({
      "conf/prod.py": "A = 1\ntry:\n    from .local import *\nexcept ImportError:\n    pass\nB = 2\n",
    });
    const [a, b, c] = ["A", "B", "C"].map((name) => evaluation.outcomes(name)[0]);
    assert.equal(show(a?.value ?? { kind: "none" }), "1");
    assert.equal(a?.overridable?.kind, "import");
    assert.equal(b?.overridable, undefined);
    assert.equal(c?.value.kind, "unset");
    assert.equal(c?.overridable?.kind, "import");
    assert.equal(evaluation.failure, undefined);
  });

  it("opens the namespace behind a star import from outside", async () => {
    const evaluation = await run({ "conf/prod.py": "A = 1\nfrom company_defaults import *\nB = 2\n" });
    // What the package brings may replace A: its value stays, and is said to be overridable.
    assert.deepEqual(outline(evaluation, "A"), ["1"]);
    assert.ok(evaluation.outcomes("A").every(({ overridable }) => overridable !== undefined));
    assert.deepEqual(outline(evaluation, "B"), ["2"]);
    assert.ok(evaluation.outcomes("B").every(({ overridable }) => overridable === undefined));
    assert.deepEqual(outline(evaluation, "C"), ["unknown"]);
    assert.equal(evaluation.causes[0]?.kind, "import");
  });

  it("says with which exception, and where, an import certainly ends", async () => {
    const failing: readonly (readonly [string, string, string])[] = [
      ["A = 1\nB = {}['x']\nC = 2\n", "KeyError", "{}['x']"],
      ["A = 1\nB = NOPE\nC = 2\n", "NameError", "NOPE"],
      ["A = 1\nraise ValueError('x')\nC = 2\n", "ValueError", "raise ValueError('x')"],
      ["A = 1\nfrom .nowhere import *\nC = 2\n", "ModuleNotFoundError", "from .nowhere import *"],
      ["A = 1\ntry:\n    int('x')\nexcept KeyError:\n    pass\nC = 2\n", "ValueError", "int('x')"],
    ];
    for (const [text, exception, place] of failing) {
      const { failure } = await run({ "conf/prod.py": text });
      assert.equal(failure?.exception, exception, text);
      assert.equal(text.slice(failure.site.range.start, failure.site.range.end), place);
    }
    const fine = [
      "import os\nif os.getenv('X'):\n    raise ValueError\nA = 1\n",
      "try:\n    A = {}['x']\nexcept KeyError:\n    A = 1\n",
    ];
    for (const text of fine) assert.equal((await run({ "conf/prod.py": text })).failure, undefined, text);
  });

  it("says what was read for a value and computes it anew with the final values", async () => {
    const evaluation = await run({
      "conf/base.py": `${BASE}LEVEL = "DEBUG" if DEBUG else "INFO"\nCOPY = NAME + "!"\n`,
      "conf/prod.py": `from .base import *\nDEBUG = False\nNAME = "prod"\n`,
    });
    const level = evaluation.bindings.find(({ name }) => name === "LEVEL");
    const debug = evaluation.bindings.find(({ name }) => name === "DEBUG");
    assert.deepEqual(
      level?.reads.map(({ name, binding }) => [name, binding]),
      [["DEBUG", debug?.id]],
    );
    assert.ok(level?.expression !== undefined && level.atModuleLevel && level.unconditional);
    assert.equal(show(evaluation.recompute(level.expression, "/project/conf/base.py")), "'INFO'");
    assert.deepEqual(outline(evaluation, "LEVEL"), ["'DEBUG'"]);
    const copy = evaluation.bindings.find(({ name }) => name === "COPY")?.expression;
    assert.ok(copy !== undefined);
    assert.equal(show(evaluation.recompute(copy, "/project/conf/base.py")), "'prod!'");
  });

  it("keeps long texts out of the words of a condition", async () => {
    const secret = "x9-very-long-and-secret-looking-text-4711";
    const evaluation = await run({
      "conf/prod.py": `import os, vault\nKEY = os.environ.get("KEY", "${secret}")\nif KEY == "${secret}":\n    A = 1\nif vault.get("${secret}"):\n    B = 1\nif [KEY, "${secret}"] == vault:\n    C = 1\n`,
    });
    const texts = evaluation.branches.map(({ test }) => test?.text ?? "");
    assert.equal(texts.length, 3);
    for (const text of texts) assert.ok(!text.includes(secret), text);
    for (const name of ["A", "B", "C"])
      for (const { value } of evaluation.outcomes(name))
        assert.ok(value.kind !== "unknown" || !value.because.text.includes(secret));
  });

  it("stops when it is cancelled", async () => {
    const parser = await testParser();
    const text = "N = 0\nfor i in range(1900):\n    N += 1\n";
    const host = memoryHost(parser, "/project", { "settings.py": text });
    let asked = 0;
    const token = {
      get isCancellationRequested() {
        asked += 1;
        return asked > 3;
      },
    };
    assert.throws(() => evaluate(host, "/project/settings.py", token as never), Cancelled);
  });
});
