import {
  CodeActionKind,
  CodeActionTriggerKind,
  MessageType,
  ShowMessageNotification,
  type CodeAction,
  type CodeActionContext,
  type CodeActionParams,
} from "vscode-languageserver";
import type { FilePath } from "../base/path";
import { append } from "../base/lists";
import { printable } from "../base/printable";
import { actionEdits, actionsAt, obstacleTo, type ActionContext } from "../features/codeActions";
import { fixFindings, safeFixesOf } from "../features/fixAll";
import { outsideLinks } from "../features/outsideLinks";
import type { FileEdit, Finding } from "../lint/finding";
import { FIX_ALL, fromRange, toCodeAction, toWorkspaceEdit, type ActionData } from "./convert";
import { configActions } from "./configAction";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import { ignoreClosedConnection } from "./log";
import type { Session } from "./session";
import type { AnalysedFolder, State } from "./state";

/**
 * `textDocument/codeAction`: the fixes of findings, what fixes several at once, the ways to silence them and their rules' pages;
 * on request all safe fixes of the file. Titles only where the client resolves edits.
 */
export async function codeAction(
  session: Session,
  params: CodeActionParams,
  token: ListenableToken,
): Promise<CodeAction[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const actions = actionsIn(session, state, file, params);
    if (session.features.resolvesEdits) return actions;
    return Promise.all(actions.map((action) => resolveCodeAction(session, action, token)));
  });
}

/** The actions, without their edits, as a state has them that was made from the file's present text. */
export function actionsIn(
  session: Session,
  state: State,
  file: FilePath,
  { textDocument, range, context }: CodeActionParams,
): CodeAction[] {
  const version = state.version(file);
  const folder = state.folderOf(file);
  const lines = state.lines(file);
  if (folder === undefined || lines === undefined) return [];
  const data = (target: ActionData["target"]): ActionData => ({ uri: textDocument.uri, version, target });
  const actions: CodeAction[] = [];
  if (isAsked(context.only, CodeActionKind.QuickFix))
    for (const offer of actionsAt(folder.analysis, file, fromRange(lines, range), (each) => isShown(session, each)))
      if (offer.target.choice.kind !== "explain" || session.features.explainsRules)
        actions.push(toCodeAction(offer, data(offer.target), context.diagnostics));
  if (isAsked(context.only, CodeActionKind.QuickFix))
    append(actions, configActions(state, folder, file, fromRange(lines, range), context.diagnostics, session.features));
  const isWanted = isFixAllAsked(context, session.settingsOf(file).fixOnSave);
  if (isWanted && hasSafeFix(session, folder, file))
    actions.push({ title: "Apply all safe fixes for Django settings", kind: FIX_ALL, data: data("fix-all") });
  return actions;
}

/** Whether a client that restricts the kinds wants this one: `source` includes `source.fixAll`. */
function isAsked(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}

/**
 * Whether all safe fixes are wanted. A client that saves a file asks for all kinds of fixes of all servers: fixes of settings change
 * what production gets, so that they are given only to who names their kind or has switched them on.
 */
function isFixAllAsked({ only, triggerKind }: CodeActionContext, fixOnSave: boolean): boolean {
  if (only === undefined || !isAsked(only, FIX_ALL)) return false;
  return triggerKind !== CodeActionTriggerKind.Automatic || fixOnSave || only.includes(FIX_ALL);
}

function isShown(session: Session, finding: Finding): boolean {
  return session.settingsOf(finding.site.file).severityOverrides[finding.rule] !== "off";
}

function hasSafeFix(session: Session, { analysis }: AnalysedFolder, file: FilePath): boolean {
  return analysis.findings.some(
    (finding) =>
      finding.site.file === file && isShown(session, finding) && finding.fixes.some(({ safety }) => safety === "safe"),
  );
}

/** `codeAction/resolve`: adds the edit; the action comes back without one when the document has changed since. */
export async function resolveCodeAction(
  session: Session,
  action: CodeAction,
  token: ListenableToken,
): Promise<CodeAction> {
  const data = action.data as ActionData | undefined;
  const file = data === undefined ? undefined : session.addresses.path(data.uri);
  if (data === undefined || file === undefined) return action;
  const state = await session.state(token);
  const folder = state.folderOf(file);
  if (folder === undefined || state.version(file) !== data.version) return action;
  const shown = (finding: Finding): boolean => isShown(session, finding);
  const context: ActionContext = { ...folder, rules: session.host.rules, isShown: shown, token };
  const edits =
    data.target === "fix-all"
      ? await fixFindings(context, safeFixesOf(file, shown))
      : await actionEdits(context, data.target);
  const obstacle =
    edits === undefined && data.target !== "fix-all" ? obstacleTo(folder.analysis, data.target) : undefined;
  if (obstacle !== undefined) refuse(session, `${obstacle}.`);
  if (edits === undefined || (await leadsOutside(session, folder, edits)) || !session.isCurrent(state)) return action;
  // The lines of files that only the fix has read may not be known to the state yet.
  await state.loadAll(edits);
  const edit = toWorkspaceEdit(edits, state, session.features, isPreviewed(data.target, edits, file));
  return edit === undefined ? action : { ...action, edit };
}

/** Whether a person should see edits first: they are all elsewhere, or many that have nothing to do with each other. */
function isPreviewed(target: ActionData["target"], edits: readonly FileEdit[], shown: FilePath): boolean {
  const choice = target === "fix-all" ? undefined : target.choice;
  const isEverywhere = choice?.kind === "fix-rule" && choice.scope === "workspace";
  return isEverywhere || edits.every((edit) => edit.file !== shown);
}

/** Whether the client would write a file outside of the folder, because a link leads there; says so to who has chosen the action. */
async function leadsOutside(session: Session, folder: AnalysedFolder, edits: readonly FileEdit[]): Promise<boolean> {
  const files = edits.map(({ file }) => file);
  const [link] = await outsideLinks(session.files, folder.workspace.root, files);
  if (link === undefined) return false;
  refuse(
    session,
    `${link.file} is a link to ${link.target ?? "an unknown place"}, outside of this folder. Fix it where it belongs.`,
  );
  return true;
}

/** Says why an action does nothing: in the log, and to a person who has chosen it, as clients that resolve edits let them. */
function refuse(session: Session, reason: string): void {
  const message = `Nothing was changed: ${printable(reason)}`;
  session.log.info(message);
  if (session.features.resolvesEdits)
    session.connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
      .catch(ignoreClosedConnection);
}
