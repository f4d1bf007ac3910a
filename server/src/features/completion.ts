import type { FilePath } from "../base/path";
import {
  type Completion,
  type CompletionItem,
  type CompletionRequest,
  nameItems,
  pathItems,
  projectAppItems,
  ruleItems,
  valueItems,
  variableItems,
} from "./completionItems";
import { configCompletionAt, isConfigFile } from "./configHelp";
import { isSettingsFile, projectOf, type Analysis } from "./analysis";
import type { Rule } from "../lint/rule";

/**
 * What may be written at an offset: names of settings at the start of a line of a settings module and behind `settings.`,
 * values behind `NAME =`, dotted paths, keys and variables inside strings, rule ids in suppression comments, the configuration's table. Code is
 * incomplete where people type, so this reads the text around the offset and no syntax tree. `undefined` elsewhere.
 */
export function completionAt(
  analysis: Analysis,
  rules: readonly Rule[],
  file: FilePath,
  offset: number,
): Completion | undefined {
  if (isConfigFile(file)) return configCompletionAt(analysis, rules, file, offset);
  const text = analysis.text(file);
  const owner = projectOf(analysis, file);
  if (text === undefined || owner === undefined || !/\.pyi?$/.test(file)) return undefined;
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const word = wordBefore(line);
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  const range = { start: offset - word.length, end: offset + (openQuote(line) === undefined ? 0 : rest.length) };
  if (isInSuppression(line)) return { items: ruleItems(rules), range };
  const use = /\bsettings\.([A-Za-z_]\w*)?$/.exec(line);
  const request = { analysis, owner, file };
  if (use !== null) return { items: nameItems(request), range: { start: offset - (use[1]?.length ?? 0), end: offset } };
  if (!isSettingsFile(analysis, file)) return undefined;
  if (/^(?: {4}|\t)?[A-Za-z_]\w*$/.test(line)) return { items: nameItems(request), range };
  const before = text.slice(0, offset);
  const items = openQuote(line) === undefined ? valuesHere(before) : stringsHere(request, before);
  return items === undefined || items.length === 0 ? undefined : { items, range };
}

/** The quote of a string that begins in a line and does not end in it. */
function openQuote(line: string): string | undefined {
  let open: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at];
    if (mark === "\\") at += 1;
    else if (open !== undefined) open = mark === open ? undefined : open;
    else if (mark === "#") return undefined;
    else if (mark === '"' || mark === "'") open = mark;
  }
  return open;
}

/** What is written of the word, or dotted path, at the end of a line. */
function wordBefore(line: string): string {
  let start = line.length;
  while (start > 0 && /[\w.-]/.test(line[start - 1] ?? "")) start -= 1;
  return line.slice(start);
}

/** Whether a line ends inside the brackets of a suppression comment. */
function isInSuppression(line: string): boolean {
  const at = line.lastIndexOf("django-settings-lint:");
  const open = line.lastIndexOf("[");
  return at > 0 && line.slice(0, at).includes("#") && open > at && !line.slice(open).includes("]");
}

/** The setting that a line assigns (`NAME =`, `NAME: type =`, `NAME["key"] +=`), and what is behind the sign. */
function assignmentIn(line: string): { readonly name: string; readonly value: string } | undefined {
  const at = line.indexOf("=");
  const target = line.slice(0, Math.max(at, 0)).trim();
  const name = /^[A-Z][A-Z0-9_]*/.exec(target)?.[0];
  if (name === undefined || !/^$|^[[:+]/.test(target.slice(name.length).trimStart())) return undefined;
  return { name, value: line.slice(at + 1).trim() };
}

/** Values of a setting behind `NAME = `. */
function valuesHere(before: string): readonly CompletionItem[] | undefined {
  const found = assignmentIn(before.slice(before.lastIndexOf("\n") + 1));
  return found === undefined || !/^\w*$/.test(found.value) ? undefined : valueItems(found.name);
}

/** The key that a string is the value of, or an item of its list; `"BACKEND": "`, `"loaders": ["a", "`. */
function keyBefore(head: string): string | undefined {
  let rest = head.trimEnd();
  while (rest.endsWith(",")) rest = withoutString(rest.slice(0, -1).trimEnd()) ?? "";
  if (rest.endsWith("[")) rest = rest.slice(0, -1).trimEnd();
  if (!rest.endsWith(":")) return undefined;
  const key = rest.slice(0, -1).trimEnd();
  const start = withoutString(key)?.length;
  const name = start === undefined ? "" : key.slice(start).trim().slice(1, -1);
  return /^\w+$/.test(name) ? name : undefined;
}

/** A text without the string literal at its end; `undefined` where none is there. */
function withoutString(text: string): string | undefined {
  const quote = text.at(-1);
  const start = quote === '"' || quote === "'" ? text.lastIndexOf(quote, text.length - 2) : -1;
  return start < 0 ? undefined : text.slice(0, start).trimEnd();
}

/** What may stand in a string, by the setting, key or call that it is written in. */
function stringsHere(request: CompletionRequest, before: string): readonly CompletionItem[] | undefined {
  const head = before.replace(/["'][^"'\n]*$/, "");
  if (/(?:environ\s*(?:\[|\.get\(|\.setdefault\()|getenv\(|\benv(?:\.\w+)?\(|\bconfig\()\s*$/.test(head))
    return variableItems(request);
  const key = keyBefore(head);
  const setting = enclosingSetting(head);
  if (setting === undefined) return undefined;
  const paths = pathItems(request, setting, key);
  return setting === "INSTALLED_APPS" ? [...projectAppItems(request), ...paths] : paths;
}

/** The setting whose assignment an offset is in: the last line without indentation that assigns one. */
function enclosingSetting(head: string): string | undefined {
  const lines = head.split("\n");
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? "";
    const found = assignmentIn(line);
    if (found !== undefined) return found.name;
    if (/^[A-Za-z_@]/.test(line)) return undefined;
  }
  return undefined;
}
