import type { CallContext } from "./call";
import { braceFormat } from "./formatting";
import { drained } from "./iterators";
import { PythonRaise } from "./raise";
import { iterationItems } from "./structures";
import { certaintyOf } from "./symbolic";
import { trim, WHITESPACE } from "./text";
import { bool, int, list, str, tuple, unknown, type Value } from "./value";

type StringMethod = (text: string, args: readonly Value[]) => Value | undefined;

/** Methods of `str` (Python docs, "String Methods"), on code points; `undefined` for forms that are not modelled. */
const METHODS: Readonly<Record<string, StringMethod>> = {
  lower: (text) => ascii(text, (t) => str(t.toLowerCase())),
  upper: (text) => ascii(text, (t) => str(t.toUpperCase())),
  casefold: (text) => ascii(text, (t) => str(t.toLowerCase())),
  title: (text) => ascii(text, (t) => str(t.toLowerCase().replace(/(?<![a-z])[a-z]/g, (c) => c.toUpperCase()))),
  capitalize: (text) => ascii(text, (t) => str(t.charAt(0).toUpperCase() + t.slice(1).toLowerCase())),
  swapcase: (text) =>
    ascii(text, (t) => str(t.replace(/[a-zA-Z]/g, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())))),
  strip: (text, args) => stripped(text, args, true, true),
  lstrip: (text, args) => stripped(text, args, true, false),
  rstrip: (text, args) => stripped(text, args, false, true),
  startswith: (text, args) => affix(args, (part) => text.startsWith(part)),
  endswith: (text, args) => affix(args, (part) => text.endsWith(part)),
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
  count: (text, args) =>
    args.length === 1 && args[0]?.kind === "str" && args[0].value !== ""
      ? int(text.split(args[0].value).length - 1)
      : undefined,
  isdigit: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isnumeric: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isdecimal: (text) => ascii(text, (t) => bool(/^\d+$/.test(t))),
  isalpha: (text) => ascii(text, (t) => bool(/^[a-zA-Z]+$/.test(t))),
  isalnum: (text) => ascii(text, (t) => bool(/^[a-zA-Z0-9]+$/.test(t))),
  isspace: (text) => bool(text !== "" && trim(text) === ""),
  isupper: (text) => ascii(text, (t) => bool(/[A-Z]/.test(t) && !/[a-z]/.test(t))),
  islower: (text) => ascii(text, (t) => bool(/[a-z]/.test(t) && !/[A-Z]/.test(t))),
  zfill: (text, [width]) =>
    width?.kind === "int" && width.value < 10_000n ? str(zeroFilled(text, Number(width.value))) : undefined,
  center: (text, args) => padded(text, args, (pad, width) => Math.floor(pad / 2) + (pad & width & 1)),
  ljust: (text, args) => padded(text, args, () => 0),
  rjust: (text, args) => padded(text, args, (pad) => pad),
  encode: (text, args) =>
    args.every((arg) => arg.kind === "str" && /^(utf-?8|ascii)$/i.test(arg.value))
      ? ascii(text, (t) => ({ kind: "bytes", value: t }))
      : undefined,
  join: (text, [items]) => joined(text, items),
};

export function isStringMethod(name: string): boolean {
  return name in METHODS || name === "format";
}

/** Calls a method of a text, or of a value from the environment that will be one. */
export function stringMethod(receiver: Value, name: string, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  if (name === "format") return format(receiver, call);
  const method = METHODS[name];
  if (method === undefined && receiver.kind === "str" && !OTHER_METHODS.test(name))
    throw new PythonRaise("AttributeError", site);
  if (method === undefined || args.open) return unknown("unsupported", `str.${name}()`, site);
  const positional = name === "join" ? args.positional.map((value) => asItems(call, value)) : args.positional;
  const inputs = [receiver, ...positional, ...keywordInputs(name, call)];
  return m.pure(state, `str.${name}`, inputs, ([text, ...rest]) => apply(text as Value, method, rest, call, name), {
    site,
  });
}

const OTHER_METHODS =
  /^(expandtabs|translate|maketrans|format_map|isidentifier|isprintable|istitle|isascii|rindex|decode)$/;

function apply(text: Value, method: StringMethod, args: readonly Value[], call: CallContext, name: string): Value {
  if (text.kind !== "str") throw new PythonRaise("AttributeError", call.site);
  return method(text.value, args) ?? unknown("unsupported", `str.${name}() of this form`, call.site);
}

/** `split(sep=..., maxsplit=...)` and `replace` take keywords; they become positional here. */
function keywordInputs(name: string, call: CallContext): readonly Value[] {
  const { keywords, positional } = call.args;
  if (keywords.size === 0) return [];
  const order = name === "split" || name === "rsplit" ? ["sep", "maxsplit"] : [];
  const none: Value = { kind: "none" };
  return order.slice(positional.length).map((key) => keywords.get(key) ?? (key === "maxsplit" ? int(-1) : none));
}

