import assert from "node:assert/strict";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { adminChecks } from "../../server/src/django/checks/admin";
import { appsChecks } from "../../server/src/django/checks/apps";
import { runChecks, type CheckReport } from "../../server/src/django/checks/check";
import { templatesChecks } from "../../server/src/django/checks/templates";
import { translationChecks } from "../../server/src/django/checks/translation";
import { defaultOf, type Release } from "../../server/src/django/facts";
import type { RuleContext } from "../../server/src/lint/rule";
import type { EffectiveSetting, Proof } from "../../server/src/lint/setting";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/evaluation";
import { resolve, resolveTest, type ReadVariable } from "../../server/src/python/resolve";
import type { Outcome, Value } from "../../server/src/python/value";
import { inEachWorld } from "../../server/src/rules/questions/djangoSays";
import { rules } from "../../server/src/rules/index";
import { lintFiles, projectFiles, ROOT } from "../harness/lintCase";
import { readOracleCases, type OracleCase } from "../oracle/cases";
import { readRecording, type RecordedRun } from "../oracle/recording";

const TOPIC = "checks-apps";
const CHECKS = [...appsChecks, ...adminChecks, ...templatesChecks, ...translationChecks];
const SETTINGS = [
  ...["INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES", "AUTHENTICATION_BACKENDS", "SITE_ID"],
  ...["LANGUAGE_CODE", "LANGUAGES", "LANGUAGES_BIDI", "USE_I18N"],
];

type Context = RuleContext<never, never>;

/** The files of a case as rules see them. */
async function contextOf(one: OracleCase): Promise<Context> {
  let context: Context | undefined;
  const [first] = rules;
  assert.ok(first !== undefined);
  const check = (given: Context): void => void (context = given);
  await lintFiles(projectFiles(new Map(Object.entries(one.files)), new Map()), [
    { ...first, audience: "project", check },
  ]);
  assert.ok(context !== undefined);
  await context.snapshot.load([...context.snapshot.listing.files]);
  return context;
}

function readerOf(environment: Readonly<Record<string, string>>): ReadVariable {
  return (name) => {
    const text = environment[name];
    return text === undefined ? { set: false } : { set: true, text };
  };
}

/** A setting in one environment, where nothing is left to choose. */
function settingOf(evaluation: Evaluation, name: string, read: ReadVariable, django: Release): EffectiveSetting {
  const outcomes: Outcome[] = evaluation
    .outcomes(name)
    .filter(({ guard }) => guard.every(({ test, holds }) => resolveTest(test, read) !== !holds))
    .map((outcome) => ({ ...outcome, guard: [], value: resolve(outcome.value, read) }))
    .map((outcome) => ({ ...outcome, value: withDefault(name, outcome.value, django) }));
  const find = (holds: (value: Value) => boolean): Proof | undefined => {
    const outcome = outcomes.find(({ value }) => holds(value));
    const site = { file: ROOT, range: { start: 0, end: 0 } };
    const rest = { steps: [], origin: undefined, site, overridable: undefined, when: "" };
    return outcome && { outcome, value: outcome.value, ...rest };
  };
  return { name, outcomes, isUnset: false, mustBe: find, mayBe: find, read: () => outcomes };
}

function withDefault(name: string, value: Value, django: Release): Value {
  return value.kind === "unset" ? (defaultOf(name, django) ?? value) : value;
}

function answers(context: Context, evaluation: Evaluation, run: RecordedRun, release: string): CheckReport {
  const [major = 0, minor = 0] = release.split(".").map(Number);
  const read = readerOf(run.environment);
  const asked = {
    ...{ snapshot: context.snapshot, module: { file: evaluation.file } },
    project: { ...context.project, importRoots: [ROOT], django: { version: [major, minor], source: "the recording" } },
    setting: (name: string) => settingOf(evaluation, name, read, [major, minor]),
  };
  const [report] = inEachWorld(asked as unknown as Context, SETTINGS, (settings) => runChecks(CHECKS, settings));
  assert.ok(report !== undefined);
  return report;
}

/** Ids that are answered otherwise than Django did, and how many are left open. */
async function compare(one: OracleCase, runs: readonly RecordedRun[]) {
  const context = await contextOf(one);
  const host = context.snapshot.host([ROOT]);
  const wrong: string[] = [];
  let [all, open] = [0, 0];
  for (const run of runs) {
    const evaluation = evaluate(host, `${ROOT}/${run.entry}`, NEVER_CANCELLED, one.class);
    for (const { releases, ids, error } of run.checks ?? []) {
      for (const release of error === undefined ? releases : []) {
        const report = answers(context, evaluation, run, release);
        const isWrong = (id: string): boolean =>
          !report.open.includes(id) && report.reported.includes(id) !== (ids ?? []).includes(id);
        wrong.push(...CHECKS.filter(({ id }) => isWrong(id)).map(({ id }) => `${run.entry}, ${release}: ${id}`));
        all += CHECKS.length;
        open += report.open.length;
      }
    }
  }
  return { wrong, all, open };
}

describe("Django's checks of apps, the admin, templates and languages", () => {
  let [all, open] = [0, 0];
  const recording = readRecording(TOPIC);
  for (const one of readOracleCases(TOPIC)) {
    it(one.title, async () => {
      const found = await compare(one, recording[one.title]?.runs ?? []);
      [all, open] = [all + found.all, open + found.open];
      assert.deepEqual(found.wrong, []);
    });
  }

  it("are hardly ever left open", () => {
    assert.ok(open <= all * 0.01, `${open} of ${all} answers`);
  });
});
