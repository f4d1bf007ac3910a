import { argument, textArgument, type CallContext, type KnownCall } from "../call";
import { callValue, methodValue } from "../calls";
import { MAX_LOOP_ROUNDS } from "../budget";
import { sortItems } from "../containerMethods";
import { addEntry, codeKey } from "../displays";
import { walk } from "../expressions";
import { binary, mergeDicts, order, truthOf, unary } from "../operators";
import { PythonRaise } from "../raise";
import { isSequence, iterationItems, memberItems } from "../structures";
import { certaintyOf, keyOf } from "../symbolic";
import { parseFloatText, parseIntText, reprOf, strOf } from "../text";
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
  type DictValue,
  type Item,
  type Value,
} from "../value";
import { namespaceOf } from "./namespaces";

/** Python's built-in functions and types (Python docs, "Built-in Functions"). */
export const BUILTIN_CALLS: Readonly<Record<string, KnownCall>> = {
  "builtins.str": (call) =>
    call.args.positional.length === 0 ? str("") : one(call, "str", (value) => text(strOf(value))),
  "builtins.repr": (call) => one(call, "repr", (value) => text(reprOf(value))),
  "builtins.int": toInt,
  "builtins.float": (call) => (call.args.positional.length === 0 ? float(0) : one(call, "float", toFloat)),
  "builtins.bool": toBool,
  "builtins.len": (call) => one(call, "len", lengthOf),
  "builtins.abs": (call) =>
    one(call, "abs", (value) =>
      truthOf(value) !== undefined && order(value, int(0)) === -1 ? unary("-", value) : unary("+", value),
    ),
  "builtins.list": (call) => collect(call, "list"),
  "builtins.tuple": (call) => collect(call, "tuple"),
  "builtins.set": (call) => collect(call, "set"),
  "builtins.frozenset": (call) => collect(call, "frozenset"),
  "builtins.dict": toDict,
  "builtins.dict.fromkeys": fromKeys,
  "builtins.sorted": sorted,
  "builtins.reversed": (call) => known(call, "reversed", (items) => list(items.toReversed().map((item) => item.value))),
  "builtins.enumerate": enumerate,
  "builtins.zip": zip,
  "builtins.range": range,
  "builtins.map": (call) => mapped(call),
  "builtins.filter": filtered,
  "builtins.any": (call) => known(call, "any", (items) => some(items, true)),
  "builtins.all": (call) => known(call, "all", (items) => some(items, false)),
  "builtins.sum": (call) =>
    call.args.positional.length > 1
      ? undefined
      : known(call, "sum", (items) => items.reduce<Value>((total, item) => binary("+", total, item.value), int(0))),
  "builtins.min": (call) => extreme(call, -1),
  "builtins.max": (call) => extreme(call, 1),
  "builtins.getattr": getattr,
  "builtins.hasattr": () => undefined,
  "builtins.isinstance": isinstance,
  "builtins.print": () => NONE,
  "builtins.globals": namespaceOf,
  "builtins.locals": namespaceOf,
  "builtins.vars": (call) => (call.args.positional.length === 0 ? namespaceOf(call) : undefined),
};

/** Names that are bound in every module. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(BUILTIN_CALLS).map((name) => name.slice("builtins.".length)),
  ..."bytes bytearray complex object property staticmethod classmethod super type open iter next callable chr ord hex oct bin round divmod pow hash id input format slice exec eval compile setattr delattr dir __import__ memoryview ascii breakpoint help exit quit copyright __build_class__ __debug__ __spec__ __package__ __loader__ __path__ __builtins__ __cached__ __annotations__ NotImplemented Ellipsis BaseException Exception ArithmeticError AssertionError AttributeError BufferError EOFError FileExistsError FileNotFoundError FloatingPointError GeneratorExit ImportError ModuleNotFoundError IndexError InterruptedError IOError EnvironmentError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError NameError NotADirectoryError NotImplementedError OSError OverflowError PermissionError ProcessLookupError RecursionError ReferenceError RuntimeError StopIteration SyntaxError SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError Warning DeprecationWarning PendingDeprecationWarning UserWarning FutureWarning ImportWarning RuntimeWarning SyntaxWarning ResourceWarning ConnectionError ConnectionRefusedError ConnectionResetError BrokenPipeError ExceptionGroup BaseExceptionGroup".split(
    " ",
  ),
]);

function text(shown: string | undefined): Value {
  return shown === undefined ? unknown("unsupported", "the text of an object") : str(shown);
}

/** A function of exactly one argument. */
function one(call: CallContext, operation: string, compute: (value: Value) => Value): Value | undefined {
  const [value, ...rest] = call.args.positional;
  if (value === undefined || rest.length > 0 || call.args.keywords.size > 0 || call.args.open) return undefined;
  return call.machine.pure(call.state, operation, [value], ([given]) => compute(given as Value), { site: call.site });
}

