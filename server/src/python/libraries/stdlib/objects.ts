import { table } from "../../../base/table";
import { textArgument, type CallContext, type KnownCall, type Model } from "../../program/call";
import { findEntry } from "../../semantics/operators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { iterationItems } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { strOf } from "../../semantics/text";
import { dict, float, freshId, int, str, unknown, type ReferenceValue, type Value } from "../../values/value";
import { COLLECTION_CALLS } from "../builtins/collections";
import { lazily } from "../builtins/iterables";
import { literalEval } from "./ast";
import { putEntry } from "../../values/dicts";

/** Functions and objects of the standard library that settings are computed with (Python docs). */
export const STANDARD_OBJECT_CALLS: Readonly<Record<string, KnownCall>> = table({
  "functools.partial": partial,
  "itertools.chain": (call) => chain(call, call.args.positional, () => call.args.positional),
  "itertools.chain.from_iterable": (call) => {
    const [given] = call.args.positional;
    if (given === undefined) return undefined;
    const parts = ({ machine: m, state }: CallContext): readonly Value[] =>
      iterationItems(m, state, m.restrict(given, state.assumptions)).map((item) =>
        item.spread ? unknown("unsupported", "chain() of something not known", call.site) : item.value,
      );
    return given.kind === "model" ? undefined : chain(call, [given, ...parts(call)], parts);
  },
  "collections.OrderedDict": (call) => COLLECTION_CALLS["builtins.dict"]?.(call),
  "ast.literal_eval": (call) => {
    const [text, ...rest] = call.args.positional;
    if (text === undefined || rest.length > 0) return undefined;
    const compute = ([given]: readonly Value[]): Value =>
      given?.kind === "str" ? literalEval(given.value) : unknown("unsupported", "ast.literal_eval()");
    return pure(call.machine, call.state, "ast.literal_eval", [text], compute, { site: call.site });
  },
  "string.Template": template,
  "types.SimpleNamespace": namespace,
});

