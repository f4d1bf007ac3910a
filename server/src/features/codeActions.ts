import { checkCancelled, type CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { FileEdit, Finding, Fix } from "../lint/finding";
import type { Rule } from "../lint/rule";
import { fileSuppressionEdit, suppressionEdit, type CommentedFile } from "../lint/suppressionEdits";
import { isWritableAsUtf8 } from "../project/pythonEncoding";
import { loadUntilComplete } from "../project/snapshot";
import type { Analysis } from "./analysis";
import { fixFindings, safeFixesOf } from "./fixAll";
import { switchOffEdit } from "./configEdit";
import type { Workspace } from "./workspace";

/** What a person may choose to do about a finding, beside reading its rule's page. */
export type Choice =
  /** One of the finding's fixes: its id, and its title, because a finding may have several of one id. */
  | { readonly kind: "fix"; readonly id: string; readonly title: string }
  /** The first fix of each finding of the rule. */
  | { readonly kind: "fix-rule"; readonly scope: "file" | "workspace" }
  /** The safe fixes of all rules, in the finding's file. */
  | { readonly kind: "fix-safe" }
  | { readonly kind: "suppress"; readonly scope: "line" | "file" }
  | { readonly kind: "switch-off" }
  | { readonly kind: "explain" };

/** Which finding and what to do about it: enough to find both again in a later analysis of the same text. */
export interface ActionTarget {
  readonly file: FilePath;
  readonly rule: string;
  readonly messageId: string;
  readonly setting: string | null;
  readonly range: Range;
  readonly choice: Choice;
}

/** Something that a person may choose to do about a finding. Its edits are computed when it is chosen. */
export interface ActionOffer {
  readonly title: string;
  readonly isPreferred: boolean;
  readonly finding: Finding;
  readonly target: ActionTarget;
}

/** What a fix-all of a rule takes from a finding: its first fix that people need not do themselves. */
function firstFix({ fixes }: Finding): Fix | undefined {
  return fixes.find(({ safety }) => safety !== "manual");
}

/**
 * What can be done about the findings that touch a range: first their fixes, then what fixes more than one finding, then the
 * ways to silence them, then their rules' pages. Fixes to be done by hand are not offered: there is nothing to apply.
 */
export function actionsAt(
  analysis: Analysis,
  file: FilePath,
  range: Range,
  isShown: (finding: Finding) => boolean,
): readonly ActionOffer[] {
  const shown = analysis.findings.filter(isShown);
  const here = shown.filter(
    ({ site }) => site.file === file && site.range.start <= range.end && range.start <= site.range.end,
  );
  const ofRules = [...new Map(here.map((finding) => [finding.rule, finding])).values()];
  return [
    ...here.flatMap((finding) =>
      finding.fixes.flatMap((fix) => (fix.safety === "manual" ? [] : fixOffer(finding, fix))),
    ),
    ...ofRules.flatMap((finding) => ruleOffers(finding, shown)),
    ...safeOffer(here, shown, file),
    ...here.flatMap((finding) => [
      offer(finding, `Suppress ${finding.rule} on this line`, { kind: "suppress", scope: "line" }),
      offer(finding, `Suppress ${finding.rule} in this file`, { kind: "suppress", scope: "file" }),
    ]),
    ...ofRules.map((finding) => offer(finding, `Switch ${finding.rule} off in pyproject.toml`, { kind: "switch-off" })),
    ...ofRules.map((finding) => offer(finding, `Explain ${finding.rule}`, { kind: "explain" })),
  ];
}

function fixOffer(finding: Finding, { id, title, safety, preferred }: Fix): ActionOffer {
  const shown = safety === "unsafe" ? `${title} (unsafe)` : title;
  return { ...offer(finding, shown, { kind: "fix", id, title }), isPreferred: preferred };
}

/** All of a rule at once, where there is more than one. */
function ruleOffers(finding: Finding, shown: readonly Finding[]): readonly ActionOffer[] {
  const { rule, site } = finding;
  const fixable = shown.filter((each) => each.rule === rule && firstFix(each) !== undefined);
  const inFile = fixable.filter((each) => each.site.file === site.file);
  const title = (where: string, all: readonly Finding[]): string =>
    `Fix all ${rule} in ${where}${all.some((each) => firstFix(each)?.safety === "unsafe") ? " (unsafe)" : ""}`;
  const offers: ActionOffer[] = [];
  if (inFile.length > 1) offers.push(offer(finding, title("this file", inFile), { kind: "fix-rule", scope: "file" }));
  if (fixable.length > Math.max(inFile.length, 1))
    offers.push(offer(finding, title("the workspace", fixable), { kind: "fix-rule", scope: "workspace" }));
  return offers;
}

function safeOffer(here: readonly Finding[], shown: readonly Finding[], file: FilePath): readonly ActionOffer[] {
  const safe = shown.filter(({ site, fixes }) => site.file === file && fixes.some(({ safety }) => safety === "safe"));
  const first = here.find((finding) => safe.includes(finding));
  return first === undefined || safe.length < 2
    ? []
    : [offer(first, "Apply all safe fixes in this file", { kind: "fix-safe" })];
}

function offer(finding: Finding, title: string, choice: Choice): ActionOffer {
  const { rule, messageId, site, setting } = finding;
  const target = { file: site.file, rule, messageId, setting: setting ?? null, range: site.range, choice };
  return { title, isPreferred: false, finding, target };
}

/** What edits are made from beside the target. */
export interface ActionContext {
  readonly workspace: Workspace;
  readonly analysis: Analysis;
  readonly rules: readonly Rule[];
  readonly isShown: (finding: Finding) => boolean;
  readonly token: CancellationToken;
}

/**
 * The edits of an action; `undefined` when the finding is no longer there, or the edits cannot be made. Reads files that a
 * fix needs to see. Throws only `Cancelled`.
 */
export async function actionEdits(
  context: ActionContext,
  target: ActionTarget,
): Promise<readonly FileEdit[] | undefined> {
  const { analysis, isShown, token } = context;
  const finding = analysis.findings.find((each) => isSame(each, target));
  if (finding === undefined) return undefined;
  checkCancelled(token);
  const { choice, rule, file } = target;
  switch (choice.kind) {
    case "fix":
      return fixEdits(context, target);
    case "fix-rule":
      return fixFindings(context, (each) =>
        each.rule === rule && isShown(each) && (choice.scope === "workspace" || each.site.file === file)
          ? firstFix(each)
          : undefined,
      );
    case "fix-safe":
      return fixFindings(context, safeFixesOf(file, isShown));
    case "suppress":
      return suppressEdits(analysis, finding, choice.scope);
    case "switch-off":
      return loadUntilComplete(analysis.snapshot, () => switchOffEdit(analysis, finding, context.rules), token);
    case "explain":
      return undefined;
  }
}

async function fixEdits(
  { analysis, token }: ActionContext,
  target: ActionTarget,
): Promise<readonly FileEdit[] | undefined> {
  const { snapshot } = analysis;
  snapshot.forgetUnlisted();
  const fix = fixOf(analysis, target);
  const edits = fix === undefined ? [] : await loadUntilComplete(snapshot, () => fix.edits(), token);
  return edits.length === 0 ? undefined : edits;
}

function suppressEdits(
  { snapshot }: Analysis,
  { site, rule }: Finding,
  scope: "line" | "file",
): readonly FileEdit[] | undefined {
  const text = snapshot.text(site.file);
  const parsed = site.file.endsWith(".py") ? snapshot.parse(site.file) : undefined;
  if (text === undefined || (parsed !== undefined && !isWritableAsUtf8(text))) return undefined;
  const file: CommentedFile = { text, module: parsed?.ok === true ? parsed.module : undefined };
  const edit = scope === "line" ? suppressionEdit(file, site, rule) : fileSuppressionEdit(file, site.file, rule);
  return edit === undefined ? undefined : [edit];
}

/** Why an action has no edits, where people can do something about it. */
export function obstacleTo(analysis: Analysis, target: ActionTarget): string | undefined {
  return fixOf(analysis, target)?.obstacle();
}

function fixOf(analysis: Analysis, target: ActionTarget): Fix | undefined {
  const { choice } = target;
  const finding = analysis.findings.find((each) => isSame(each, target));
  return choice.kind === "fix"
    ? finding?.fixes.find(({ id, title }) => id === choice.id && title === choice.title)
    : undefined;
}

function isSame(finding: Finding, target: ActionTarget): boolean {
  const { site } = finding;
  return (
    finding.rule === target.rule &&
    finding.messageId === target.messageId &&
    (finding.setting ?? null) === target.setting &&
    site.file === target.file &&
    site.range.start === target.range.start &&
    site.range.end === target.range.end
  );
}