function toInt(call: CallContext): Value | undefined {
  const base = argument(call.args, 1, "base");
  if (call.args.positional.length === 0) return int(0);
  if (base !== undefined && base.kind !== "int") return undefined;
  const [value] = call.args.positional;
  const radix = base === undefined ? 10 : Number(base.value);
  return call.machine.pure(
    call.state,
    "int",
    [value as Value],
    ([given]) => {
      switch (given?.kind) {
        case "int":
          return given;
        case "bool":
          return int(given.value ? 1 : 0);
        case "float":
          return Number.isFinite(given.value) ? int(Math.trunc(given.value)) : raise("ValueError");
        case "str":
          return int(parseIntText(given.value, radix));
        default:
          throw new PythonRaise("TypeError", call.site);
      }
    },
    { site: call.site },
  );
}

function raise(exception: string): never {
  throw new PythonRaise(exception);
}

function toFloat(value: Value): Value {
  switch (value.kind) {
    case "float":
      return value;
    case "int":
      return float(Number(value.value));
    case "bool":
      return float(value.value ? 1 : 0);
    case "str":
      return float(parseFloatText(value.value));
    default:
      throw new PythonRaise("TypeError");
  }
}

function toBool(call: CallContext): Value | undefined {
  const { machine: m, state, site } = call;
  const [value] = call.args.positional;
  if (value === undefined) return bool(false);
  const contents = m.freeze(state, value);
  if (contents.kind === "choice" || certaintyOf(contents) !== "symbolic") {
    return walk(m, state, m.decide(state, value, site, "bool(...)"), (_, holds) => bool(holds));
  }
  return m.pure(
    state,
    "bool",
    [value],
    ([given]) => {
      const truth = truthOf(given as Value);
      return truth === undefined ? unknown("unsupported", "truth of a value") : bool(truth);
    },
    { site },
  );
}

function lengthOf(value: Value): Value {
  if (value.kind === "str") return int([...value.value].length);
  if (value.kind === "bytes") return int(value.value.length);
  if (isSequence(value)) return int(value.items.length);
  if (value.kind === "dict") return int(value.entries.length);
  throw new PythonRaise("TypeError");
}

// -------------------------------------------------------------- collections

/** `list(x)` and its kin: the items keep their identity; items that the environment decides are spread. */
function collect(call: CallContext, kind: "list" | "tuple" | "set" | "frozenset"): Value | undefined {
  const { machine: m, state, args, site } = call;
  if (args.open || args.keywords.size > 0) return undefined;
  const [value] = args.positional;
  const make = (items: readonly Item[]): Value => {
    const result: Value = { kind, items };
    return kind === "list" || kind === "set" ? m.allocate(state, result, site.file) : result;
  };
  if (value === undefined) return make([]);
  return m.distribute(state, [value], ([leaf]) => {
    const contents = m.contents(state, leaf as Value);
    const items =
      contents.kind === "choice" ? [{ value: contents, spread: true, site }] : iterationItems(m, state, contents);
    if (kind === "set" || kind === "frozenset") {
      return m.pure(
        state,
        kind,
        [contents],
        ([given]) => ({ kind, items: uniqueItems(memberItems(m, state, given as Value)) }),
        { site, ...(kind === "set" ? { result: "set" as const } : {}) },
      );
    }
    return make(items);
  });
}

function uniqueItems(items: readonly Item[]): readonly Item[] {
  let keys: DictValue = { kind: "dict", entries: [] };
  for (const item of items) keys = addEntry(keys, item.value, item.value, item.site);
  return keys.entries.map((entry) => plainItem(entry.value, entry.site));
}

function toDict(call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  if (args.open) return unknown("unsupported", "a dict of which not all items are known", site);
  const [first] = args.positional;
  let result: DictValue | undefined = { kind: "dict", entries: [] };
  if (first !== undefined) result = dictOf(call, m.contents(state, first));
  if (result === undefined) return unknown("unsupported", "a dict that is not known", site);
  result = mergeDicts(result, dict([...args.keywords]));
  return m.allocate(state, result, site.file);
}

