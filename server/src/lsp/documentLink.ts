import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { documentLinksOf } from "../features/documentLinks";
import { loadUntilComplete } from "../project/snapshot";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

/** `textDocument/documentLink`: settings modules that are selected, dotted paths and paths of files. */
export async function documentLink(
  session: Session,
  params: DocumentLinkParams,
  token: ListenableToken,
): Promise<DocumentLink[]> {
  return aboutFile(session, params, token, { empty: [] }, async (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined) return [];
    // A class that a dotted path names is looked for in a file that the analysis may have had no use for.
    const links = await loadUntilComplete(analysis.snapshot, () => documentLinksOf(analysis, file), token);
    await state.loadAll(links.map(({ target }) => target));
    return links.map(({ range, target, tooltip }) => {
      const { line } = toRange(state.lines(target.file), target.range).start;
      const uri = state.uri(target.file);
      return { range: toRange(lines, range), target: line === 0 ? uri : `${uri}#L${line + 1}`, tooltip };
    });
  });
}
