import assert from "node:assert/strict";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { Reevaluation } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import type { Host } from "../../server/src/python/program/host";
import type { Outcome } from "../../server/src/python/values/value";
import { EditedModule } from "../../server/src/syntax/reparse";
import type { Parser } from "../../server/src/syntax/parser";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";

const ROOT = "/w";

/** A settings module and what it imports, evaluated again after each edit. */
class Edited {
  private readonly reevaluation: Reevaluation;
  private readonly modules = new Map<string, EditedModule>();
  private readonly parser: Parser;

  constructor(parser: Parser, className?: string) {
    this.parser = parser;
    this.reevaluation = new Reevaluation(`${ROOT}/settings.py`, className);
  }

  evaluate(texts: Readonly<Record<string, string>>): Evaluation {
    for (const [name, text] of Object.entries(texts)) {
      const path = `${ROOT}/${name}`;
      const known = this.modules.get(path);
      this.modules.set(path, known?.edited(text, this.parser) ?? EditedModule.of(text, this.parser.parse(text)));
    }
    const host: Host = {
      ...memoryHost(this.parser, ROOT, texts),
      parse: (path) => {
        const known = this.modules.get(path);
        return known === undefined ? { ok: false, reason: "it does not exist" } : { ok: true, ...known };
      },
    };
    return this.reevaluation.evaluate(host, NEVER_CANCELLED);
  }
}

/** The names whose outcomes are other objects after an edit of `settings.py`. */
async function changed(
  before: string,
  after: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const edited = new Edited(await testParser());
  const first = edited.evaluate({ ...others, "settings.py": before });
  const told = new Map(first.names.map((name) => [name, first.outcomes(name)]));
  const second = edited.evaluate({ ...others, "settings.py": after });
  return second.names.filter((name) => second.outcomes(name) !== told.get(name));
}

/** What an evaluation tells, to be compared with what another one does. */
function shown(evaluation: Evaluation): unknown {
  return {
    outcomes: evaluation.names.map((name) => [name, evaluation.outcomes(name).map(plain)]),
    bindings: evaluation.bindings.map(({ name, step }) => [name, step.site.range.start]),
    failure: evaluation.failure?.exception,
  };
}

/** An outcome without what tells objects apart. */
function plain({ value, steps }: Outcome): unknown {
  const written = JSON.stringify(value, (key, each: unknown) =>
    key === "id" || key === "steps" || key === "site" ? undefined : typeof each === "bigint" ? `${each}n` : each,
  );
  return [written, steps.map(({ site }) => site.range.start)];
}

async function valueAfter(name: string, ...texts: readonly Readonly<Record<string, string>>[]): Promise<unknown> {
  const edited = new Edited(await testParser());
  let evaluation: Evaluation | undefined;
  for (const each of texts) evaluation = edited.evaluate(each);
  return evaluation?.outcomes(name).map(({ value }) => ("value" in value ? value.value : value.kind));
}

