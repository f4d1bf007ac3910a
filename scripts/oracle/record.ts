/**
 * Runs the oracle's cases under CPython and each release of Django, and records what comes out in test/oracle/recorded.
 *
 *     npm run oracle                          records what is new or was changed
 *     npm run oracle -- --all                 records everything again
 *     npm run oracle -- --topic mutation      only this topic
 *     npm run oracle -- --verify 20           runs 20 cases, spread over all, and compares with what is recorded
 *     npm run oracle -- --release 5.2 --verify 20
 */
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { oracleTopics, readOracleCases, type OracleCase } from "../../test/oracle/cases";
import {
  digestOf,
  readRecording,
  recordingPath,
  RELEASES,
  type RecordedCase,
  type RecordedRun,
  type ReleaseName,
} from "../../test/oracle/recording";
import { recordedRuns, type Answer, type Job } from "./merge";
import { NotAvailable, prepareRunner, type Runner } from "./releases";

const { values: options } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    topic: { type: "string", multiple: true },
    release: { type: "string", multiple: true },
    verify: { type: "string" },
  },
});

function jobsOf(one: OracleCase): readonly Job[] {
  return one.entries.flatMap((entry) =>
    one.environments.map((environment) => ({ files: one.files, entry, class: one.class ?? null, environment })),
  );
}

/** Runs that one interpreter makes before a new one is started: one in WebAssembly does not give its memory back. */
const RUNS_OF_A_PROCESS = 100;

