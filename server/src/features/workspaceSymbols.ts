import type { FilePath } from "../base/path";
import { relativePath } from "../base/path";
import type { Analysis } from "./analysis";
import { symbolsOf, type FileSymbol } from "./symbols";

/** A setting with the file that sets it. */
export interface WorkspaceSetting {
  readonly symbol: FileSymbol;
  readonly file: FilePath;
  /** The file relative to the workspace folder. */
  readonly container: string;
}

/** Clients narrow a list down by themselves; more than this nobody looks through. */
const MAX_SYMBOLS = 500;

/** The settings that the modules of all projects set, as far as the letters of the query stand in their names in this order. */
export function workspaceSettings(analysis: Analysis, query: string): readonly WorkspaceSetting[] {
  const files = new Set(
    analysis.projects.flatMap(({ project, entries }) => [
      ...project.modules.map((module) => module.file),
      ...entries.flatMap(({ evaluation }) => evaluation.files),
    ]),
  );
  const isWanted = matcher(query);
  const found: WorkspaceSetting[] = [];
  for (const file of files) {
    const parsed = analysis.snapshot.parse(file);
    if (!parsed.ok) continue;
    const container = relativePath(analysis.root, file);
    const classes = analysis.projects.flatMap(({ project }) =>
      project.modules.flatMap((module) => (module.file === file ? (module.className ?? []) : [])),
    );
    for (const symbol of settingsIn(symbolsOf(parsed.module), classes))
      if (isWanted(symbol.name)) found.push({ symbol, file, container });
    if (found.length >= MAX_SYMBOLS) break;
  }
  return found.slice(0, MAX_SYMBOLS);
}

/** `classes`: those that django-configurations reads settings from. */
function settingsIn(symbols: readonly FileSymbol[], classes: readonly string[]): readonly FileSymbol[] {
  return symbols.flatMap((symbol) => {
    if (symbol.kind === "setting") return [symbol];
    return symbol.kind === "class" && classes.includes(symbol.name) ? settingsIn(symbol.children, []) : [];
  });
}

function matcher(query: string): (name: string) => boolean {
  const letters = [...query.toUpperCase()].filter((letter) => letter.trim() !== "");
  return (name) => {
    let at = -1;
    return letters.every((letter) => (at = name.indexOf(letter, at + 1)) >= 0);
  };
}
