import { checkCancelled, type CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { FileEdit, Finding, Fix } from "../lint/finding";
import { suppressionEdit } from "../lint/suppressionEdits";
import { isWritableAsUtf8 } from "../project/pythonEncoding";
import { loadUntilComplete } from "../project/snapshot";
import type { Analysis } from "./analysis";

/** Which finding and what to do about it: enough to find both again in a later analysis of the same text. */
export interface ActionTarget {
  readonly file: FilePath;
  readonly rule: string;
  readonly messageId: string;
  readonly setting: string | null;
  readonly range: Range;
  /** The fix' id with its place among the finding's fixes of that id, or `null` for the suppression comment. */
  readonly fix: { readonly id: string; readonly title: string } | null;
}

/** Something that a person may choose to do about a finding. Its edits are computed when it is chosen. */
export interface ActionOffer {
  readonly kind: "fix" | "suppress" | "explain";
  readonly title: string;
  readonly isPreferred: boolean;
  readonly finding: Finding;
  readonly target: ActionTarget;
}

/**
 * What can be done about the findings that touch a range, finding by finding: its fixes in their order, then the comment that
 * suppresses it, then its rule's page. Fixes to be done by hand are not offered: there is nothing to apply.
 */
export function actionsAt(analysis: Analysis, file: FilePath, range: Range): readonly ActionOffer[] {
  return analysis.findings
    .filter(({ site }) => site.file === file && site.range.start <= range.end && range.start <= site.range.end)
    .flatMap((finding) => [
      ...finding.fixes.filter((fix) => fix.safety !== "manual").map((fix) => fixOffer(finding, fix)),
      offer(finding, "suppress", `Suppress ${finding.rule} here`),
      offer(finding, "explain", `Show the page of ${finding.rule}`),
    ]);
}

function fixOffer(finding: Finding, fix: Fix): ActionOffer {
  const target = { ...targetOf(finding), fix: { id: fix.id, title: fix.title } };
  return { kind: "fix", title: fix.title, isPreferred: fix.preferred, finding, target };
}

function offer(finding: Finding, kind: ActionOffer["kind"], title: string): ActionOffer {
  return { kind, title, isPreferred: false, finding, target: targetOf(finding) };
}

function targetOf(finding: Finding): ActionTarget {
  const { rule, messageId, site, setting } = finding;
  return { file: site.file, rule, messageId, setting: setting ?? null, range: site.range, fix: null };
}

/**
 * The edits of an action; `undefined` when the finding is no longer there, or the edits cannot be made. Reads files that a
 * fix needs to see. Throws only `Cancelled`.
 */
export async function actionEdits(
  analysis: Analysis,
  target: ActionTarget,
  token: CancellationToken,
): Promise<readonly FileEdit[] | undefined> {
  const finding = analysis.findings.find((each) => isSame(each, target));
  if (finding === undefined) return undefined;
  checkCancelled(token);
  const { snapshot } = analysis;
  if (target.fix === null) {
    const text = snapshot.text(target.file);
    const parsed = target.file.endsWith(".py") ? snapshot.parse(target.file) : undefined;
    if (text === undefined || (parsed !== undefined && !isWritableAsUtf8(text))) return undefined;
    const edit = suppressionEdit(
      { text, module: parsed?.ok === true ? parsed.module : undefined },
      finding.site,
      finding.rule,
    );
    return edit === undefined ? undefined : [edit];
  }
  snapshot.forgetUnlisted();
  const fix = fixOf(analysis, target);
  const edits = fix === undefined ? [] : await loadUntilComplete(snapshot, () => fix.edits(), token);
  return edits.length === 0 ? undefined : edits;
}

/** Why an action has no edits, where people can do something about it. */
export function obstacleTo(analysis: Analysis, target: ActionTarget): string | undefined {
  return fixOf(analysis, target)?.obstacle();
}

function fixOf(analysis: Analysis, target: ActionTarget): Fix | undefined {
  const finding = analysis.findings.find((each) => isSame(each, target));
  return finding?.fixes.find((each) => each.id === target.fix?.id && each.title === target.fix.title);
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
