import { table } from "../../base/table";
import { braceFormat } from "./formatting";
import { dictTexts } from "./operators";
import { PythonRaise } from "../values/raise";
import { certaintyOf } from "../values/symbolic";
import { isBlank, trim, trimmed, WHITESPACE } from "./text";
import { bool, int, list, str, tuple, unknown, type Value } from "../values/value";
import { MAX_LENGTH } from "../values/budget";

const TOO_LONG = unknown("budget", "a very long string");

export type StringMethod = (text: string, args: readonly Value[]) => Value | undefined;

/** Methods of `str` (Python docs, "String Methods"), on code points; `undefined` for forms that are not modelled. */
export const STRING_METHODS: Readonly<Record<string, StringMethod>> = table({
  lower: (text) => stable(text, (t) => str(t.toLowerCase())),
  upper: (text) => stable(text, (t) => str(t.toUpperCase())),
  casefold: (text) => ascii(text, (t) => str(t.toLowerCase())),
  title: (text) => stable(text, (t) => str(t.toLowerCase().replace(/(?<!\p{Cased})\p{Cased}/gu, titled))),
  capitalize: (text) => stable(text, (t) => str(t.slice(0, 1).replace(/./su, titled) + t.slice(1).toLowerCase())),
  swapcase: (text) =>
    ascii(text, (t) => str(t.replace(/[a-zA-Z]/g, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())))),
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
  splitlines: (text, [keepEnds]) =>
    keepEnds === undefined || keepEnds.kind === "bool"
      ? list(lines(text, keepEnds?.value === true).map(str))
      : undefined,
  partition: (text, [mark]) => partition(text, mark, text.indexOf(mark?.kind === "str" ? mark.value : "")),
  rpartition: (text, [mark]) => rpartition(text, mark),
  find: (text, args) => find(text, args, false),
  rfind: (text, args) => find(text, args, true),
  index: (text, args) => found(find(text, args, false)),
  rindex: (text, args) => found(find(text, args, true)),
  count: counted,
  isdigit: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isnumeric: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isdecimal: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isalpha: (text) => ascii(text, (t) => bool(/^[a-zA-Z]+$/.test(t))),
  isalnum: (text) => ascii(text, (t) => bool(/^[a-zA-Z0-9]+$/.test(t))),
  isspace: (text) => bool(text !== "" && trim(text) === ""),
  isupper: (text) => ascii(text, (t) => bool(/[A-Z]/.test(t) && !/[a-z]/.test(t))),
  islower: (text) => ascii(text, (t) => bool(/[a-z]/.test(t) && !/[A-Z]/.test(t))),
  istitle: (text) => ascii(text, (t) => bool(/[a-zA-Z]/.test(t) && !/(?<![a-zA-Z])[a-z]|(?<=[a-zA-Z])[A-Z]/.test(t))),
  isidentifier: (text) => ascii(text, (t) => bool(/^[A-Za-z_]\w*$/.test(t))),
  isprintable: (text) => ascii(text, (t) => bool(/^[ -~]*$/.test(t))),
  isascii: (text) => bool(isAscii(text)),
  expandtabs: expanded,
  format_map: (text, [map]) => (map?.kind === "dict" ? formatMap(text, map) : undefined),
  zfill: (text, [width]) =>
    width?.kind === "int" && width.value < 10_000n ? str(zeroFilled(text, Number(width.value))) : undefined,
  center: (text, args) => padded(text, args, (pad, width) => Math.floor(pad / 2) + (pad & width & 1)),
  ljust: (text, args) => padded(text, args, () => 0),
  rjust: (text, args) => padded(text, args, (pad) => pad),
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

/** Fills a text up to a width; `leftOf` says how much of the padding goes to the left (CPython `unicode_center`). */
function padded(
  text: string,
  [width, fill]: readonly Value[],
  leftOf: (pad: number, width: number) => number,
): Value | undefined {
  if (width?.kind !== "int" || width.value > 10_000n) return undefined;
  const character = fill === undefined ? " " : fill.kind === "str" ? fill.value : "";
  if ([...character].length !== 1) throw new PythonRaise("TypeError");
  const pad = Number(width.value) - [...text].length;
  if (pad <= 0) return str(text);
  const left = leftOf(pad, Number(width.value));
  return str(character.repeat(left) + text + character.repeat(pad - left));
}

/** The part of a text that `start` and `end` arguments leave, and where it begins; `undefined` for other arguments. */
function bounded(
  text: string,
  [start, end]: readonly Value[],
): { readonly part: readonly string[]; readonly from: number; readonly isPast: boolean } | undefined {
  const characters = [...text];
  const place = (bound: Value | undefined, otherwise: number): number | undefined => {
    if (bound === undefined || bound.kind === "none") return otherwise;
    if (bound.kind !== "int") return undefined;
    return bound.value < 0n ? Math.max(characters.length + Number(bound.value), 0) : Number(bound.value);
  };
  const from = place(start, 0);
  const to = place(end, characters.length);
  if (from === undefined || to === undefined) return undefined;
  return { part: characters.slice(from, to), from, isPast: from > characters.length || from > to };
}

function affix(
  text: string,
  [part, ...bounds]: readonly Value[],
  test: (whole: string, part: string) => boolean,
): Value | undefined {
  const whole = bounded(text, bounds);
  if (part === undefined || whole === undefined) return undefined;
  const answer = (wanted: string): boolean => !whole.isPast && test(whole.part.join(""), wanted);
  if (part.kind === "str") return bool(answer(part.value));
  if (part.kind !== "tuple") throw new PythonRaise("TypeError");
  return bool(part.items.some((item) => item.value.kind === "str" && answer(item.value.value)));
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
  if (mark === undefined || mark.kind === "none") return splitOnBlanks(text, limit, fromRight);
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

function splitOnBlanks(text: string, limit: number, fromRight: boolean): Value {
  const words = [...text.matchAll(WORDS)];
  if (limit < 0 || words.length <= limit) return list(words.map(([word]) => str(word)));
  // What is left over keeps the blanks between its words, and those at the far end.
  const kept = fromRight ? words.slice(words.length - limit) : words.slice(0, limit);
  const rest = fromRight ? words.slice(0, words.length - limit) : words.slice(limit);
  const [first, last] = [rest[0], rest.at(-1)];
  const whole = fromRight ? text.slice(0, (last?.index ?? 0) + (last?.[0].length ?? 0)) : text.slice(first?.index ?? 0);
  const others = kept.map(([word]) => word);
  return list((fromRight ? [whole, ...others] : [...others, whole]).map(str));
}

function lines(text: string, keepEnds: boolean): readonly string[] {
  const all =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return keepEnds ? all : all.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ""));
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
  const whole = bounded(text, bounds);
  if (part?.kind !== "str" || whole === undefined) return undefined;
  if (whole.isPast) return int(-1);
  const inside = whole.part.join("");
  const at = last ? inside.lastIndexOf(part.value) : inside.indexOf(part.value);
  return int(at < 0 ? -1 : whole.from + [...inside.slice(0, at)].length);
}

