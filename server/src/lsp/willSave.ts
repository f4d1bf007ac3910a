import { TextDocumentSaveReason, type TextEdit, type WillSaveTextDocumentParams } from "vscode-languageserver";
import { fixFindings, safeFixesOf } from "../features/fixAll";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

/**
 * `textDocument/willSaveWaitUntil`: the safe fixes of a file that a person saves, where they have switched that on. What an editor
 * saves by itself is left as it was typed.
 */
export async function willSave(
  session: Session,
  params: WillSaveTextDocumentParams,
  token: ListenableToken,
): Promise<TextEdit[]> {
  if (params.reason !== TextDocumentSaveReason.Manual) return [];
  return aboutFile(session, params, token, { empty: [] }, async (state, file) => {
    const folder = state.folderOf(file);
    const { fixOnSave, severityOverrides } = session.settingsOf(file);
    if (folder === undefined || !fixOnSave) return [];
    const isShown = ({ rule }: { readonly rule: string }): boolean => severityOverrides[rule] !== "off";
    const edits = await fixFindings({ ...folder, token }, safeFixesOf(file, isShown));
    return (edits ?? []).map(({ range, text }) => ({ range: toRange(state.lines(file), range), newText: text }));
  });
}
