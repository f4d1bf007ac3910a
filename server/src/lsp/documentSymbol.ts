import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams } from "vscode-languageserver";
import type { LineIndex } from "../base/text";
import { symbolsOf, type FileSymbol } from "../features/symbols";
import { isSettingsFile } from "../features/analysis";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";

const KINDS: Readonly<Record<FileSymbol["kind"], SymbolKind>> = {
  setting: SymbolKind.Constant,
  variable: SymbolKind.Variable,
  class: SymbolKind.Class,
  function: SymbolKind.Function,
};

/** `textDocument/documentSymbol`: what a settings module binds. Other Python files have servers of their own for that. */
export async function documentSymbol(
  session: Session,
  params: DocumentSymbolParams,
  token: ListenableToken,
): Promise<DocumentSymbol[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined || !isSettingsFile(analysis, file)) return [];
    const parsed = analysis.snapshot.parse(file);
    return parsed.ok ? symbolsOf(parsed.module).map((symbol) => toSymbol(symbol, lines)) : [];
  });
}

function toSymbol({ name, kind, range, nameRange, children }: FileSymbol, lines: LineIndex): DocumentSymbol {
  return {
    name,
    kind: KINDS[kind],
    range: toRange(lines, range),
    selectionRange: toRange(lines, nameRange),
    children: children.map((child) => toSymbol(child, lines)),
  };
}
