import { table } from "../../../base/table";
import { argument, type CallContext, type KnownCall, type Model } from "../../program/call";
import type { Machine } from "../../program/machine";
import { normalizePath } from "../../../base/path";
import { fileBehind, fromFile } from "../../interpreter/sourceText";
import { placed, placedAs } from "../../values/dataPlaces";
import { PythonRaise } from "../../values/raise";
import type { State } from "../../program/state";
import { parseFloatText, parseIntText } from "../../semantics/text";
import { certaintyOf } from "../../values/symbolic";
import {
  bool,
  dict,
  float,
  int,
  list,
  NONE,
  plainItem,
  str,
  tuple,
  unknown,
  type Item,
  type ReferenceValue,
  type StrValue,
  type Value,
} from "../../values/value";
import { fileText, restOfFile } from "./files";
import { DEFAULT_SECTION, interpolate, parseIni } from "./iniText";
import { booleanWords } from "../variables";

/**
 * `configparser` (Python docs): a parser with the default options, and what it reads from files of the workspace. What
 * has been read stands on the heap as a dict of dicts, since it differs between worlds.
 */
export const CONFIG_PARSER_CALLS: Readonly<Record<string, KnownCall>> = table({
  "configparser.ConfigParser": (call) => newParser(call, "basic"),
  "configparser.SafeConfigParser": (call) => newParser(call, "basic"),
  "configparser.RawConfigParser": (call) => newParser(call, "none"),
});

type Interpolation = "basic" | "none";

interface Parser {
  readonly data: ReferenceValue;
  /** Whether names of options keep their case: after `parser.optionxform = str`. */
  readonly keepsCase: ReferenceValue;
  readonly interpolation: Interpolation;
}

function newParser(call: CallContext, usual: Interpolation): Value | undefined {
  const { args, machine: m, state, site } = call;
  const interpolation = args.keywords.get("interpolation");
  const others = [...args.keywords.keys()].filter((name) => name !== "interpolation");
  if (args.open || args.positional.length > 0 || others.length > 0) return undefined;
  if (interpolation !== undefined && interpolation.kind !== "none") return undefined;
  const data = m.allocate(state, { kind: "dict", entries: [] }, site.file) as ReferenceValue;
  const keepsCase = m.allocate(state, bool(false), site.file) as ReferenceValue;
  const parser: Parser = { data, keepsCase, interpolation: interpolation === undefined ? usual : "none" };
  return { kind: "model", name: `configparser.ConfigParser#${data.id}`, model: parserModel(parser) };
}

function parserModel(parser: Parser): Model {
  return {
    method: (name, call) => {
      const method = METHODS[name];
      if (method !== undefined) return method(parser, call);
      // What is left changes the contents, or may.
      invalidate(parser, call);
      return CHANGES.has(name) ? NONE : undefined;
    },
    assignItem: (_key, _value, call) => {
      invalidate(parser, call);
      return true;
    },
    assignAttribute: (name, value, call) => {
      const isKept = name === "optionxform" && value.kind === "external" && value.name === "builtins.str";
      if (!isKept || held(parser, call.machine, call.state)?.sections.size !== 0) return invalidate(parser, call);
      call.machine.updateObject(call.state, parser.keepsCase.id, (object) => ({ ...object, contents: bool(true) }));
    },
    subscript: (key, call) =>
      query(parser, [key], call, (data, [section]) => {
        if (!hasSection(data, section)) throw new PythonRaise("KeyError", call.site);
        return proxy(parser, section as string);
      }),
    contains: (item, call) => query(parser, [item], call, (data, [section]) => bool(hasSection(data, section))),
    items: (m, state) => {
      const data = held(parser, m, state);
      return data === undefined ? undefined : [DEFAULT_SECTION, ...sectionNames(data)].map(itemOf);
    },
  };
}

const CHANGES = new Set(["set", "add_section", "read_dict", "clear", "update"]);

type Method = (parser: Parser, call: CallContext) => Value | undefined;

const METHODS: Readonly<Record<string, Method>> = table({
  read: readPaths,
  read_string: (parser, call) => readText(parser, call.args.positional[0] ?? NONE, call),
  read_file: (parser, call) => readText(parser, restOfFile(call.args.positional[0] ?? NONE, call) ?? NONE, call),
  get: (parser, call) => read(parser, call, asIs),
  getint: (parser, call) => read(parser, call, (text) => int(parseIntText(text))),
  getfloat: (parser, call) => read(parser, call, (text) => float(parseFloatText(text))),
  getboolean: (parser, call) => read(parser, call, booleanText),
  has_section: (parser, call) =>
    query(parser, call.args.positional, call, (data, [name]) =>
      bool(name !== DEFAULT_SECTION && hasSection(data, name)),
    ),
  has_option: (parser, call) =>
    query(parser, call.args.positional, call, (data, [section, option]) =>
      bool(hasSection(data, section) && optionText(data, section as string, option ?? "") !== undefined),
    ),
  sections: (parser, call) => query(parser, [], call, (data) => newList(sectionNames(data).map(str), call)),
  options: (parser, call) =>
    query(parser, call.args.positional, call, (data, [section]) => {
      if (section === DEFAULT_SECTION || !hasSection(data, section)) throw new PythonRaise("NoSectionError", call.site);
      return newList(sectionOptions(data, section as string).map(str), call);
    }),
  items: (parser, call) =>
    call.args.positional.length !== 1
      ? undefined
      : query(parser, call.args.positional, call, (data, [section]) => {
          const names = [...optionsOf(data, section, call).keys()];
          return newList(
            names.map((name) => tuple([str(name), valueOf(parser, data, section as string, name)])),
            call,
          );
        }),
});