function found(at: Value | undefined): Value | undefined {
  if (at?.kind === "int" && at.value < 0n) throw new PythonRaise("ValueError");
  return at;
}

function counted(text: string, [part, ...bounds]: readonly Value[]): Value | undefined {
  const whole = bounded(text, bounds);
  if (part?.kind !== "str" || whole === undefined) return undefined;
  if (whole.isPast) return int(0);
  return int(part.value === "" ? whole.part.length + 1 : whole.part.join("").split(part.value).length - 1);
}

function zeroFilled(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  const missing = width - [...text].length;
  return sign + "0".repeat(Math.max(missing, 0)) + text.slice(sign.length);
}

/** Tabs become blanks up to the next column that is a multiple of the size. */
function expanded(text: string, [size]: readonly Value[]): Value | undefined {
  if (size !== undefined && (size.kind !== "int" || size.value < 0n || size.value > 100n)) return undefined;
  const width = size === undefined ? 8 : Number(size.value);
  let column = 0;
  let out = "";
  for (const character of text) {
    const blanks = character === "\t" ? (width === 0 ? 0 : width - (column % width)) : 1;
    column = character === "\n" || character === "\r" ? 0 : column + blanks;
    out += character === "\t" ? " ".repeat(blanks) : character;
  }
  return str(out);
}

function formatMap(text: string, map: Extract<Value, { kind: "dict" }>): Value | undefined {
  const named = dictTexts(map);
  return named === undefined ? undefined : braceFormat(text, [], named);
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
