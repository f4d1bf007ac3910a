import { MarkupKind, type Hover, type HoverParams } from "vscode-languageserver";
import type { FilePath } from "../base/path";
import { hoverAt } from "../features/hover";
import { fromPosition, toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

/** `textDocument/hover`: findings, rule ids of suppression comments, settings where they are assigned. */
export async function hover(session: Session, params: HoverParams, token: ListenableToken): Promise<Hover | null> {
  return aboutFile(session, params, token, { empty: null }, (state, file) => hoverIn(session, state, file, params));
}

/** The hover as a state has it that was made from the file's present text. */
export function hoverIn(session: Session, state: State, file: FilePath, { position }: HoverParams): Hover | null {
  const analysis = state.folderOf(file)?.analysis;
  const lines = state.lines(file);
  if (analysis === undefined || lines === undefined) return null;
  const { severityOverrides } = session.settingsOf(file);
  const found = hoverAt(analysis, session.host.rules, file, fromPosition(lines, position), (finding) => {
    return severityOverrides[finding.rule] !== "off";
  });
  if (found === undefined) return null;
  const kind = session.features.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: found.markdown }, range: toRange(lines, found.range) };
}