function asItems(call: CallContext, value: Value): Value {
  const { machine: m, state } = call;
  const source = drained(m, state, m.restrict(value, state.assumptions));
  if (source !== value) return source;
  const contents = m.contents(state, value);
  return contents.kind === "dict" ? { kind: "list", items: iterationItems(m, state, contents) } : value;
}

function format(receiver: Value, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  if (args.open) return unknown("unsupported", "str.format() with arguments that are not known", site);
  const names = [...args.keywords.keys()];
  const inputs = [receiver, ...args.positional, ...args.keywords.values()];
  return m.pure(
    state,
    `str.format(${names.join(",")})`,
    inputs,
    ([template, ...values]) => {
      if (template?.kind !== "str") throw new PythonRaise("AttributeError", site);
      const positional = values.slice(0, values.length - names.length);
      const keywords = new Map(names.map((name, index) => [name, values[positional.length + index] as Value] as const));
      return braceFormat(template.value, positional, keywords);
    },
    { site },
  );
}

/** Case and class rules beyond ASCII differ between Unicode versions: only ASCII text is answered. */
function ascii(text: string, give: (text: string) => Value): Value | undefined {
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  return /^[\x00-\x7f]*$/.test(text) ? give(text) : undefined;
}

function stripped(text: string, [chars]: readonly Value[], left: boolean, right: boolean): Value | undefined {
  if (chars !== undefined && chars.kind !== "str" && chars.kind !== "none") throw new PythonRaise("TypeError");
  const set = chars?.kind === "str" ? chars.value.replace(/[\\\]^-]/g, "\\$&") : WHITESPACE;
  if (set === "") return str(text);
  let result = text;
  if (left) result = result.replace(new RegExp(`^[${set}]+`, "u"), "");
  if (right) result = result.replace(new RegExp(`[${set}]+$`, "u"), "");
  return str(result);
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

function affix([part, ...rest]: readonly Value[], test: (part: string) => boolean): Value | undefined {
  if (rest.length > 0 || part === undefined) return undefined;
  if (part.kind === "str") return bool(test(part.value));
  if (part.kind !== "tuple") throw new PythonRaise("TypeError");
  return bool(part.items.some((item) => item.value.kind === "str" && test(item.value.value)));
}

function replaced(text: string, [from, to, count]: readonly Value[]): Value | undefined {
  if (from?.kind !== "str" || to?.kind !== "str") throw new PythonRaise("TypeError");
  if (count !== undefined || from.value === "") return undefined;
  return str(text.replaceAll(from.value, () => to.value));
}

function split(text: string, [mark, most]: readonly Value[], fromRight: boolean): Value | undefined {
  const limit = most === undefined ? -1 : most.kind === "int" ? Number(most.value) : undefined;
  if (limit === undefined) throw new PythonRaise("TypeError");
  if (mark === undefined || mark.kind === "none") {
    if (limit >= 0) return undefined;
    const clean = trim(text);
    return list((clean === "" ? [] : clean.split(new RegExp(`[${WHITESPACE}]+`))).map(str));
  }
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

function lines(text: string): readonly string[] {
  const parts = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (parts[parts.length - 1] === "") parts.pop();
  return parts;
}

function partition(text: string, mark: Value | undefined, at: number): Value | undefined {
  if (mark?.kind !== "str" || mark.value === "") return undefined;
  if (at < 0) return tuple([str(text), str(""), str("")]);
  return tuple([str(text.slice(0, at)), mark, str(text.slice(at + mark.value.length))]);
}

function rpartition(text: string, mark: Value | undefined): Value | undefined {
  if (mark?.kind !== "str" || mark.value === "") return undefined;
  const at = text.lastIndexOf(mark.value);
  return at < 0 ? tuple([str(""), str(""), str(text)]) : partition(text, mark, at);
}

function find(text: string, args: readonly Value[], last: boolean): Value | undefined {
  const [part] = args;
  if (args.length !== 1 || part?.kind !== "str") return undefined;
  return ascii(text, (t) => int(last ? t.lastIndexOf(part.value) : t.indexOf(part.value)));
}

function found(at: Value | undefined): Value | undefined {
  if (at?.kind === "int" && at.value < 0n) throw new PythonRaise("ValueError");
  return at;
}

function zeroFilled(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}

function joined(separator: string, items: Value | undefined): Value | undefined {
  if (items?.kind === "str") return str([...items.value].join(separator));
  if (items?.kind !== "list" && items?.kind !== "tuple")
    return items?.kind === "set" && items.items.length < 2 ? joined(separator, { ...items, kind: "list" }) : undefined;
  if (certaintyOf(items) !== "concrete") return undefined;
  const texts = items.items.map((item) => {
    if (item.value.kind !== "str") throw new PythonRaise("TypeError");
    return item.value.value;
  });
  return str(texts.join(separator));
}
