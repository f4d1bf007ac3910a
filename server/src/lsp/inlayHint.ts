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
    const hints = new Map<number, { readonly label: string; tooltip: string }>();
    for (const { end, short, text } of assignmentNotes(analysis, file)) {
      if (end < wanted.start || end > wanted.end) continue;
      const known = hints.get(end);
      if (known === undefined) hints.set(end, { label: short, tooltip: text });
      else known.tooltip += `\n${text}`;
    }
    return [...hints].map(([end, { label, tooltip }]) => ({
      position: toRange(lines, { start: end, end }).end,
      label,
      tooltip,
      paddingLeft: true,
    }));
  });
}
