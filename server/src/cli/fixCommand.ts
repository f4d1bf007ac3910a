import type { FilePath } from "../base/path";
import type { CancellationToken } from "../base/cancellation";
import type { Analysis } from "../features/analysis";
import type { Range } from "../base/text";
import { fixAll } from "../lint/applyEdits";
import type { ClaimedVariables } from "../lint/edit/claimedVariables";
import type { FileEdit, Finding, Fix } from "../lint/finding";
import { declaredEncoding, isWritableAsUtf8 } from "../project/pythonEncoding";
import { tellNotes } from "./checkCommand";
import { chosenFor, readChosenFixes, whyLeft, type ChosenFixes } from "./chosenFixes";
import { EXIT, UsageError, type CliHost, type Stream } from "./host";
import { count } from "./layout";
import { isSecretFile } from "../lint/redaction/assignmentLines";
import { maskSpans } from "../lint/redaction/spans";
import {
  passes,
  prepareEdits,
  requireRules,
  Session,
  type CommonOptions,
  type FilterOptions,
  type OpenWorkspace,
} from "./session";
import { ReportedFindings } from "../lint/reportedFindings";
import { withProgress } from "./progress";
import { harmless } from "./style";
import { isWanted } from "./targets";
import { unifiedDiff } from "./unifiedDiff";
import { writeChanges, type Change } from "./writeChanges";

export interface FixOptions extends CommonOptions, FilterOptions {
  readonly unsafe?: boolean;
  /** `RULE:FIX` texts: these fixes and no others. */
  readonly fix?: readonly string[];
  readonly diff?: boolean;
  readonly revealSecrets?: boolean;
  readonly followLinksOutside?: boolean;
}

/** A fix together with the finding that it is for. */
interface Choice {
  readonly finding: Finding;
  readonly fix: Fix;
  edits(claimed?: ClaimedVariables): readonly FileEdit[];
}

interface Outcome {
  readonly changed: readonly Change[];
  readonly applied: readonly Choice[];
  /** How many of the findings that there were are gone. */
  readonly fixed: number;
  readonly remaining: readonly Finding[];
  /** Findings that were not there before the fixes, of any rule. */
  readonly brought: readonly Finding[];
  /** Variables in place of values that stood in the source, and that no `.env` got. */
  readonly toBeSet: readonly string[];
  readonly isComplete: boolean;
}

/**
 * Applies fixes to the findings that there are, again and again until none of them has one, and then writes all files or none.
 * Exit code 0 when no findings remain, 1 when some do (with `diff`: when there is something to change), 2 on errors.
 */
export async function fix(host: CliHost, paths: readonly string[], given: FixOptions): Promise<number> {
  const chosen = given.fix && readChosenFixes(given.fix);
  const options = chosen === undefined ? given : { ...given, rule: [...chosen.keys()] };
  requireRules(options.rule);
  const session = await Session.open(host, paths, options);
  const nothing = session.nothingFound();
  if (nothing !== undefined) throw new UsageError(nothing);
  tellNotes(session, options);
  if (options.diff !== true)
    for (const { analysis } of session.opened) {
      const { files, closed } = analysis.snapshot.listing;
      await host.removeLeftovers([...files, ...closed]);
    }
  const outcomes: Outcome[] = [];
  for (const opened of session.opened) {
    const work = (token: CancellationToken): Promise<Outcome> => fixWorkspace(opened, options, chosen, token);
    outcomes.push(await withProgress(host, options, `Fixing ${opened.analysis.root}`, work));
  }
  const changed = changesOf(outcomes);
  if (options.diff === true) showDiff(session, changed, options);
  else await writeChanges(session, changed, options.followLinksOutside === true);
  if (options.quiet !== true) summarise(session, outcomes, options, chosen);
  tellUnwritable(session, outcomes);
  if (session.problems.length > 0) return EXIT.error;
  const isLeft = outcomes.some(({ remaining, brought }) =>
    [...remaining, ...brought].some((one) => passes(one, options)),
  );
  const isDirty = options.diff === true ? changed.length > 0 : isLeft;
  return isDirty ? EXIT.findings : EXIT.clean;
}