function fromKeys(call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const [keys, value = NONE] = args.positional;
  if (keys === undefined || args.open) return undefined;
  return m.distribute(state, [keys], ([leaf]) => {
    const contents = m.contents(state, leaf as Value);
    const items = contents.kind === "choice" ? undefined : iterationItems(m, state, contents);
    if (items === undefined || items.some((item) => item.spread || certaintyOf(item.value) !== "concrete"))
      return unknown("unsupported", "a dict whose keys are not known", site);
    let result: DictValue = { kind: "dict", entries: [] };
    for (const item of items) result = addEntry(result, item.value, value, item.site);
    return m.allocate(state, result, site.file);
  });
}

/** A dict from another, or from pairs. */
function dictOf(call: CallContext, contents: Value): DictValue | undefined {
  const { machine: m, state } = call;
  if (contents.kind === "dict") return contents;
  if (!isSequence(contents) || contents.items.some((item) => item.spread)) return undefined;
  let result: DictValue = { kind: "dict", entries: [] };
  for (const item of contents.items) {
    const pair = iterationItems(m, state, item.value);
    const [key, value] = pair;
    if (key === undefined || value === undefined || pair.length !== 2 || key.spread || value.spread) return undefined;
    result = addEntry(result, key.value, value.value, item.site);
  }
  return result;
}

/** A function of one iterable all of whose items are known and concrete. */
function known(call: CallContext, operation: string, compute: (items: readonly Item[]) => Value): Value | undefined {
  const { machine: m, state, site } = call;
  const [value] = call.args.positional;
  if (value === undefined) return undefined;
  return m.pure(state, operation, [value], ([given]) => compute(memberItems(m, state, given as Value)), { site });
}

function sorted(call: CallContext): Value | undefined {
  const reverse = argument(call.args, -1, "reverse");
  if (call.args.keywords.has("key") || (reverse !== undefined && reverse.kind !== "bool")) return undefined;
  const isReversed = reverse?.kind === "bool" && reverse.value;
  return known(call, isReversed ? "sorted descending" : "sorted", (items) => {
    const result = sortItems(items);
    if (result === undefined) return unknown("unsupported", "an order that is not certain");
    return { kind: "list", items: isReversed ? result.toReversed() : result };
  });
}

/** The items of an iterable where all are known to be there, whatever their values. */
function countedItems(call: CallContext, value: Value): readonly Item[] | undefined {
  const contents = call.machine.contents(call.state, value);
  if (contents.kind === "choice") return undefined;
  const items = iterationItems(call.machine, call.state, contents);
  return items.some((item) => item.spread) || items.length > MAX_LOOP_ROUNDS ? undefined : items;
}

function enumerate(call: CallContext): Value | undefined {
  const start = argument(call.args, 1, "start");
  const items = countedItems(call, call.args.positional[0] ?? list([]));
  if (items === undefined || (start !== undefined && start.kind !== "int")) return undefined;
  const first = start === undefined ? 0n : start.value;
  return call.machine.allocate(
    call.state,
    list(items.map((item, index) => tuple([int(first + BigInt(index)), item.value]))),
    call.site.file,
  );
}

function zip(call: CallContext): Value | undefined {
  const columns = call.args.positional.map((value) => countedItems(call, value));
  if (columns.includes(undefined) || columns.length === 0) return undefined;
  const size = Math.min(...columns.map((column) => column?.length ?? 0));
  const rows = Array.from({ length: size }, (_, row) => tuple(columns.map((column) => column?.[row]?.value as Value)));
  return call.machine.allocate(call.state, list(rows), call.site.file);
}

function range(call: CallContext): Value | undefined {
  const numbers = call.args.positional.map((value) => (value.kind === "int" ? Number(value.value) : undefined));
  if (numbers.includes(undefined)) return undefined;
  const [a = 0, b, c = 1] = numbers as number[];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (c === 0) throw new PythonRaise("ValueError", call.site);
  const size = Math.max(Math.ceil((to - from) / c), 0);
  if (size > MAX_LOOP_ROUNDS) return undefined;
  return { ...tuple(Array.from({ length: size }, (_, index) => int(from + index * c))), kind: "list" };
}

