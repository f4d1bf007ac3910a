import { FoldingRangeKind, type FoldingRange, type FoldingRangeParams } from "vscode-languageserver";
import { isSettingsFile } from "../features/analysis";
import { foldsOf } from "../features/folding";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

/** `textDocument/foldingRange`, for settings modules: `null` leaves other Python files to the editor. */
export async function foldingRange(
  session: Session,
  params: FoldingRangeParams,
  token: ListenableToken,
): Promise<FoldingRange[] | null> {
  return aboutFile(session, params, token, { empty: null }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined || !isSettingsFile(analysis, file)) return null;
    const parsed = analysis.snapshot.parse(file);
    if (!parsed.ok) return null;
    return foldsOf(parsed.module, lines).map(({ start, end, kind }) => ({
      startLine: start,
      endLine: end,
      ...(kind === "section" ? { kind: FoldingRangeKind.Region } : {}),
    }));
  });
}