async function fixWorkspace(
  opened: OpenWorkspace,
  options: FixOptions,
  named: ChosenFixes | undefined,
  token: CancellationToken,
): Promise<Outcome> {
  const { workspace, target, analysis } = opened;
  const read = (file: FilePath): string | undefined => {
    const found = analysis.snapshot.onDisk(file);
    return found?.ok === true ? found.text : undefined;
  };
  const wanted = (finding: Finding): boolean => isWanted(target, finding.site.file) && passes(finding, options);
  const reported = new ReportedFindings(analysis.findings);
  let latest = analysis;
  const result = await fixAll(
    read,
    async (changed) => {
      latest = changed.size === 0 ? analysis : await workspace.analyseWith(changed, token);
      const { left } = reported.compare(latest.findings);
      const chosen = choices(left.filter(wanted), options.unsafe === true, named);
      await prepareEdits(
        latest,
        chosen.map(({ fix: each }) => each),
      );
      for (const { file } of chosen.flatMap((each) => each.edits())) read(file);
      await analysis.snapshot.loadWanted();
      return chosen;
    },
    (file, text) => !file.endsWith(".py") || parses(analysis, file, text),
  );
  const { left, brought } = reported.compare(latest.findings);
  const remaining = left.filter(wanted);
  return {
    changed: [...result.texts].map(([path, text]) => ({ root: analysis.root, path, text, before: read(path) })),
    applied: result.applied,
    fixed: analysis.findings.filter(wanted).length - remaining.length,
    remaining,
    brought,
    toBeSet: result.claimed.replacing.filter((name) => !isMoved(result.texts, name)),
    isComplete: result.isComplete,
  };
}

/** Whether a changed `.env` holds a variable. */
function isMoved(texts: ReadonlyMap<FilePath, string>, name: string): boolean {
  return [...texts].some(
    ([file, text]) => isSecretFile(file) && text.split("\n").some((line) => line.startsWith(`${name}=`)),
  );
}

/**
 * The changes of all workspaces, by file. One may lie inside of another, and then both change the same files: in the same way, or
 * throws {@link UsageError}.
 */
