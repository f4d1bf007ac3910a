import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { compare, type Run } from "./comparison";

type Recording = Readonly<
  Record<string, { readonly entry: string; readonly class?: string; readonly runs: readonly Run[] }>
>;

const CASES = join(__dirname, "cases");
const PROJECT = "/project";
const recording = JSON.parse(readFileSync(join(__dirname, "recorded.json"), "utf8")) as Recording;

/** Names whose value the evaluator is allowed to leave open, by case; everything else has to be known. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  // Names of characters (`\N{BULLET}`) are not known without a table of all of them.
  expressions: ["BF"],
  // What follows a key that the environment decides; a statement that the parser does not know.
  containers: ["F", "G", "L"],
  // The cache behind a redis:// URL depends on what is installed.
  environ: ["CACHES"],
  // Whether a file exists is the machine's business.
  paths: ["H"],
  // Whether an item stands in a part of unknown length; a pattern that looks inside of its subject.
  process: ["I", "Q"],
  // Letters whose other case is more than one letter.
  texts: ["D"],
  // Packages that may be installed, and names that newer releases of Python may bring.
  tries: ["D", "E", "U"],
};

describe("values as CPython computes them", () => {
  for (const [name, { entry, runs, class: className }] of Object.entries(recording)) {
    for (const run of runs) {
      it(`${name} with ${JSON.stringify(run.environment)}`, async () => {
        const host = memoryHost(await testParser(), PROJECT, filesOf(join(CASES, name)));
        const evaluation = evaluate(host, `${PROJECT}/${entry}`, NEVER_CANCELLED, className);
        const compared = compare(evaluation, run);
        assert.deepEqual(compared.wrong, [], "values that are called known and are not what CPython computes");
        assert.deepEqual(
          compared.open.filter((each) => OPEN[name]?.includes(each) !== true),
          [],
        );
      });
    }
  }

  it("records every case", () => {
    assert.deepEqual(Object.keys(recording), readdirSync(CASES).toSorted());
  });
});

function filesOf(folder: string, prefix = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) Object.assign(files, filesOf(path, `${prefix}${name}/`));
    else if (name !== "case.json") files[prefix + name] = readFileSync(path, "utf8");
  }
  return files;
}
