import type { RecordedChecks, RecordedFailure, RecordedRun, ReleaseName } from "../../test/oracle/recording";

/** What run.py is asked. */
export interface Job {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly class: string | null;
  readonly environment: Readonly<Record<string, string>>;
}

/** What run.py answers. */
export interface Answer {
  readonly values?: Readonly<Record<string, string>>;
  readonly failure?: RecordedFailure;
  readonly checks?: readonly string[];
  readonly error?: string;
}

/** Packages that have no build for some of the interpreters; without them a case says nothing about a release. */
const NOT_EVERYWHERE: readonly string[] = ["yaml"];

/** Puts one job's answers of all releases together: what most say once, what others say beside it. */
export function recordedRuns(job: Job, answers: ReadonlyMap<ReleaseName, Answer>): RecordedRun {
  const missing: Record<string, string> = {};
  const differing: Record<string, Readonly<Record<string, string>> | RecordedFailure> = {};
  const checks: RecordedChecks[] = [];
  let first: Answer | undefined;
  for (const [release, answer] of answers) {
    const lacks = answer.failure?.missing;
    if (lacks !== undefined && NOT_EVERYWHERE.includes(lacks)) {
      missing[release] = lacks;
      continue;
    }
    first ??= answer;
    const difference = differenceOf(first, answer);
    if (difference !== undefined) differing[release] = difference;
    addChecks(checks, release, answer);
  }
  return {
    entry: job.entry,
    environment: job.environment,
    ...(first?.values === undefined ? {} : { values: first.values }),
    ...(first?.failure === undefined ? {} : { failure: first.failure }),
    ...(Object.keys(differing).length === 0 ? {} : { differing }),
    ...(checks.length === 0 ? {} : { checks }),
    ...(Object.keys(missing).length === 0 ? {} : { missing }),
  };
}

function differenceOf(first: Answer, answer: Answer): Readonly<Record<string, string>> | RecordedFailure | undefined {
  if (JSON.stringify(first.failure) !== JSON.stringify(answer.failure)) return answer.failure ?? answer.values;
  const names = new Set([...Object.keys(first.values ?? {}), ...Object.keys(answer.values ?? {})]);
  const changed = [...names].filter((name) => first.values?.[name] !== answer.values?.[name]);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((name) => [name, answer.values?.[name] ?? "unset"]));
}

function addChecks(all: RecordedChecks[], release: ReleaseName, { checks: ids, error }: Answer): void {
  if (ids === undefined && error === undefined) return;
  const same = all.findIndex((each) => JSON.stringify([each.ids, each.error]) === JSON.stringify([ids, error]));
  const before = all[same];
  if (before !== undefined) all[same] = { ...before, releases: [...before.releases, release] };
  else
    all.push({ releases: [release], ...(ids === undefined ? {} : { ids }), ...(error === undefined ? {} : { error }) });
}