/** Gives jobs to a release's interpreters, several at a time, and their answers in the jobs' order. */
async function runJobs(runner: Runner, jobs: readonly Job[]): Promise<readonly Answer[]> {
  const workers = Math.max(1, Math.min(availableParallelism(), Math.ceil(jobs.length / 8)));
  const size = Math.max(1, Math.min(RUNS_OF_A_PROCESS, Math.ceil(jobs.length / workers)));
  const slices = Array.from({ length: Math.ceil(jobs.length / size) }, (_, at) =>
    jobs.slice(at * size, (at + 1) * size),
  );
  const answers: (readonly Answer[])[] = [];
  const waiting = slices.entries();
  const work = async (): Promise<void> => {
    // The workers share one iterator, so that each slice is taken once.
    for (const [at, slice] of waiting) answers[at] = await runSlice(runner, slice);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return answers.flat();
}

async function runSlice(runner: Runner, jobs: readonly Job[]): Promise<readonly Answer[]> {
  const child = spawn(runner.command, runner.args, {
    env: { PATH: process.env["PATH"], ...runner.environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  const answers: Answer[] = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as Answer);
  if (answers.length !== jobs.length)
    throw new Error(`${runner.description} answered ${answers.length} of ${jobs.length} jobs`);
  return answers;
}

/** Runs cases under each release and puts the answers together. */
async function recordCases(
  cases: readonly OracleCase[],
  releases: readonly ReleaseName[],
): Promise<readonly RecordedCase[]> {
  const jobs = cases.map(jobsOf);
  const answers = new Map<ReleaseName, readonly Answer[]>();
  for (const release of releases) {
    const runner = prepareRunner(release);
    const started = performance.now();
    answers.set(release, await runJobs(runner, jobs.flat()));
    console.log(
      `${runner.description}: ${jobs.flat().length} runs in ${Math.round((performance.now() - started) / 1000)} s`,
    );
  }
  let at = 0;
  return cases.map((one, index) => {
    const own = jobs[index] ?? [];
    const first = at;
    at += own.length;
    const runs = own.map((job, offset) =>
      recordedRuns(job, new Map([...answers].map(([release, all]) => [release, all[first + offset] as Answer]))),
    );
    return { digest: digestOf(one), runs };
  });
}

async function record(topics: readonly string[]): Promise<void> {
  const everything = topics.flatMap((topic) => {
    const before = readRecording(topic);
    return readOracleCases(topic).map((one) => ({ one, known: before[one.title] }));
  });
  const isCurrent = ({ one, known }: (typeof everything)[number]): boolean =>
    known?.digest === digestOf(one) && !options.all;
  const stale = everything.filter((each) => !isCurrent(each)).map(({ one }) => one);
  const recorded = stale.length === 0 ? [] : await recordCases(stale, RELEASES);
  for (const topic of topics) {
    const entries = everything
      .filter(({ one }) => one.topic === topic)
      .map(({ one, known }) => [one.title, recorded[stale.indexOf(one)] ?? known] as const);
    if (entries.length === 0) rmSync(recordingPath(topic), { force: true });
    else writeFileSync(recordingPath(topic), textOf(entries));
  }
  console.log(`${stale.length} of ${everything.length} cases recorded`);
}

/** The recording as JSON with a run in each line, so that a change shows as what it is. */
function textOf(entries: readonly (readonly [string, RecordedCase | undefined])[]): string {
  const cases = entries.map(([title, recorded]) => {
    const runs = (recorded?.runs ?? []).map((run) => `    ${JSON.stringify(run)}`);
    return `  ${JSON.stringify(title)}: { "digest": ${JSON.stringify(recorded?.digest)}, "runs": [\n${runs.join(",\n")}\n  ] }`;
  });
  return `{\n${cases.join(",\n")}\n}\n`;
}

/** Runs every n-th case and tells where the recording says something else. */
async function verify(topics: readonly string[], count: number): Promise<void> {
  const all = topics.flatMap(readOracleCases);
  const step = Math.max(1, Math.floor(all.length / count));
  const sample = all.filter((_, index) => index % step === 0);
  const releases = RELEASES.filter((release) => options.release?.includes(release) ?? true);
  let recorded: readonly RecordedCase[];
  try {
    recorded = await recordCases(sample, releases);
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error;
    console.log(`not run: ${error.message}`);
    return;
  }
  const different = sample.filter((one, index) => {
    const known = readRecording(one.topic)[one.title];
    const again = recorded[index];
    return !agree(known, again, releases);
  });
  for (const one of different) console.log(`differs from the recording: ${one.topic}: ${one.title}`);
  console.log(`${sample.length - different.length} passed, ${different.length} failed`);
  process.exitCode = different.length === 0 ? 0 : 1;
}

/** Whether a case gives again what is recorded for the releases that it was run under. */
function agree(
  known: RecordedCase | undefined,
  again: RecordedCase | undefined,
  releases: readonly ReleaseName[],
): boolean {
  if (known === undefined || again === undefined) return false;
  return known.runs.every((run, index) => {
    const other = again.runs[index];
    return other !== undefined && releases.every((release) => sameUnder(run, other, release));
  });
}

function sameUnder(known: RecordedRun, again: RecordedRun, release: ReleaseName): boolean {
  if (known.missing?.[release] !== undefined || again.missing?.[release] !== undefined) return true;
  // What depends on the interpreter says nothing here: the recording may have been made with another one.
  const unsure = new Set(
    [known, again].flatMap(({ differing }) => Object.values(differing ?? {}).flatMap(Object.keys)),
  );
  const seen = ({ values, failure, checks }: RecordedRun): string => {
    const said = checks?.find((each) => each.releases.includes(release));
    const sure = Object.entries(values ?? {}).filter(([name]) => !unsure.has(name));
    return JSON.stringify([sure.toSorted(), failure?.exception, failure?.line, said?.ids, said?.error]);
  };
  return seen(known) === seen(again);
}

async function main(): Promise<void> {
  const known = oracleTopics();
  const unknown = options.topic?.filter((topic) => !known.includes(topic)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no test/oracle/cases/${unknown.join(", ")}.md`);
  const topics = options.topic ?? known;
  await (options.verify === undefined ? record(topics) : verify(topics, Number(options.verify)));
}

void main();
