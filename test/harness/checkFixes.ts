import assert from "node:assert/strict";
import { joinPath } from "../../server/src/base/path";
import type { Analysis } from "../../server/src/features/analysis";
import type { Finding, Fix } from "../../server/src/lint/finding";
import type { Rule } from "../../server/src/lint/rule";
import { loadUntilComplete } from "../../server/src/project/snapshot";
import type { Case, ExpectedFix } from "./cases";
import { applyEdits, lintFiles, ROOT, type Files } from "./lintCase";
import { testParser } from "./parser";
import { stableText } from "./stableText";

/** Files and what linting them gave. */
export interface Linted {
  readonly files: Files;
  readonly analysis: Analysis;
}

/**
 * Applies every fix of every finding on its own: the result parses, the finding is gone, no other has come, and only the
 * setting that the finding is about has changed. `stated`: the texts after fixes that the case gives are compared, too.
 */
export async function checkFixes(one: Case, before: Linted, rules: readonly Rule[], stated: boolean): Promise<void> {
  const results: { readonly fix: Fix; readonly files: Files }[] = [];
  for (const finding of before.analysis.findings) {
    for (const fix of finding.fixes) {
      const edits = await loadUntilComplete(before.analysis.snapshot, () => fix.edits());
      assert.deepEqual(fix.edits(), edits, `fix ${fix.id} gives other edits when it is asked again`);
      if (fix.safety === "manual") continue;
      assert.ok(edits.length > 0, `fix ${fix.id} of ${finding.rule} has no edits here`);
      const files = applyEdits(before.files, edits);
      results.push({ fix, files });
      await checkResult(one, { finding, fix, before, files }, rules);
    }
  }
  if (stated) for (const expected of one.fixes) checkStated(expected, results);
}

interface Applied {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly before: Linted;
  readonly files: Files;
}

async function checkResult(one: Case, applied: Applied, rules: readonly Rule[]): Promise<void> {
  const { finding, fix, before, files } = applied;
  const name = `after fix ${fix.id} of ${finding.rule}`;
  await checkTexts(before.files, files, name);
  const after = await lintFiles(files, rules);
  const count = (findings: readonly Finding[]): number => findings.filter((other) => isSame(finding, other)).length;
  assert.ok(
    count(after.findings) < count(before.analysis.findings),
    `the finding is still there ${name}:\n${show(files)}`,
  );
  const known = new Set(before.analysis.findings.flatMap(namesOf));
  const fresh = after.findings.flatMap(namesOf).filter((other) => !known.has(other));
  assert.deepEqual(fresh, [], `new findings ${name}:\n${show(files)}`);
  const allowed = new Set([finding.setting, ...one.changes]);
  const changed = changedSettings(before.analysis, after).filter((setting) => !allowed.has(setting));
  assert.deepEqual(changed, [], `other settings have changed ${name}:\n${show(files)}`);
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.setting === b.setting && a.module === b.module && a.site.file === b.site.file;
}

/** One name for each module that a finding is about. */
function namesOf({ rule, messageId, setting, modules }: Finding): readonly string[] {
  const owners = modules.length > 0 ? modules : [""];
  return owners.map((module) => [rule, messageId, setting, module].join(" "));
}

/** No new syntax errors, no line endings of another kind. */
async function checkTexts(before: Files, after: Files, name: string): Promise<void> {
  const parser = await testParser();
  const problems = (text: string): number => parser.parse(text.replace(/^\uFEFF/, "")).problems.length;
  for (const [path, text] of after) {
    const original = before.get(path) ?? "";
    if (text === original) continue;
    if (path.endsWith(".py")) assert.ok(problems(text) <= problems(original), `does not parse ${name}:\n${text}`);
    if (original.includes("\r\n")) assert.doesNotMatch(text, /(?<!\r)\n/, `mixed line endings ${name}`);
  }
}

/** The settings whose possible values differ in any entry module. */
function changedSettings(before: Analysis, after: Analysis): readonly string[] {
  const [old, fresh] = [settingsOf(before), settingsOf(after)];
  const names = new Set([...old.keys(), ...fresh.keys()]);
  const changed = [...names].filter((name) => old.get(name) !== fresh.get(name));
  return [...new Set(changed.map((name) => name.split(" ")[1] ?? ""))];
}

function settingsOf(analysis: Analysis): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const { entries } of analysis.projects) {
    for (const { module, evaluation } of entries) {
      for (const name of evaluation.names) {
        if (!/^[A-Z][A-Z0-9_]*$/.test(name)) continue;
        settings.set(`${module.name} ${name}`, evaluation.outcomes(name).map(stableText).toSorted().join(" | "));
      }
    }
  }
  return settings;
}

function checkStated(expected: ExpectedFix, results: readonly { readonly fix: Fix; readonly files: Files }[]): void {
  const own = results.filter(({ fix, files }) => fix.id === expected.id && files.has(expected.file));
  const texts = own.map(({ files }) => files.get(expected.file)?.replace(/^\uFEFF/, "") ?? "");
  if (texts.includes(expected.text)) return;
  assert.ok(texts.length > 0, `line ${expected.line}: no finding has a fix ${expected.id} with ${expected.file}`);
  assert.equal(texts[0], expected.text, `line ${expected.line}: fix ${expected.id}`);
}

function show(files: Files): string {
  const own = [...files].filter(([path]) => path !== "manage.py");
  return own.map(([path, text]) => `${joinPath(ROOT, path)}\n${text}`).join("\n");
}
