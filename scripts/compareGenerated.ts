/**
 * Holds the evaluator against CPython on generated projects.
 *
 *     npx tsx scripts/compareGenerated.ts --seed 1 --count 500          compare, print every disagreement
 *     npx tsx scripts/compareGenerated.ts --seed 1 --count 40 --record  also write test/python/generated.json
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { evaluate } from "../server/src/python/evaluate";
import { memoryHost } from "../test/harness/memoryHost";
import { testParser } from "../test/harness/parser";
import { compare, type Run } from "../test/python/comparison";
import { generateProject, type GeneratedProject } from "../test/python/generate";

const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "200" },
    record: { type: "boolean", default: false },
    show: { type: "boolean", default: false },
    open: { type: "boolean", default: false },
  },
});

function runPython(projects: readonly GeneratedProject[]): readonly (readonly Run[])[] {
  const input = projects.map((project) => JSON.stringify(project)).join("\n");
  const done = spawnSync("python3", [join(__dirname, "runModules.py")], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "inherit"],
  });
  return done.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as readonly Run[]);
}

async function main(): Promise<void> {
  const first = Number(options.seed);
  const seeds = Array.from({ length: Number(options.count) }, (_, index) => first + index);
  const projects = seeds.map(generateProject);
  const recorded = runPython(projects);
  const parser = await testParser();
  const sums = { runs: 0, failed: 0, values: 0, open: 0, wrong: 0, projects: 0 };
  const failures = new Map<string, number>();
  for (const [index, project] of projects.entries()) {
    if (options.show) for (const [name, text] of Object.entries(project.files)) console.log(`# ${name}\n${text}`);
    const started = performance.now();
    const evaluation = evaluate(memoryHost(parser, "/project", project.files), `/project/${project.entry}`);
    const took = performance.now() - started;
    if (took > 500) console.log(`seed ${seeds[index]} took ${Math.round(took)} ms`);
    let isWrong = false;
    for (const run of recorded[index] ?? []) {
      sums.runs += 1;
      if (run.failure !== undefined) {
        sums.failed += 1;
        failures.set(run.failure, (failures.get(run.failure) ?? 0) + 1);
      }
      const { wrong, open } = compare(evaluation, run);
      sums.values += Object.keys(run.values ?? {}).length;
      sums.open += open.length;
      sums.wrong += wrong.length;
      isWrong ||= wrong.length > 0;
      for (const text of wrong) console.log(`seed ${seeds[index]} ${JSON.stringify(run.environment)} ${text}`);
      if (options.open && open.length > 0) console.log(`seed ${seeds[index]} open ${open.join(" ")}`);
    }
    if (isWrong) sums.projects += 1;
  }
  console.log(JSON.stringify(sums), JSON.stringify([...failures]));
  if (options.record) {
    const compact = seeds.map((seed, index) => ({
      seed,
      runs: recorded[index]?.map(({ values, failure }) => values ?? failure),
    }));
    writeFileSync(
      join(__dirname, "../test/python/generated.json"),
      `[\n${compact.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`,
    );
  }
  process.exitCode = sums.wrong === 0 ? 0 : 1;
}

void main();
