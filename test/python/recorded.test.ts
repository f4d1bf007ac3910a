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
  // Whether two lists are one object, next to slices that are assigned.
  aliases: ["AK", "AL"],
  // getattr() with a default of a name that is not there.
  classes: ["E"],
  // Keyword arguments of sort(), key functions, next(), popitem(), OrderedDict, order between sets, while loops.
  containers: ["F", "G", "H", "L", "M", "R", "S", "V", "W", "Z2", "WHILE"],
  // URLs of caches, and the library's own copy of the environment.
  environ: ["CACHES", "I"],
  // A dict next to parsed JSON.
  environs: ["E"],
  // Generator functions are not run.
  generators: ["A", "B", "C", "F", "K"],
  // Whether a file exists is the machine's business.
  paths: ["H"],
  // The place of an item behind a part of unknown length; a `case` with a guard.
  process: ["I", "Q"],
  // next() of a generator.
  secretsGuard: ["F"],
  // Less usual formats and conversions.
  texts: ["D", "G", "L", "M", "S", "W", "Z"],
  // Packages that may be installed, loops without end, and names that newer releases of Python may bring.
  tries: ["D", "E", "L", "U"],
  // Options inside the URL.
  urls: ["A", "B"],
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
