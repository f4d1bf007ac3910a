import type { Redactor } from "../lint/redaction/redactor";
import type { Value } from "../python/values/value";
import { changesBetween, type ValueChange } from "./valueChanges";
import type { ValueGroup } from "./valueGroups";
import { describeValue } from "./describeValue";
import { valueText } from "./valueText";

/** Longer texts do not fit beside code. */
const MAX_TEXT = 40;
const MAX_CHANGES = 2;
const MAX_ALTERNATIVES = 2;

/**
 * What environments get of a setting in one line: `production: False · staging, development: True`. A list or dict that is
 * long is told by what it has more and less than that of the first group. Groups for which there is no room in `length`
 * characters are counted. Secrets are masked.
 */
export function groupsText(groups: readonly ValueGroup[], redactor: Redactor, length: number): string {
  const [first] = groups;
  const parts: string[] = [];
  for (const group of groups) {
    const names = group.environments.map(({ name }) => name).join(", ");
    const part = `${names}: ${briefText(group, group === first ? undefined : first, redactor)}`;
    if (parts.length > 0 && [...parts, part].join(SEPARATOR).length > length) break;
    parts.push(part);
  }
  if (groups.length > parts.length) parts.push(`${groups.length - parts.length} more`);
  return parts.join(SEPARATOR);
}

const SEPARATOR = " · ";

/** What a group gets in a few words; `base`: the group that lists and dicts are compared with. */
export function briefText(group: ValueGroup, base: ValueGroup | undefined, redactor: Redactor): string {
  const { name } = group.shown;
  const [only, ...others] = group.outcomes.map(({ value }) => valueText(value, name, redactor));
  const isLong = others.length === 0 && only !== undefined && only.length > MAX_TEXT;
  const changes = base === undefined || !isLong ? undefined : groupChanges(base, group, redactor);
  if (changes !== undefined && changes.length > 0) return changesText(changes);
  const texts = [...new Set(group.outcomes.map(({ value }) => cut(valueOf(value, name, redactor))))];
  const shown = texts.slice(0, MAX_ALTERNATIVES).join(" or ");
  return texts.length > MAX_ALTERNATIVES ? `${shown} or others` : shown;
}

/** What a group's list or dict has that another's has not; `undefined` where there is nothing to compare item by item. */
export function groupChanges(
  base: ValueGroup,
  group: ValueGroup,
  redactor: Redactor,
): readonly ValueChange[] | undefined {
  const [before, after] = [base, group].map(({ outcomes, shown }) => {
    const [only, ...others] = outcomes;
    return only === undefined || others.length > 0 ? undefined : redactor.cleanValue(only.value, shown.name);
  });
  return before === undefined || after === undefined ? undefined : changesBetween(before, after);
}

function valueOf(value: Value, name: string, redactor: Redactor): string {
  const text = valueText(value, name, redactor);
  if (text.length <= MAX_TEXT) return text;
  if ("items" in value) return `${value.items.length} items`;
  if (value.kind !== "dict") return text;
  const keys = value.entries.map(({ key }) => (key === undefined ? "…" : `${valueText(key, name, redactor)}: …`));
  const outline = `{${keys.join(", ")}}`;
  return outline.length <= MAX_TEXT ? outline : `${value.entries.length} keys`;
}

function changesText(changes: readonly ValueChange[]): string {
  const shown = changes.slice(0, MAX_CHANGES).map(changeText).join(" ");
  return changes.length > MAX_CHANGES ? `${shown} and ${changes.length - MAX_CHANGES} more` : shown;
}

const SIGNS: Readonly<Record<ValueChange["kind"], string>> = { added: "+", removed: "−", changed: "" };

/** `+'debug_toolbar'`, `−'OPTIONS'`, `'default' 'ENGINE': 'x'`, `'OPTIONS' differs`, `other order`. */
function changeText({ kind, key, value }: ValueChange): string {
  if (value === undefined) return "other order";
  const text = describeValue(value);
  if (key === undefined) return SIGNS[kind] + cut(text);
  if (kind === "removed") return SIGNS[kind] + key;
  const whole = `${SIGNS[kind]}${key}: ${text}`;
  if (whole.length <= MAX_TEXT) return whole;
  return kind === "added" ? SIGNS[kind] + key : `${key} differs`;
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
