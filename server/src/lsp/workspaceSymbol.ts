import { SymbolKind, type SymbolInformation, type WorkspaceSymbolParams } from "vscode-languageserver";
import { workspaceSettings } from "../features/workspaceSymbols";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import type { Session } from "./session";

/** `workspace/symbol`: settings by name, in all modules of all projects. */
export async function workspaceSymbol(
  session: Session,
  { query }: WorkspaceSymbolParams,
  token: ListenableToken,
): Promise<SymbolInformation[]> {
  const state = await session.state(token);
  return state.folders.flatMap(({ analysis }) =>
    workspaceSettings(analysis, query)
      .filter(({ file }) => session.serves(file) && state.folderOf(file)?.analysis === analysis)
      .map(({ symbol, file, container }) => ({
        name: symbol.name,
        kind: SymbolKind.Constant,
        containerName: container,
        location: { uri: state.uri(file), range: toRange(state.lines(file), symbol.nameRange) },
      })),
  );
}
