import { LineIndex } from "../../server/src/base/text";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { isDjangoSetting } from "../../server/src/django/facts";
import { evaluate } from "../../server/src/python/evaluate";
import { importFailure } from "../../server/src/lint/parity";
import type { Evaluation, Failure } from "../../server/src/python/program/evaluation";
import { wholeEnvironment } from "../../server/src/python/semantics/resolve";
import type { Parser } from "../../server/src/syntax/parser";
import { memoryHost } from "../harness/memoryHost";
import { compare } from "../python/comparison";
import type { OracleCase } from "./cases";
import type { RecordedCase, RecordedRun } from "./recording";

/** Where the files of a case are said to stand. */
export const PROJECT = "/project";

/** What a comparison of runs came to. */
export interface Measure {
  /** Runs: a module in an environment. */
  readonly runs: number;
  /** Values that were compared, and those of them that Django itself knows by name. */
  readonly values: number;
  readonly djangoValues: number;
  /** What is called known and is not what CPython computes, for people. */
  readonly wrong: readonly string[];
  /** Names left open, by run; of the second sort Django's own. */
  readonly open: readonly string[];
  readonly openDjango: readonly string[];
  /** Imports that raise, and those of them that are reported with their exception and line. */
  readonly failures: number;
  readonly reportedFailures: number;
  /** Imports that raise and are not reported, for people. */
  readonly missedFailures: readonly string[];
}

export const NOTHING: Measure = {
  ...{ runs: 0, values: 0, djangoValues: 0, wrong: [], open: [], openDjango: [] },
  ...{ failures: 0, reportedFailures: 0, missedFailures: [] },
};

/** Holds the evaluator against what was recorded of a case. */
export function measureCase(parser: Parser, one: OracleCase, recorded: RecordedCase): Measure {
  const host = memoryHost(parser, PROJECT, one.files);
  const evaluations = new Map<string, Evaluation>();
  return recorded.runs
    .map((run) => {
      const known = evaluations.get(run.entry);
      const evaluation = known ?? evaluate(host, `${PROJECT}/${run.entry}`, NEVER_CANCELLED, one.class);
      evaluations.set(run.entry, evaluation);
      return run.failure === undefined ? measureValues(one, run, evaluation) : measureFailure(one, run, evaluation);
    })
    .reduce(addUp, NOTHING);
}

function measureValues(one: OracleCase, run: RecordedRun, evaluation: Evaluation): Measure {
  const { wrong, open } = compare(evaluation, { environment: run.environment, values: run.values ?? {} });
  const names = Object.keys(run.values ?? {});
  const failure = failureIn(evaluation, run);
  const untrue = failure === undefined ? [] : [`${failure.exception} is not raised`];
  return {
    ...NOTHING,
    runs: 1,
    values: names.length,
    djangoValues: names.filter(isDjangoSetting).length,
    wrong: [...new Set([...wrong, ...untrue])].map((text) => `${labelOf(one, run)}: ${text}`),
    open: open.map((name) => `${labelOf(one, run)}: ${name}`),
    openDjango: open.filter(isDjangoSetting).map((name) => `${labelOf(one, run)}: ${name}`),
  };
}

function measureFailure(one: OracleCase, run: RecordedRun, evaluation: Evaluation): Measure {
  const said = failureIn(evaluation, run);
  const missed = { ...NOTHING, runs: 1, failures: 1 };
  const label = labelOf(one, run);
  const expected = `${run.failure?.exception} at ${run.failure?.file}:${run.failure?.line}`;
  if (said === undefined) return { ...missed, missedFailures: [`${label}: ${expected}`] };
  const place = placeOf(one, said.site);
  const isSame = said.exception === run.failure?.exception && isAt(place, run.failure.file, run.failure.line);
  if (isSame) return { ...missed, reportedFailures: 1 };
  return { ...missed, wrong: [`${label}: ${said.exception} at ${place.file}:${place.from} instead of ${expected}`] };
}

function failureIn(evaluation: Evaluation, { environment }: RecordedRun): Failure | undefined {
  return importFailure(
    evaluation,
    wholeEnvironment((name) => environment[name]),
  );
}

function placeOf(one: OracleCase, { file, range }: NonNullable<Evaluation["failure"]>["site"]) {
  const name = file.slice(PROJECT.length + 1);
  const lines = new LineIndex(one.files[name] ?? "");
  return { file: name, from: lines.position(range.start).line + 1, to: lines.position(range.end).line + 1 };
}

/** CPython names one line of a statement that may have several, and none where a library reads a class later. */
function isAt(place: ReturnType<typeof placeOf>, file: string | undefined, line: number | undefined): boolean {
  if (file === undefined) return true;
  return place.file === file && line !== undefined && place.from <= line && line <= place.to;
}

function labelOf(one: OracleCase, run: RecordedRun): string {
  return `${one.topic}, "${one.title}", ${run.entry} with ${JSON.stringify(run.environment)}`;
}

/** The sum of two measures. */
export function addUp(a: Measure, b: Measure): Measure {
  return {
    runs: a.runs + b.runs,
    values: a.values + b.values,
    djangoValues: a.djangoValues + b.djangoValues,
    wrong: [...a.wrong, ...b.wrong],
    open: [...a.open, ...b.open],
    openDjango: [...a.openDjango, ...b.openDjango],
    failures: a.failures + b.failures,
    reportedFailures: a.reportedFailures + b.reportedFailures,
    missedFailures: [...a.missedFailures, ...b.missedFailures],
  };
}