function changesOf(outcomes: readonly Outcome[]): readonly Change[] {
  const changes = new Map<FilePath, Change>();
  for (const change of outcomes.flatMap((outcome) => outcome.changed)) {
    if ((changes.get(change.path)?.text ?? change.text) !== change.text)
      throw new UsageError(`the folders overlap, and their fixes of ${change.path} differ: fix them one by one.`);
    changes.set(change.path, change);
  }
  return [...changes.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A fix must not break a file that was whole. */
function parses(analysis: Analysis, file: FilePath, text: string): boolean {
  const before = analysis.snapshot.parse(file);
  if (!before.ok || before.module.problems.length > 0) return true;
  const after = analysis.snapshot.withOverlays(new Map([[file, text]])).parse(file);
  return after.ok && after.module.problems.length === 0;
}

/**
 * For each finding the fix that is named for it; without names its first one that may be applied: the preferred one, then
 * safe ones, then those that need a look.
 */
function choices(findings: readonly Finding[], unsafe: boolean, named: ChosenFixes | undefined): readonly Choice[] {
  return findings.flatMap((finding) => {
    const chosen = named === undefined ? firstFix(finding, unsafe) : chosenFor(finding, named);
    return chosen === undefined ? [] : [{ finding, fix: chosen, edits: (claimed) => chosen.edits(claimed) }];
  });
}

/** The first that nothing keeps from being written; where all have an obstacle, the first, which says so. */
function firstPossible(fixes: readonly Fix[]): Fix | undefined {
  return fixes.find((fix) => fix.obstacle() === undefined) ?? fixes[0];
}

function firstFix({ fixes }: Finding, unsafe: boolean): Fix | undefined {
  return (
    fixes.find((each) => each.preferred && each.safety === "safe") ??
    fixes.find((each) => each.safety === "safe") ??
    (unsafe ? firstPossible(fixes.filter((each) => each.safety === "unsafe")) : undefined)
  );
}

function showDiff(session: Session, changed: readonly Change[], options: FixOptions): void {
  const { host, at, redactor, style } = session;
  let [hides, alters] = [false, false];
  for (const { path, text, before } of changed) {
    const spans = (whole: string): readonly Range[] =>
      options.revealSecrets === true ? [] : redactor.sourceSpans(session.sourceOf(path, whole));
    const mask = (whole: string): string => {
      const masked = maskSpans(whole, spans(whole));
      hides ||= masked !== whole;
      return masked;
    };
    const diff = unifiedDiff({ name: at.name(path), before, after: text, mask }, style);
    alters ||= harmless(diff) !== diff;
    host.stdout.write(diff);
  }
  if (hides)
    host.stderr.write("note: secrets are masked, so this diff cannot be applied; --reveal-secrets shows them.\n");
  if (alters) host.stderr.write("note: control characters are shown as dots, so this diff cannot be applied.\n");
}

/** Names settings modules that no fix is written to, because of their encoding. */
function tellUnwritable({ opened, at, host }: Session, outcomes: readonly Outcome[]): void {
  if (outcomes.every(({ remaining }) => remaining.length === 0)) return;
  for (const { analysis } of opened)
    for (const file of new Set(analysis.projects.flatMap(({ project }) => project.modules.map((each) => each.file)))) {
      const text = analysis.text(file) ?? "";
      if (isWritableAsUtf8(text)) continue;
      const encoding = declaredEncoding(text) ?? "";
      host.stderr.write(
        `${at.name(file)}: note: This file declares the encoding ${encoding}, and fixes are written as UTF-8: it was left as it is. Save it as UTF-8 first.\n`,
      );
    }
}

function summarise(
  session: Session,
  outcomes: readonly Outcome[],
  options: FixOptions,
  named: ChosenFixes | undefined,
): void {
  const { at, style, host } = session;
  const out = options.diff === true ? host.stderr : host.stdout;
  const applied = byFile(outcomes.flatMap((outcome) => outcome.applied));
  const changed = changesOf(outcomes);
  const fixed = outcomes.reduce((sum, outcome) => sum + outcome.fixed, 0);
  const remaining = outcomes.flatMap((outcome) => outcome.remaining);
  for (const { finding, fix: chosen } of applied) {
    out.write(`${at.name(finding.site.file)}: ${style.bold(finding.rule)}: ${chosen.title}\n`);
  }
  const verb = options.diff === true ? "would be fixed" : "fixed";
  out.write(`${count(fixed, "finding")} ${verb} in ${count(changed.length, "file")}, ${remaining.length} left.\n`);
  if (named !== undefined) {
    for (const finding of remaining)
      out.write(`${at.name(finding.site.file)}: ${style.bold(finding.rule)}: ${whyLeft(finding, named)}\n`);
  }
  const unsafe = remaining.filter((finding) => finding.fixes.some((each) => each.safety === "unsafe")).length;
  if (unsafe > 0 && options.unsafe !== true && named === undefined) {
    out.write(`${unsafe} of them can be fixed with --unsafe, which needs a look: --unsafe --diff shows it first.\n`);
  }
  tellBrought(session, outcomes, out);
  if (outcomes.some((outcome) => !outcome.isComplete)) out.write("Some fixes depend on others: run it again.\n");
  const toBeSet = [...new Set(outcomes.flatMap((outcome) => outcome.toBeSet))];
  if (toBeSet.length > 0) {
    out.write(`Set ${toBeSet.join(", ")} wherever the project runs: the former values are no longer in the source.\n`);
  }
  if (options.diff !== true && changed.some(({ path }) => isSecretFile(path))) {
    out.write(
      "A secret has moved out of the source. It stays in the repository's history: replace it with a new one.\n",
    );
  }
}

/** In the order of files and places, not in that of the rounds in which fixes became possible. */
function byFile(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted(({ finding: { site: a } }, { finding: { site: b } }) =>
    a.file === b.file ? a.range.start - b.range.start : a.file < b.file ? -1 : 1,
  );
}

/** A fix may make something visible that was hidden, or need another one: that is for people to look at. */
function tellBrought({ at, style, redactor }: Session, outcomes: readonly Outcome[], out: Stream): void {
  const brought = outcomes.flatMap((outcome) => outcome.brought);
  if (brought.length === 0) return;
  out.write(
    `${count(brought.length, "new finding")} because of these fixes, left as ${brought.length === 1 ? "it is" : "they are"}:\n`,
  );
  for (const { site, rule, message } of brought)
    out.write(`${at.name(site.file)}: ${style.bold(rule)}: ${redactor.clean(message)}\n`);
}