const asIs = str;
const WORDS = { yes: new Set(["1", "yes", "true", "on"]), no: new Set(["0", "no", "false", "off"]) };
const booleanText = booleanWords(WORDS, undefined, (text) => text.toLowerCase());

function newList(values: readonly Value[], call: CallContext): Value {
  return call.machine.allocate(call.state, list(values), call.site.file);
}

function itemOf(name: string): Item {
  return plainItem(str(name));
}

// ------------------------------------------------------------------- reading

/** `read(paths)`: files that are not there are left out without a word. */
function readPaths(parser: Parser, call: CallContext): Value | undefined {
  const { machine: m, state } = call;
  const given = argument(call.args, 0, "filenames");
  const contents = given === undefined ? undefined : m.freeze(state, given);
  if (contents === undefined || call.args.open) return undefined;
  const paths = contents.kind === "list" || contents.kind === "tuple" ? contents.items : [plainItem(contents)];
  for (const { value, spread } of paths) {
    const path = !spread && (value.kind === "str" || value.kind === "path") ? value.value : "";
    const found = path === "" ? undefined : fileText(path, call);
    if (found?.kind === "absent") continue;
    if (found?.kind !== "text") invalidate(parser, call);
    else readText(parser, fromFile(str(found.text), normalizePath(path)), call);
  }
  return unknown("file", "which files were read", call.site);
}

function invalidate(parser: Parser, call: CallContext): void {
  const contents = unknown("file", "the contents of a file", call.site);
  call.machine.updateObject(call.state, parser.data.id, (object) => ({ ...object, contents }));
}

function readText(parser: Parser, text: Value, call: CallContext): Value {
  const { machine: m, state } = call;
  const before = held(parser, m, state);
  if (text.kind !== "str" || before === undefined) {
    invalidate(parser, call);
    return NONE;
  }
  const file = fileBehind(text);
  const data = new Map([...before.sections].map(([name, options]) => [name, new Map(options)]));
  for (const [name, options] of parseIni(text.value, before.keepsCase)) {
    const known = data.get(name) ?? new Map<string, StrValue>();
    for (const [option, value] of options)
      known.set(option, file ? placed(str(value), { file, keys: [name, option], format: "ini" }) : str(value));
    data.set(name, known);
  }
  const contents = dict([...data].map(([name, options]) => [name, dict([...options])]));
  m.updateObject(state, parser.data.id, (object) => ({ ...object, contents }));
  return NONE;
}

/** Sections with their options, and whether names of options are compared as they are. */
interface Ini {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, StrValue>>;
  readonly keepsCase: boolean;
}

/** What has been read; `undefined` where that is not known. */
function held(parser: Parser, m: Machine, state: State): Ini | undefined {
  return iniOf(m.freeze(state, parser.data), m.contents(state, parser.keepsCase));
}

function iniOf(value: Value, keepsCase: Value): Ini | undefined {
  if (value.kind !== "dict" || certaintyOf(value) !== "concrete" || keepsCase.kind !== "bool") return undefined;
  const sections = new Map(value.entries.map((section) => [textOf(section.key), optionsIn(section.value)]));
  return { sections, keepsCase: keepsCase.value };
}

function optionsIn(value: Value): ReadonlyMap<string, StrValue> {
  const entries = value.kind === "dict" ? value.entries : [];
  return new Map(entries.flatMap((entry) => (entry.value.kind === "str" ? [[textOf(entry.key), entry.value]] : [])));
}

function textOf(value: Value | undefined): string {
  return value?.kind === "str" ? value.value : "";
}

// ------------------------------------------------------------------- queries

/** A question about what has been read, with names of sections and options; unknown where either is not known. */
function query(
  parser: Parser,
  names: readonly Value[],
  call: CallContext,
  answer: (data: Ini, names: readonly string[]) => Value,
): Value {
  const { machine: m, state, site } = call;
  const contents = m.contents(state, parser.data);
  return m.distribute(state, [contents, ...names], ([contained, ...given]) => {
    const ini = iniOf(m.freeze(state, contained as Value), m.contents(state, parser.keepsCase));
    const texts = given.map((name) => (name.kind === "str" ? name.value : undefined));
    if (ini === undefined || texts.includes(undefined)) {
      m.raising.noteMayRaise(state, site);
      return unknown("file", "what a configuration file says", site);
    }
    return answer(ini, texts as string[]);
  });
}

