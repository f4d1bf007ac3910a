import { MarkupKind, type Hover, type HoverParams } from "vscode-languageserver";
import type { FilePath } from "../base/path";
import { hoverAt } from "../features/hover";
import { codeSpan } from "../features/valueText";
import { explainRuleCommand } from "../protocol";
import { fromPosition, toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

/** `textDocument/hover`: findings, rule ids of suppression comments, settings, variables, dotted paths and star imports. */
export async function hover(session: Session, params: HoverParams, token: ListenableToken): Promise<Hover | null> {
  return aboutFile(session, params, token, { empty: null }, (state, file) => hoverIn(session, state, file, params));
}

/** The hover as a state has it that was made from the file's present text. */
export function hoverIn(session: Session, state: State, file: FilePath, { position }: HoverParams): Hover | null {
  const analysis = state.folderOf(file)?.analysis;
  const lines = state.lines(file);
  if (analysis === undefined || lines === undefined) return null;
  const { features, host } = session;
  const { severityOverrides } = session.settingsOf(file);
  const context = {
    analysis,
    rules: host.rules,
    isShown: ({ rule }: { readonly rule: string }) => severityOverrides[rule] !== "off",
    // Editors open `file:///...#L12` at that line; as plain text a link would only be long.
    link: (site: { readonly file: FilePath; readonly range: { readonly start: number; readonly end: number } }) =>
      features.markdown
        ? `${state.uri(site.file)}#L${toRange(state.lines(site.file), site.range).start.line + 1}`
        : undefined,
    ruleLink: (rule: string) => (features.markdown && features.explainsRules ? commandLink(rule) : codeSpan(rule)),
  };
  const found = hoverAt(context, file, fromPosition(lines, position));
  if (found === undefined) return null;
  const kind = features.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: found.markdown }, range: toRange(lines, found.range) };
}

/** A link that runs the client's command which shows a rule's page. */
function commandLink(rule: string): string {
  return `[${rule}](command:${explainRuleCommand}?${encodeURIComponent(JSON.stringify([rule]))})`;
}
