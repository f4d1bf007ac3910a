import { table } from "../../../base/table";
import { PythonRaise } from "../../values/raise";
import { certaintyOf } from "../../values/symbolic";
import { isBlank, trim, trimmed, WHITESPACE } from "../../semantics/text";
import { bool, int, list, str, tuple, unknown, type Value } from "../../values/value";
import { MAX_LENGTH } from "../../values/budget";

const TOO_LONG = unknown("budget", "a very long string");

export type StringMethod = (text: string, args: readonly Value[]) => Value | undefined;

/** Methods of `str` (Python docs, "String Methods"), on code points; `undefined` for forms that are not modelled. */
export const STRING_METHODS: Readonly<Record<string, StringMethod>> = table({
  lower: (text) => stable(text, (t) => str(t.toLowerCase())),
  upper: (text) => stable(text, (t) => str(t.toUpperCase())),
  title: (text) => stable(text, (t) => str(t.toLowerCase().replace(/(?<!\p{Cased})\p{Cased}/gu, titled))),
  capitalize: (text) => stable(text, (t) => str(t.slice(0, 1).replace(/./su, titled) + t.slice(1).toLowerCase())),
  strip: (text, args) => stripped(text, args, true, true),
  lstrip: (text, args) => stripped(text, args, true, false),
  rstrip: (text, args) => stripped(text, args, false, true),
  startswith: (text, args) => affix(text, args, (whole, part) => whole.startsWith(part)),
  endswith: (text, args) => affix(text, args, (whole, part) => whole.endsWith(part)),
  removeprefix: (text, [part]) =>
    part?.kind === "str" ? str(text.startsWith(part.value) ? text.slice(part.value.length) : text) : undefined,
  removesuffix: (text, [part]) =>
    part?.kind === "str"
      ? str(part.value !== "" && text.endsWith(part.value) ? text.slice(0, -part.value.length) : text)
      : undefined,
  replace: replaced,
  split: (text, args) => split(text, args, false),
  rsplit: (text, args) => split(text, args, true),
  splitlines: (text, args) => (args.length === 0 ? list(lines(text).map(str)) : undefined),
  partition: (text, [mark]) => partition(text, mark, text.indexOf(mark?.kind === "str" ? mark.value : "")),
  rpartition: (text, [mark]) => rpartition(text, mark),
  find: (text, args) => find(text, args, false),
  rfind: (text, args) => find(text, args, true),
  index: (text, args) => found(find(text, args, false)),
  rindex: (text, args) => found(find(text, args, true)),
  count: counted,
  isdigit: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isalpha: (text) => ascii(text, (t) => bool(/^[a-zA-Z]+$/.test(t))),
  isalnum: (text) => ascii(text, (t) => bool(/^[a-zA-Z0-9]+$/.test(t))),
  isspace: (text) => bool(text !== "" && trim(text) === ""),
  isupper: (text) => ascii(text, (t) => bool(/[A-Z]/.test(t) && !/[a-z]/.test(t))),
  islower: (text) => ascii(text, (t) => bool(/[a-z]/.test(t) && !/[A-Z]/.test(t))),
  zfill: (text, [width]) =>
    width?.kind === "int" && width.value < 10_000n ? str(zeroFilled(text, Number(width.value))) : undefined,
  encode: (text, args) =>
    args.every((arg) => arg.kind === "str" && /^(utf[-_]?8|ascii)$/i.test(arg.value))
      ? ascii(text, (t) => ({ kind: "bytes", value: t }))
      : undefined,
  join: (text, [items]) => joined(text, items),
});

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  return /^[\x00-\x7f]*$/.test(text);
}

/** Case and class rules beyond ASCII differ between Unicode versions: only ASCII text is answered. */
function ascii(text: string, give: (text: string) => Value): Value | undefined {
  return isAscii(text) ? give(text) : undefined;
}

/** Letters of European languages have one other case, the same in every version of Unicode. */
function stable(text: string, give: (text: string) => Value): Value | undefined {
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  return /^[\x00-\x7f\xa0-\xb4\xb6-\xde\xe0-\xfe\u0100-\u012f\u0132-\u0148\u014a-\u0177]*$/.test(text)
    ? give(text)
    : undefined;
}

function titled(character: string): string {
  return character.toUpperCase();
}

function stripped(text: string, [chars]: readonly Value[], left: boolean, right: boolean): Value | undefined {
  if (chars !== undefined && chars.kind !== "str" && chars.kind !== "none") throw new PythonRaise("TypeError");
  const set = chars?.kind === "str" ? new Set(chars.value) : undefined;
  const isTaken = set === undefined ? isBlank : (character: string): boolean => set.has(character);
  return str(trimmed(text, isTaken, left && right ? "both" : left ? "left" : "right"));
}

