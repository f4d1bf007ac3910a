import {
  CompletionItemKind,
  CompletionItemTag,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from "vscode-languageserver";
import type { LineIndex, Range } from "../base/text";
import { completionAt } from "../features/completion";
import type { CompletionItem as Item } from "../features/completionItems";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutPlace } from "./handling";
import type { Session } from "./session";

const KINDS: Readonly<Record<Item["kind"], CompletionItemKind>> = {
  setting: CompletionItemKind.Constant,
  value: CompletionItemKind.Value,
  path: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  rule: CompletionItemKind.EnumMember,
  key: CompletionItemKind.Property,
};

export const NO_COMPLETIONS: CompletionList = { isIncomplete: false, items: [] };

/** `textDocument/completion`: settings, their values, keys and dotted paths, variables, rule ids. */
export async function completion(
  session: Session,
  params: CompletionParams,
  token: ListenableToken,
): Promise<CompletionList> {
  return aboutPlace(session, params, token, NO_COMPLETIONS, ({ analysis, file, lines, offset }) => {
    const found = completionAt(analysis, session.host.rules, file, offset);
    if (found === undefined) return NO_COMPLETIONS;
    return { isIncomplete: false, items: found.items.map((item) => toItem(item, found.range, lines)) };
  });
}

function toItem(item: Item, range: Range, lines: LineIndex): CompletionItem {
  const made: CompletionItem = {
    label: item.label,
    kind: KINDS[item.kind],
    sortText: `${item.rank}${item.label}`,
    textEdit: { range: toRange(lines, range), newText: item.label },
  };
  if (item.detail !== undefined) made.detail = item.detail;
  if (item.documentation !== undefined) made.documentation = { kind: MarkupKind.Markdown, value: item.documentation };
  if (item.isDeprecated === true) made.tags = [CompletionItemTag.Deprecated];
  return made;
}
