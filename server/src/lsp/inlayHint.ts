import type { InlayHint, InlayHintParams } from "vscode-languageserver";
import { assignmentNotes } from "../features/assignmentNotes";
import { fromRange, toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

/** `textDocument/inlayHint`: what becomes of assignments of settings, behind them, where the person wants hints. */
export async function inlayHint(
  session: Session,
  params: InlayHintParams,
  token: ListenableToken,
): Promise<InlayHint[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    // Asked only now: before there is a state, the editor's settings may not have come.
    if (!session.settingsOf(file).inlayHints || analysis === undefined || lines === undefined) return [];
    const wanted = fromRange(lines, params.range);
    const texts = new Map<number, string>();
    for (const { end, text } of assignmentNotes(analysis, file))
      if (wanted.start <= end && end <= wanted.end) {
        const before = texts.get(end);
        texts.set(end, before === undefined ? text : `${before}, ${text}`);
      }
    return [...texts].map(([end, label]) => ({
      position: toRange(lines, { start: end, end }).end,
      label,
      paddingLeft: true,
    }));
  });
}