describe("python: an evaluation after an edit", () => {
  it("changes what the edited statement binds, and what is made of that", async () => {
    assert.deepEqual(await changed("A = 1\nB = A + 1\nC = [3]\nD = C\n", "A = 2\nB = A + 1\nC = [3]\nD = C\n"), [
      "A",
      "B",
    ]);
  });

  it("changes nothing when lines are put in or statements change places", async () => {
    assert.deepEqual(await changed("A = 1\nB = [2]\n", "\n# more\nA = 1\n\nB = [2]\n"), []);
    assert.deepEqual(await changed("A = 1\nB = [2]\nC = A\n", "B = [2]\nA = 1\nC = A\n"), []);
  });

  it("sees what is done to a list after it was bound", async () => {
    assert.deepEqual(await changed("A = [1]\nB = 2\nA.append(3)\n", "A = [1]\nB = 2\nA.append(4)\n"), ["A"]);
    assert.deepEqual(await changed("A = [1]\nB = 2\nA.append(B)\n", "A = [1]\nB = 3\nA.append(B)\n"), ["A", "B"]);
  });

  it("calls functions again whose code has changed", async () => {
    const code = (sum: string): string => `def add(a, b):\n    return ${sum}\n\n\nA = add(1, 2)\nB = 7\n`;
    assert.deepEqual(await changed(code("a + b"), code("a - b")), ["add", "A"]);
  });

  it("keeps what a star import brings unless that has changed", async () => {
    const base = { "base.py": "A = 1\nB = [2]\n" };
    assert.deepEqual(await changed("from base import *\nC = 1\n", "from base import *\nC = 2\n", base), ["C"]);
  });

  it("follows edits of the modules that are imported", async () => {
    const settings = 'from base import *\nC = A + 1\nD = "d"\n';
    assert.deepEqual(
      await valueAfter(
        "C",
        { "settings.py": settings, "base.py": "A = 1\n" },
        { "settings.py": settings, "base.py": "# more\nA = 4\n" },
      ),
      [5n],
    );
  });

  it("comes to the same in a long module, wherever it is edited, as when it is read for the first time", async () => {
    const parser = await testParser();
    const lines = Array.from({ length: 120 }, (_, n) =>
      n % 10 === 0
        ? `NUMBERS_${n} = [${n}]`
        : n % 10 === 5
          ? `NUMBERS_${n - 5}.append(FIRST)`
          : `NAME_${n} = FIRST + ${n}`,
    );
    const whole = ["FIRST = 1", ...lines, "LAST = NUMBERS_110 + [NAME_1]"];
    const edits: readonly (readonly string[])[] = [
      whole,
      whole.with(60, "NAME_59 = 7"),
      whole.with(60, "NAME_59 = NAME_58 + NAME_1"),
      whole,
      whole.with(0, "FIRST = 2"),
      whole.with(0, "FIRST = 2").toSpliced(50, 0, "FIRST = 3"),
      whole.toSpliced(50, 0, "FIRST = 3", "NAME_1 = 0"),
      [...whole.slice(40, 60), ...whole.slice(0, 40), ...whole.slice(60)],
      whole.toSpliced(10, 30),
      whole,
    ];
    const edited = new Edited(parser);
    for (const [index, each] of edits.entries()) {
      const texts = { "settings.py": `${each.join("\n")}\n` };
      const [again, anew] = [edited.evaluate(texts), new Edited(parser).evaluate(texts)];
      assert.deepEqual(shown(again), shown(anew), `edit ${index}`);
    }
  });

  it("forgets a name that is no longer bound", async () => {
    const after = await valueAfter("A", { "settings.py": "A = 1\nB = 2\n" }, { "settings.py": "B = 2\n" });
    assert.deepEqual(after, ["unset"]);
  });

  it("tells what is set when a package that could not be imported can be again", async () => {
    const files = (init: string): Record<string, string> => ({
      "settings.py": "from p.base import *\n",
      "p/__init__.py": init,
      "p/base.py": "A = 1\n",
    });
    assert.deepEqual(await valueAfter("A", files('raise ValueError("no")\n'), files("")), [1n]);
  });

  it("reads a file again that a statement has read", async () => {
    const settings = 'with open("/w/VERSION") as file:\n    VERSION = file.read()\nA = 1\n';
    assert.deepEqual(
      await valueAfter(
        "VERSION",
        { "settings.py": settings, VERSION: "1.0" },
        { "settings.py": settings, VERSION: "2.0" },
      ),
      ["2.0"],
    );
  });

  it("keeps two reads of one variable together when one of them is edited", async () => {
    const code = (name: string): string =>
      `import os\nA = os.environ.get("X") == "1"\nif A:\n    B = 1\nelse:\n    B = 2\n${name} = os.environ.get("X") == "1"\nif ${name}:\n    D = B\nelse:\n    D = 2\n`;
    assert.deepEqual(await valueAfter("D", { "settings.py": code("C") }, { "settings.py": code("E") }), [1n, 2n]);
  });

  it("lets the values of a configuration read their lists in the program as it is in the end", async () => {
    const edited = new Edited(await testParser(), "Live");
    const code = (size: number): string =>
      `from configurations import Configuration, values\nSIZE = ${size}\nclass Live(Configuration):\n    ALLOWED_HOSTS = values.ListValue(["shop.example"])\n`;
    for (const size of [1, 2]) {
      const [outcome] = edited.evaluate({ "settings.py": code(size) }).outcomes("ALLOWED_HOSTS");
      assert.equal(outcome?.value.kind, "environment");
    }
  });
});