function sectionNames(data: Ini): readonly string[] {
  return [...data.sections.keys()].filter((name) => name !== DEFAULT_SECTION);
}

function hasSection(data: Ini, name: string | undefined): boolean {
  return name === DEFAULT_SECTION || (name !== undefined && data.sections.has(name));
}

/** The options of a section and the defaults, in the order in which Python gives them. */
function optionsOf(data: Ini, section: string | undefined, call: CallContext): ReadonlyMap<string, StrValue> {
  if (!hasSection(data, section)) throw new PythonRaise("NoSectionError", call.site);
  const own = data.sections.get(section as string) ?? new Map<string, StrValue>();
  return new Map([...(data.sections.get(DEFAULT_SECTION) ?? []), ...own]);
}

function optionText(data: Ini, section: string, option: string): StrValue | undefined {
  const name = data.keepsCase ? option : option.toLowerCase();
  return data.sections.get(section)?.get(name) ?? data.sections.get(DEFAULT_SECTION)?.get(name);
}

function valueOf(parser: Parser, data: Ini, section: string, option: string): StrValue {
  const text = optionText(data, section, option) ?? str("");
  if (parser.interpolation === "none") return text;
  return placedAs(str(interpolate(text.value, (name) => optionText(data, section, name)?.value)), text);
}

/** What is made of an option's text stands where the option does. */
function converted(text: StrValue, convert: (text: string) => Value): Value {
  return placedAs(convert(text.value), text);
}

/** `get(section, option, *, fallback)` and its kin: the fallback comes back as it is. */
function read(parser: Parser, call: CallContext, convert: (text: string) => Value): Value | undefined {
  const section = argument(call.args, 0, "section");
  const option = argument(call.args, 1, "option");
  const fallback = call.args.keywords.get("fallback");
  const others = [...call.args.keywords.keys()].filter((name) => !/^(section|option|fallback)$/.test(name));
  if (section === undefined || option === undefined || call.args.open || others.length > 0) return undefined;
  return query(parser, [section, option], call, (data, [from, name]) => {
    if (!hasSection(data, from) && fallback === undefined) throw new PythonRaise("NoSectionError", call.site);
    if (optionText(data, from as string, name as string) !== undefined)
      return converted(valueOf(parser, data, from as string, name as string), convert);
    if (fallback === undefined) throw new PythonRaise("NoOptionError", call.site);
    return fallback;
  });
}

// ------------------------------------------------------------------ sections

const PROXY_READERS: Readonly<Record<string, (text: string) => Value>> = table({
  get: asIs,
  getint: (text) => int(parseIntText(text)),
  getfloat: (text) => float(parseFloatText(text)),
  getboolean: booleanText,
});

/** `parser["section"]`. */
function proxy(parser: Parser, section: string): Value {
  const model: Model = {
    subscript: (key, call) =>
      query(parser, [key], call, (data, [option]) => {
        if (optionText(data, section, option as string) === undefined) throw new PythonRaise("KeyError", call.site);
        return valueOf(parser, data, section, option as string);
      }),
    contains: (item, call) =>
      query(parser, [item], call, (data, [option]) => bool(optionText(data, section, option as string) !== undefined)),
    method: (name, call) => proxyMethod(parser, section, name, call),
    assignItem: (_key, _value, call) => {
      invalidate(parser, call);
      return true;
    },
    deleteItem: (_key, call) => invalidate(parser, call),
    items: (m, state) => {
      const data = held(parser, m, state);
      return data === undefined ? undefined : [...sectionOptions(data, section)].map(itemOf);
    },
    mapping: (m, state) => {
      const data = held(parser, m, state);
      if (data === undefined) return undefined;
      return dict(sectionOptions(data, section).map((name) => [name, valueOf(parser, data, section, name)]));
    },
  };
  return { kind: "model", name: `configparser.ConfigParser#${parser.data.id}[${section}]`, model };
}

function sectionOptions(data: Ini, section: string): readonly string[] {
  return [
    ...new Set([...(data.sections.get(section)?.keys() ?? []), ...(data.sections.get(DEFAULT_SECTION)?.keys() ?? [])]),
  ];
}

function proxyMethod(parser: Parser, section: string, name: string, call: CallContext): Value | undefined {
  const convert = PROXY_READERS[name];
  if (convert === undefined) {
    if (name === "keys")
      return query(parser, [], call, (data) => newList(sectionOptions(data, section).map(str), call));
    if (name !== "items" || call.args.positional.length > 0) {
      invalidate(parser, call);
      return undefined;
    }
    return query(parser, [], call, (data) =>
      newList(
        sectionOptions(data, section).map((option) => tuple([str(option), valueOf(parser, data, section, option)])),
        call,
      ),
    );
  }
  const option = argument(call.args, 0, "option");
  const fallback = argument(call.args, 1, "fallback") ?? NONE;
  if (option === undefined || call.args.open) return undefined;
  return query(parser, [option], call, (data, [text]) =>
    optionText(data, section, text as string) === undefined
      ? fallback
      : converted(valueOf(parser, data, section, text as string), convert),
  );
}