function affix(
  text: string,
  [part, ...bounds]: readonly Value[],
  test: (whole: string, part: string) => boolean,
): Value | undefined {
  if (part === undefined || bounds.length > 0) return undefined;
  if (part.kind === "str") return bool(test(text, part.value));
  if (part.kind !== "tuple") throw new PythonRaise("TypeError");
  return bool(part.items.some((item) => item.value.kind === "str" && test(text, item.value.value)));
}

function replaced(text: string, [from, to, count]: readonly Value[]): Value | undefined {
  if (from?.kind !== "str" || to?.kind !== "str") throw new PythonRaise("TypeError");
  if (count !== undefined && count.kind !== "int") return undefined;
  let left = count === undefined || count.value < 0n ? Infinity : Number(count.value);
  const parts = from.value === "" ? ["", ...text, ""] : text.split(from.value);
  if (text.length + parts.length * (to.value.length - from.value.length) > MAX_LENGTH) return TOO_LONG;
  return str(
    parts.reduce((joinedSoFar, part, index) => {
      if (index === 0) return part;
      left -= 1;
      return joinedSoFar + (left >= 0 ? to.value : from.value) + part;
    }, ""),
  );
}

function split(text: string, [mark, most]: readonly Value[], fromRight: boolean): Value | undefined {
  const limit = most === undefined ? -1 : most.kind === "int" ? Number(most.value) : undefined;
  if (limit === undefined) throw new PythonRaise("TypeError");
  if (mark === undefined || mark.kind === "none")
    return limit < 0 ? list([...text.matchAll(WORDS)].map(([word]) => str(word))) : undefined;
  if (mark.kind !== "str") throw new PythonRaise("TypeError");
  if (mark.value === "") throw new PythonRaise("ValueError");
  const parts = text.split(mark.value);
  if (limit < 0 || parts.length <= limit + 1) return list(parts.map(str));
  const cut = parts.length - limit;
  const merged = fromRight
    ? [parts.slice(0, cut).join(mark.value), ...parts.slice(cut)]
    : [...parts.slice(0, limit), parts.slice(limit).join(mark.value)];
  return list(merged.map(str));
}

const WORDS = new RegExp(`[^${WHITESPACE}]+`, "g");

function lines(text: string): readonly string[] {
  const all =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return all.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ""));
}

function partition(text: string, mark: Value | undefined, at: number): Value | undefined {
  if (mark?.kind !== "str") throw new PythonRaise("TypeError");
  if (mark.value === "") throw new PythonRaise("ValueError");
  if (at < 0) return tuple([str(text), str(""), str("")]);
  return tuple([str(text.slice(0, at)), mark, str(text.slice(at + mark.value.length))]);
}

function rpartition(text: string, mark: Value | undefined): Value | undefined {
  const at = mark?.kind === "str" ? text.lastIndexOf(mark.value) : 0;
  return at < 0 ? tuple([str(""), str(""), str(text)]) : partition(text, mark, at);
}

function find(text: string, [part, ...bounds]: readonly Value[], last: boolean): Value | undefined {
  if (part?.kind !== "str" || bounds.length > 0) return undefined;
  const at = last ? text.lastIndexOf(part.value) : text.indexOf(part.value);
  return int(at < 0 ? -1 : [...text.slice(0, at)].length);
}

function found(at: Value | undefined): Value | undefined {
  if (at?.kind === "int" && at.value < 0n) throw new PythonRaise("ValueError");
  return at;
}

function counted(text: string, [part, ...bounds]: readonly Value[]): Value | undefined {
  if (part?.kind !== "str" || bounds.length > 0) return undefined;
  return int(part.value === "" ? [...text].length + 1 : text.split(part.value).length - 1);
}

function zeroFilled(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  const missing = width - [...text].length;
  return sign + "0".repeat(Math.max(missing, 0)) + text.slice(sign.length);
}

function joined(separator: string, items: Value | undefined): Value | undefined {
  if (items?.kind === "str")
    return items.value.length * (separator.length + 1) > MAX_LENGTH ? TOO_LONG : str([...items.value].join(separator));
  if (items?.kind !== "list" && items?.kind !== "tuple")
    return items?.kind === "set" && items.items.length < 2 ? joined(separator, { ...items, kind: "list" }) : undefined;
  if (certaintyOf(items) !== "concrete") return undefined;
  const texts = items.items.map((item) => {
    if (item.value.kind !== "str") throw new PythonRaise("TypeError");
    return item.value.value;
  });
  if (texts.reduce((length, text) => length + text.length + separator.length, 0) > MAX_LENGTH) return TOO_LONG;
  return str(texts.join(separator));
}
