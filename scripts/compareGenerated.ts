/**
 * Holds the evaluator against CPython on generated projects.
 *
 *     npm run generated -- --seed 1 --count 500            compare, print every disagreement
 *     npm run generated -- --seed 1 --count 40 --record    also write test/python/generated.json
 *
 * `--show` prints the projects, `--open` the names that are left open.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { evaluate } from "../server/src/python/evaluate";
import { memoryHost } from "../test/harness/memoryHost";
import { testParser } from "../test/harness/parser";
import { compare, type Run } from "../test/python/comparison";
import { generateProject, type GeneratedProject } from "../test/python/generate/project";
import { digestOfProject, RECORDED_PROJECTS, type RecordedProject } from "../test/python/recordedProjects";

const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "200" },
    jobs: { type: "string", default: "1" },
    record: { type: "boolean", default: false },
    show: { type: "boolean", default: false },
    open: { type: "boolean", default: false },
  },
});

interface Sums {
  /** Projects that CPython ran; one that would take too long or print too much has no runs and counts for nothing. */
  readonly projects: number;
  /** Projects with a wrong value. */
  readonly wrongProjects: number;
  readonly runs: number;
  /** Runs that ended with an exception. */
  readonly failed: number;
  readonly values: number;
  readonly open: number;
  readonly wrong: number;
}

const NOTHING: Sums = { projects: 0, wrongProjects: 0, runs: 0, failed: 0, values: 0, open: 0, wrong: 0 };

function add(a: Sums, b: Sums): Sums {
  return {
    projects: a.projects + b.projects,
    wrongProjects: a.wrongProjects + b.wrongProjects,
    runs: a.runs + b.runs,
    failed: a.failed + b.failed,
    values: a.values + b.values,
    open: a.open + b.open,
    wrong: a.wrong + b.wrong,
  };
}

/** Projects that CPython works on while the ones before are evaluated here. */
const AHEAD = 60;

/** What CPython makes of each of many projects, in order. */
async function* runPython(seeds: readonly number[]): AsyncGenerator<{
  readonly seed: number;
  readonly project: GeneratedProject;
  readonly runs: readonly Run[];
}> {
  const python = spawn("python3", [join(__dirname, "runModules.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting: { readonly seed: number; readonly project: GeneratedProject }[] = [];
  let next = 0;
  const send = (): void => {
    while (next < seeds.length && waiting.length < AHEAD) {
      const seed = seeds[next] as number;
      const project = generateProject(seed);
      waiting.push({ seed, project });
      python.stdin.write(`${JSON.stringify(project)}\n`);
      next += 1;
    }
    if (next === seeds.length) python.stdin.end();
  };
  send();
  for await (const line of createInterface({ input: python.stdout })) {
    const sent = waiting.shift();
    if (sent === undefined) return;
    send();
    yield { ...sent, runs: JSON.parse(line) as readonly Run[] };
  }
}

async function compareAll(first: number, count: number): Promise<Sums> {
  const parser = await testParser();
  const recorded: RecordedProject[] = [];
  let sums = NOTHING;
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  for await (const { seed, project, runs } of runPython(seeds)) {
    if (options.show) for (const [name, text] of Object.entries(project.files)) console.log(`# ${name}\n${text}`);
    const started = performance.now();
    const evaluation = evaluate(memoryHost(parser, "/project", project.files), `/project/${project.entry}`);
    const took = performance.now() - started;
    if (took > 1500) console.log(`seed ${seed} took ${Math.round(took)} ms`);
    sums = add(sums, compareProject(seed, evaluation, runs));
    recorded.push({
      seed,
      digest: digestOfProject(project),
      runs: runs.map(({ values, failure }) => values ?? failure ?? ""),
    });
    if (sums.projects % 500 === 0) console.log(`... ${JSON.stringify(sums)}`);
  }
  if (options.record) writeRecorded(recorded);
  return sums;
}

function compareProject(seed: number, evaluation: ReturnType<typeof evaluate>, runs: readonly Run[]): Sums {
  let sums: Sums = { ...NOTHING, projects: runs.length > 0 ? 1 : 0, runs: runs.length };
  for (const run of runs) {
    const { wrong, open } = compare(evaluation, run);
    sums = add(sums, {
      ...NOTHING,
      failed: run.failure === undefined ? 0 : 1,
      values: Object.keys(run.values ?? {}).length,
      open: open.length,
      wrong: wrong.length,
    });
    for (const text of wrong) console.log(`seed ${seed} ${JSON.stringify(run.environment)} ${text}`);
    if (options.open && open.length > 0) console.log(`seed ${seed} open ${open.join(" ")}`);
  }
  return { ...sums, wrongProjects: sums.wrong > 0 ? 1 : 0 };
}

function writeRecorded(projects: readonly RecordedProject[]): void {
  const text = projects.map((each) => JSON.stringify(each)).join(",\n");
  writeFileSync(RECORDED_PROJECTS, `[\n${text}\n]\n`);
}

/** Shares the projects among processes of this script. */
async function shared(first: number, count: number, jobs: number): Promise<Sums> {
  const size = Math.ceil(count / jobs);
  const parts = Array.from({ length: jobs }, (_, index) => {
    const start = index * size;
    const args = [__filename, "--seed", String(first + start), "--count", String(Math.min(size, count - start))];
    return sumsOf(spawn(process.execPath, [...process.execArgv, ...args], { stdio: ["ignore", "pipe", "inherit"] }));
  });
  return (await Promise.all(parts)).reduce(add, NOTHING);
}

async function sumsOf(child: ChildProcess): Promise<Sums> {
  let last = "";
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    last = line;
  }
  return JSON.parse(last) as Sums;
}

async function main(): Promise<void> {
  if (spawnSync("python3", ["--version"]).status !== 0) {
    console.log("not run: there is no python3");
    return;
  }
  const [first, count, jobs] = [Number(options.seed), Number(options.count), Number(options.jobs)];
  const sums = jobs > 1 ? await shared(first, count, jobs) : await compareAll(first, count);
  console.log(JSON.stringify(sums));
  process.exitCode = sums.wrong === 0 ? 0 : 1;
}

void main();