/** Constants of the standard library. */
export const STANDARD_VALUES: Readonly<Record<string, Value>> = table({
  "logging.CRITICAL": int(50),
  "logging.FATAL": int(50),
  "logging.ERROR": int(40),
  "logging.WARNING": int(30),
  "logging.WARN": int(30),
  "logging.INFO": int(20),
  "logging.DEBUG": int(10),
  "logging.NOTSET": int(0),
  "string.ascii_lowercase": str("abcdefghijklmnopqrstuvwxyz"),
  "string.ascii_uppercase": str("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  "string.ascii_letters": str("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  "string.digits": str("0123456789"),
  "string.hexdigits": str("0123456789abcdefABCDEF"),
  "string.punctuation": str("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
});

/** `partial(function, *args, **kwargs)`: called with what it is given then. */
function partial(call: CallContext): Value | undefined {
  const [callee, ...given] = call.args.positional;
  if (callee === undefined || call.args.open) return undefined;
  const model: Model = {
    isTrue: true,
    key: `${freshId()}`,
    call: (inner) => {
      const { positional, keywords, open } = inner.args;
      const args = {
        positional: [...given, ...positional],
        keywords: new Map([...call.args.keywords, ...keywords]),
        open,
      };
      return call.machine.call(callee, { ...inner, args, node: undefined });
    },
  };
  return { kind: "model", name: "functools.partial", model };
}

/** One iterable after the other. `values` are those that are there now, `parts` gives them when they are asked for. */
function chain(
  call: CallContext,
  values: readonly Value[],
  parts: (later: CallContext) => readonly Value[],
): Value | undefined {
  const { machine: m } = call;
  if (call.args.open) return undefined;
  return lazily(call, values, undefined, (later) => ({
    kind: "list",
    items: parts(later).flatMap((part) => iterationItems(m, later.state, m.restrict(part, later.state.assumptions))),
  }));
}

/** `Template(text)`: `$name` and `${name}` are replaced. */
function template(call: CallContext): Value | undefined {
  const text = textArgument(call, 0, "template");
  if (text === undefined || call.args.positional.length > 1) return undefined;
  const model: Model = {
    isTrue: true,
    key: `${freshId()}`,
    method: (name, inner) =>
      name === "substitute" || name === "safe_substitute" ? substitute(text, name === "substitute", inner) : undefined,
  };
  return { kind: "model", name: "string.Template", model };
}

function substitute(text: string, isStrict: boolean, call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const given = new Map<string, Value>();
  const [mapping] = args.positional;
  const contents = mapping === undefined ? undefined : m.contents(state, mapping);
  if (args.open || args.positional.length > 1 || (contents !== undefined && contents.kind !== "dict")) return undefined;
  for (const { key, value } of contents?.entries ?? []) {
    if (key?.kind !== "str") return undefined;
    given.set(key.value, value);
  }
  for (const [name, value] of args.keywords) given.set(name, value);
  const names = [...given.keys()];
  const compute = (values: readonly Value[]): Value => {
    const texts = new Map(names.map((name, index) => [name, strOf(values[index] as Value)] as const));
    return filled(text, texts, isStrict);
  };
  return pure(m, state, `Template ${JSON.stringify([text, names, isStrict])}`, [...given.values()], compute, { site });
}

function filled(text: string, texts: ReadonlyMap<string, string | undefined>, isStrict: boolean): Value {
  let isKnown = true;
  const result = text.replace(/\$(?:(\$)|([_a-zA-Z]\w*)|\{([_a-zA-Z]\w*)\}|)/g, (written, twice, name, braced) => {
    if (twice !== undefined) return "$";
    const wanted = (name ?? braced) as string | undefined;
    if (wanted !== undefined && texts.has(wanted)) {
      isKnown &&= texts.get(wanted) !== undefined;
      return texts.get(wanted) ?? "";
    }
    if (isStrict) throw new PythonRaise(wanted === undefined ? "ValueError" : "KeyError");
    return written;
  });
  // Python takes letters of other scripts without regard to case; none of them is looked for here.
  return isKnown && !/[^\u0000-\u007f]/.test(text) ? str(result) : unknown("unsupported", "a template");
}

/** `SimpleNamespace(**names)`: an object with these attributes, which stand on the heap. */
function namespace(call: CallContext): Value | undefined {
  const { args, machine: m, state, site } = call;
  if (args.open || args.positional.length > 0) return undefined;
  const names = m.allocate(state, dict([...args.keywords]), site.file) as ReferenceValue;
  const model: Model = {
    isTrue: true,
    key: `${names.id}`,
    attribute: (name, inner) =>
      inner.machine.distribute(inner.state, [inner.machine.contents(inner.state, names)], ([held]) => {
        const found = held?.kind === "dict" ? findEntry(held, str(name)) : undefined;
        return found ?? unknown("unsupported", `attribute ${name} of a namespace`, inner.site);
      }),
    assignAttribute: (name, value, inner) => {
      inner.machine.updateObject(inner.state, names.id, (object) => ({
        ...object,
        contents:
          object.contents.kind === "dict"
            ? putEntry(object.contents, { key: str(name), value, site: undefined, valueSite: undefined })
            : unknown("unsupported", "the attributes of a namespace", inner.site),
      }));
    },
  };
  return { kind: "model", name: "types.SimpleNamespace", model };
}

/**
 * Names and calls that are what they are called: constants, classes with small letters, functions that make an object of what
 * they are given, and those that make a new secret at each start (Python docs).
 */
export const STANDARD_CONSTRUCTORS: readonly string[] = [
  ...["datetime.UTC", "datetime.timezone.utc", "ssl.CERT_NONE", "ssl.CERT_OPTIONAL", "ssl.CERT_REQUIRED"],
  ...["sys.stderr", "sys.stdout"],
  ...["re.A", "re.ASCII", "re.I", "re.IGNORECASE", "re.M", "re.MULTILINE", "re.S", "re.U", "re.VERBOSE", "re.X"],
  ...["secrets.token_bytes", "secrets.token_hex", "secrets.token_urlsafe", "uuid.uuid1", "uuid.uuid4"],
  ...["datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone"],
  ...["builtins.object", "builtins.range", "builtins.slice", "collections.defaultdict", "collections.deque"],
  ...["operator.attrgetter", "operator.itemgetter", "re.compile"],
];

const UNITS: Readonly<Record<string, number>> = table({
  weeks: 604_800_000_000,
  days: 86_400_000_000,
  hours: 3_600_000_000,
  minutes: 60_000_000,
  seconds: 1_000_000,
  milliseconds: 1000,
  microseconds: 1,
});
const POSITIONS = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

/** `timedelta(...).total_seconds()` for whole numbers; `undefined` for methods of other objects. */
export function opaqueMethod(receiver: Value, name: string, call: CallContext): Value | undefined {
  if (
    receiver.kind !== "opaque" ||
    receiver.callee !== "datetime.timedelta" ||
    name !== "total_seconds" ||
    call.args.positional.length > 0
  )
    return undefined;
  const given = [
    ...receiver.args.map((value, index) => [POSITIONS[index] ?? "", value] as const),
    ...receiver.keywords,
  ];
  if (given.some(([unit, value]) => !(unit in UNITS) || certaintyOf(value) === "unknown")) return undefined;
  const compute = (values: readonly Value[]): Value => {
    let total = 0;
    for (const [index, value] of values.entries()) {
      if (value.kind !== "int") return unknown("unsupported", "a duration that is no whole number");
      total += Number(value.value) * (UNITS[given[index]?.[0] ?? ""] ?? 0);
    }
    return Number.isSafeInteger(total) ? float(total / 1_000_000) : unknown("unsupported", "a very long duration");
  };
  const operation = `timedelta ${given.map(([unit]) => unit).join(" ")}`;
  return pure(
    call.machine,
    call.state,
    operation,
    given.map(([, value]) => value),
    compute,
    { site: call.site },
  );
}
