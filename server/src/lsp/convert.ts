import {
  CodeActionKind,
  DiagnosticSeverity,
  DiagnosticTag,
  type CodeAction,
  type Diagnostic,
  type Position as LspPosition,
  type Range as LspRange,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { FilePath } from "../base/path";
import type { LineIndex, Range } from "../base/text";
import type { ActionOffer, ActionTarget } from "../features/codeActions";
import { CONFIGURATION, type DiagnosticItem } from "../features/diagnostics";
import type { FileEdit, Severity } from "../lint/finding";
import { explainRuleCommand, rulePageAddress } from "../protocol";

/** The server's name. */
export const SERVER = "django-settings-lint";

/** The name that editors show beside each finding: short, because the Problems panel has one line for it and the message. */
export const SOURCE = "django-settings";

/** Kind of the action that applies all safe fixes to a file. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.djangoSettingsLint`;

/** What converting places needs to know of files. */
export interface Files {
  /** The lines of a file as the analysis saw it. */
  lines(file: FilePath): LineIndex | undefined;
  /** The URI under which the editor knows a file. */
  uri(file: FilePath): string;
  /** The version of an open document, `null` for a file that is not open. */
  version(file: FilePath): number | null;
}

const NOWHERE: LspPosition = { line: 0, character: 0 };

/** Offsets to lines and UTF-16 columns; the start of the file where its text is not known. */
export function toRange(lines: LineIndex | undefined, range: Range): LspRange {
  return { start: toPosition(lines, range.start), end: toPosition(lines, range.end) };
}

function toPosition(lines: LineIndex | undefined, offset: number): LspPosition {
  if (lines === undefined) return NOWHERE;
  const { line, column } = lines.position(offset);
  return { line, character: column };
}

/** The offsets of a range in a text; places beyond the text are clamped to it. */
export function fromRange(lines: LineIndex, range: LspRange): Range {
  return { start: fromPosition(lines, range.start), end: fromPosition(lines, range.end) };
}

export function fromPosition(lines: LineIndex, position: LspPosition): number {
  return lines.offset({ line: position.line, column: position.character });
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a client shows of a diagnostic. */
export interface DiagnosticSupport {
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** It opens the pages of rules by their addresses. */
  readonly explainsRules: boolean;
}

/** One item of a file as the protocol has it. */
export function toDiagnostic(
  item: DiagnosticItem,
  file: FilePath,
  files: Files,
  support: DiagnosticSupport,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(files.lines(file), item.range),
    severity: SEVERITIES[item.severity],
    code: item.code,
    source: SOURCE,
    message: item.message,
  };
  if (item.tags.length > 0)
    diagnostic.tags = item.tags.map((tag) =>
      tag === "unnecessary" ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated,
    );
  if (support.codeDescription && support.explainsRules && item.code !== CONFIGURATION)
    diagnostic.codeDescription = { href: rulePageAddress(item.code) };
  if (support.relatedInformation && item.related.length > 0)
    diagnostic.relatedInformation = item.related.map(({ site, text }) => ({
      location: { uri: files.uri(site.file), range: toRange(files.lines(site.file), site.range) },
      message: text,
    }));
  return diagnostic;
}

/** What a code action carries from the list to its resolving. */
export interface ActionData {
  readonly uri: string;
  /** The document's version when the action was offered. */
  readonly version: number | null;
  /** `fix-all`: the safe fixes of the file, whatever they are for. */
  readonly target: ActionTarget | "fix-all";
}

/** An offer as a code action without edits; `diagnostics` are those of the request that it would solve. */
export function toCodeAction(offer: ActionOffer, data: ActionData, diagnostics: readonly Diagnostic[]): CodeAction {
  const own = diagnostics.filter(({ code, source }) => source === SOURCE && code === offer.finding.rule);
  const action: CodeAction = { title: offer.title, kind: CodeActionKind.QuickFix };
  if (own.length > 0) action.diagnostics = own;
  if (offer.target.choice.kind === "explain") {
    action.command = { title: offer.title, command: explainRuleCommand, arguments: [offer.finding.rule] };
    return action;
  }
  action.data = data;
  if (offer.isPreferred) action.isPreferred = true;
  return action;
}

/** How a client takes edits. */
export interface EditSupport {
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly changeAnnotations: boolean;
}

/** Says of edits to files that a person does not look at what they are; clients show them before they make them. */
const ELSEWHERE = "elsewhere";
const ANNOTATIONS = { [ELSEWHERE]: { label: "Changes other files", needsConfirmation: true } };

/**
 * Edits as the client takes them; `undefined` when it cannot: a file would have to be made and the client makes none.
 * `isPreviewed`: a client that can shows the edits before it makes them. Not for one change in several files: in the preview
 * parts of it can be left out.
 */
export function toWorkspaceEdit(
  edits: readonly FileEdit[],
  files: Files,
  support: EditSupport,
  isPreviewed = false,
): WorkspaceEdit | undefined {
  const byFile = new Map<FilePath, FileEdit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const missing = [...byFile].filter(
    ([file, own]) => own.some((edit) => edit.create) && files.lines(file) === undefined,
  );
  if (missing.length > 0 && !(support.documentChanges && support.createFile)) return undefined;
  if (!support.documentChanges)
    return {
      changes: Object.fromEntries([...byFile].map(([file, own]) => [files.uri(file), toTextEdits(file, own, files)])),
    };
  const annotation = isPreviewed && support.changeAnnotations ? { annotationId: ELSEWHERE } : {};
  const created = missing.map(([file]) => ({
    kind: "create" as const,
    uri: files.uri(file),
    options: { ignoreIfExists: true },
    ...annotation,
  }));
  const changed = [...byFile].map(([file, own]): TextDocumentEdit => ({
    textDocument: { uri: files.uri(file), version: files.version(file) },
    edits: toTextEdits(file, own, files).map((edit) => ({ ...edit, ...annotation })),
  }));
  return {
    documentChanges: [...created, ...changed],
    ...("annotationId" in annotation ? { changeAnnotations: ANNOTATIONS } : {}),
  };
}

function toTextEdits(file: FilePath, edits: readonly FileEdit[], files: Files): TextEdit[] {
  return edits.map(({ range, text }) => ({ range: toRange(files.lines(file), range), newText: text }));
}
