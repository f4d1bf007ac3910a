import { CodeActionKind, type CodeAction, type Diagnostic } from "vscode-languageserver";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import { configFixesAt } from "../features/configHelp";
import { toWorkspaceEdit, type EditSupport } from "./convert";
import type { AnalysedFolder, State } from "./state";

/** The code actions about what is wrong in a configuration file, with their edits: each is one word. */
export function configActions(
  state: State,
  { analysis }: AnalysedFolder,
  file: FilePath,
  range: Range,
  diagnostics: readonly Diagnostic[],
  support: EditSupport,
): readonly CodeAction[] {
  return configFixesAt(analysis, file, range).flatMap(({ title, message, edit }): CodeAction[] => {
    const made = toWorkspaceEdit([edit], state, support);
    const own = diagnostics.filter((diagnostic) => diagnostic.message === message);
    if (made === undefined) return [];
    return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics: own, edit: made }];
  });
}