function mapped(call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const [callee, source, ...rest] = args.positional;
  if (callee === undefined || source === undefined || rest.length > 0) return undefined;
  const apply = (value: Value, at = state): Value =>
    callValue(callee, {
      ...call,
      state: at,
      args: { positional: [value], keywords: new Map(), open: false },
      node: undefined,
    });
  const items = countedItems(call, source);
  if (items !== undefined)
    return m.allocate(
      state,
      { kind: "list", items: items.map((item) => ({ ...item, value: apply(item.value) })) },
      site.file,
    );
  const scratch = state.fork();
  return m.pure(
    state,
    `map ${calleeKey(call, callee)}`,
    [source],
    ([given]) => ({
      kind: "list",
      items: iterationItems(m, scratch, given as Value).map((item) => ({
        ...item,
        value: m.freeze(scratch, apply(item.value, scratch.fork())),
      })),
    }),
    { site, result: "list" },
  );
}

/** A text that is equal for callables that do the same. */
function calleeKey({ machine: m, state, frame }: CallContext, callee: Value): string {
  if (callee.kind !== "function" || callee.definition.kind !== "Lambda") return keyOf(callee);
  const { file, scopes, definition } = callee;
  return codeKey(m, state, { ...frame, file, scopes, redirected: new Map() }, definition);
}

function filtered(call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const [callee, source] = args.positional;
  if (callee === undefined || source === undefined) return undefined;
  const scratch = state.fork();
  const keeps = (value: Value): boolean | undefined => {
    const answer =
      callee.kind === "none"
        ? value
        : callValue(callee, {
            ...call,
            state: scratch.fork(),
            args: { positional: [value], keywords: new Map(), open: false },
            node: undefined,
          });
    return truthOf(answer);
  };
  return m.pure(
    state,
    `filter ${calleeKey(call, callee)}`,
    [source],
    ([given]) => {
      const items = iterationItems(m, scratch, given as Value);
      const kept = items.map((item) => keeps(item.value));
      if (kept.includes(undefined)) return unknown("unsupported", "filter()", site);
      return { kind: "list", items: items.filter((_, index) => kept[index] === true) };
    },
    { site, result: "list" },
  );
}

/** `any` (`wanted` true) and `all` (`wanted` false). */
function some(items: readonly Item[], wanted: boolean): Value {
  const truths = items.map((item) => truthOf(item.value));
  if (truths.includes(undefined)) return unknown("unsupported", "truth of an item");
  return bool(truths.includes(wanted) === wanted);
}

function extreme(call: CallContext, sign: number): Value | undefined {
  const { machine: m, state, args, site } = call;
  if (args.keywords.size > 0 || args.open) return undefined;
  const source = args.positional.length === 1 ? (args.positional[0] as Value) : tuple(args.positional);
  return m.pure(
    state,
    sign < 0 ? "min" : "max",
    [source],
    ([given]) => {
      const values = memberItems(m, state, given as Value).map((item) => item.value);
      const [first, ...rest] = values;
      if (first === undefined) throw new PythonRaise("ValueError", site);
      let best = first;
      for (const value of rest) {
        const difference = order(value, best);
        if (difference === undefined) return unknown("unsupported", "an order that is not certain");
        if (Math.sign(difference) === sign) best = value;
      }
      return best;
    },
    { site },
  );
}

// ---------------------------------------------------------------- reflection

function getattr(call: CallContext): Value | undefined {
  const { machine: m, state, frame, site } = call;
  const [object] = call.args.positional;
  const name = textArgument(call, 1);
  if (object === undefined || name === undefined) return undefined;
  if (call.args.positional.length > 2 && object.kind !== "module") return undefined;
  return methodValue(m, state, frame, object, name, site);
}

function isinstance(call: CallContext): Value | undefined {
  const [value, type] = call.args.positional;
  if (value === undefined || type === undefined) return undefined;
  const { machine: m, state } = call;
  const types = type.kind === "tuple" ? type.items.map((item) => item.value) : [type];
  const names = types.map((item) =>
    item.kind === "external" && item.name.startsWith("builtins.") ? item.name.slice("builtins.".length) : undefined,
  );
  if (names.includes(undefined)) return undefined;
  return m.pure(
    state,
    `isinstance ${names.join(",")}`,
    [value],
    ([given]) => {
      const kind = given?.kind as string;
      return bool(names.includes(kind) || (kind === "bool" && names.includes("int")) || names.includes("object"));
    },
    { site: call.site },
  );
}
