import assert from "node:assert/strict";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { runChecks, type CheckedSettings, type CheckReport } from "../../server/src/django/checks/check";
import { securityChecks } from "../../server/src/django/checks/security";
import { findView } from "../../server/src/django/dottedPaths";
import { defaultOf, type Release } from "../../server/src/django/facts";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/evaluation";
import type { Host } from "../../server/src/python/host";
import { resolve, resolveTest, type ReadVariable } from "../../server/src/python/resolve";
import { str, unknown, UNSET, type Value } from "../../server/src/python/value";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { readOracleCases, type OracleCase } from "../oracle/cases";
import { readRecording, type RecordedRun } from "../oracle/recording";

const TOPIC = "checks-security";
const PROJECT = "/project";
const IDS: readonly string[] = securityChecks.map(({ id }) => id);

/** The settings of a module in one environment, as far as the security checks ask for them. */
function settingsOf(host: Host, evaluation: Evaluation, run: RecordedRun, django: Release): CheckedSettings {
  const textOf = (name: string): string | undefined => run.environment[name];
  const read: ReadVariable = (name) => {
    const text = textOf(name);
    return text === undefined ? { set: false } : { set: true, text };
  };
  const value = (name: string): Value => {
    const [only, ...others] = evaluation
      .outcomes(name)
      .filter(({ guard }) => guard.every(({ test, holds }) => resolveTest(test, read) !== !holds))
      .map((outcome) => resolve(outcome.value, read));
    if (only === undefined || others.length > 0) return unknown("unsupported", "several outcomes");
    return only.kind === "unset" ? (defaultOf(name, django) ?? UNSET) : only;
  };
  const variable = (name: string): Value => {
    const exported = evaluation.exported(name);
    const text = textOf(name);
    if (exported.kind === "none") return UNSET;
    return exported.kind !== "unset" ? resolve(exported, read) : text === undefined ? UNSET : str(text);
  };
  const known: Pick<CheckedSettings, "django" | "value" | "view" | "variable"> = {
    ...{ django, value, variable },
    view: (dotted) => findView(host, evaluation.file, dotted),
  };
  return known as CheckedSettings;
}

/** Ids that are answered otherwise than Django did, and how many are left open. */
async function compare(one: OracleCase, runs: readonly RecordedRun[]) {
  const host = memoryHost(await testParser(), PROJECT, one.files);
  const wrong: string[] = [];
  let [all, open] = [0, 0];
  for (const run of runs) {
    const evaluation = evaluate(host, `${PROJECT}/${run.entry}`, NEVER_CANCELLED, one.class);
    // Where Django refuses the settings it checks nothing.
    for (const { releases, ids = [] } of (run.checks ?? []).filter(({ error }) => error === undefined)) {
      for (const release of releases) {
        const [major = 0, minor = 0] = release.split(".").map(Number);
        const report: CheckReport = runChecks(securityChecks, settingsOf(host, evaluation, run, [major, minor]));
        const isWrong = (id: string): boolean =>
          !report.open.includes(id) && report.reported.includes(id) !== ids.includes(id);
        wrong.push(...IDS.filter(isWrong).map((id) => `${run.entry}, ${release}: ${id}`));
        all += IDS.length;
        open += report.open.length;
      }
    }
  }
  return { wrong, all, open };
}

describe("Django's security checks against what Django reported", () => {
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
    assert.ok(open <= all * 0.001, `${open} of ${all} answers`);
  });
});
