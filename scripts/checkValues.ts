/**
 * Runs the pages of test/python/values under the CPython that is here and tells where a stated value is not what it
 * computes:
 *
 *     npm run values              compare, exit with 1 where something differs
 *     npm run values -- --print   also print each block's values, to be written into a new page
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Run } from "../test/python/comparison";
import { readValueCases, type ValueCase } from "../test/python/valueCases";

const { values: options } = parseArgs({ options: { print: { type: "boolean", default: false } } });

function runAll(cases: readonly ValueCase[]): readonly (Run | undefined)[] {
  const lines = cases.map(({ text }) =>
    JSON.stringify({ files: { "settings.py": text }, entry: "settings.py", environments: [{}] }),
  );
  const done = spawnSync("python3", [join(__dirname, "runModules.py")], { input: lines.join("\n"), encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as readonly Run[])[0]);
}

function differences(one: ValueCase, run: Run | undefined): readonly string[] {
  if (run?.values === undefined)
    return [`${one.topic}: ${one.title}: raises ${run?.failure ?? "nothing, and has no end"}`];
  return one.values.flatMap(({ name, expression, value }) => {
    const computed = run.values?.[name];
    if (options.print) console.log(`${name} = ${expression}  # value: ${computed}`);
    const isAsStated = value === undefined ? computed !== undefined : computed === value;
    return isAsStated ? [] : [`${one.topic}: ${one.title}: ${expression} is ${computed}, not ${value}`];
  });
}

if (spawnSync("python3", ["--version"]).status !== 0) console.log("not run: there is no python3");
else {
  const cases = readValueCases();
  const runs = runAll(cases);
  const wrong = cases.flatMap((one, index) => differences(one, runs[index]));
  for (const each of wrong) console.log(each);
  const count = cases.reduce((sum, { values }) => sum + values.length, 0);
  console.log(`${count} stated values in ${cases.length} blocks, ${wrong.length} of them not what CPython computes`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
