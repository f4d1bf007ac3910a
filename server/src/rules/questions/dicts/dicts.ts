import { walk } from "../../../lint/edit/walk";
import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Entry, Site, Value } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";

type Context = RuleContext;

/**
 * A dict's entry for a key. `absent`: the dict certainly has none. `undefined`: not a dict, or entries that are not known
 * may add or replace it.
 */
export function entryOf(value: Value | undefined, key: string): Entry | "absent" | undefined {
  if (value?.kind !== "dict") return undefined;
  for (const entry of value.entries.toReversed()) {
    if (entry.key?.kind !== "str") return undefined;
    if (entry.key.value === key) return entry;
  }
  return "absent";
}

/** The entry at the end of some keys, if all of them are certainly there. */
export function entryAt(value: Value | undefined, ...keys: readonly string[]): Entry | undefined {
  let found: Entry | undefined;
  for (const key of keys) {
    const entry = entryOf(found === undefined ? value : found.value, key);
    if (entry === "absent" || entry === undefined) return undefined;
    found = entry;
  }
  return found;
}

/** The value at the end of some keys, if all of them are certainly there. */
export function valueAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let current = value;
  for (const key of keys) current = entryAt(current, key)?.value;
  return current;
}

/** The keys of a dict that are known texts; what else it has is left out. */
export function knownKeys(value: Value | undefined): readonly string[] {
  return value?.kind === "dict" ? value.entries.flatMap(({ key }) => textOf(key) ?? []) : [];
}

/** All keys of a dict; `undefined` where it is something else, or one of them is no known text. */
export function allKeys(value: Value | undefined): readonly string[] | undefined {
  const keys = knownKeys(value);
  return value?.kind === "dict" && keys.length === value.entries.length ? keys : undefined;
}

/** The values that a choice inside of a setting stands for, whatever decides it; of any other value itself. */
export function armsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return value.kind === "choice" ? [...armsOf(value.yes), ...armsOf(value.no)] : [value];
}

/** A known text, else `undefined`. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "str" ? value.value : undefined;
}

/** Where an entry's key is written: short enough to mark, however long the value is. */
export function keySite(context: Context, entry: Entry): Site | undefined {
  const { site, valueSite } = entry;
  if (site === undefined || valueSite === undefined || valueSite.file !== site.file) return site;
  const between = context.source(site.file)?.text.slice(site.range.start, valueSite.range.start) ?? "";
  const key = between.replace(/(?<![\s:=(])[\s:=(]+$/, "").replace(/(?<!\s)\s*:[\s\S]*$/, "");
  if (key === "" || key.includes("\n")) return site;
  return siteOf(site.file, { start: site.range.start, end: site.range.start + key.length });
}

/** The expression that is written exactly at a site. */
export function expressionAt(context: Context, site: Site | undefined): Expr | undefined {
  const source = site === undefined ? undefined : context.source(site.file);
  if (site === undefined || source === undefined) return undefined;
  const { start, end } = site.range;
  let found: Expr | undefined;
  walk(source.ast.body, (node) => {
    if (found !== undefined || node.start > start || node.end < end) return false;
    if (node.start === start && node.end === end && isExpression(node)) found = node;
    return undefined;
  });
  return found;
}

function isExpression(node: { readonly kind: string }): node is Expr {
  return /^(?:Call|Dict|List|Tuple|Str|JoinedStr|Int|Constant|Name|Attribute|BinOp|Subscript)$/.test(node.kind);
}
