import { noteUnrepeatable } from "../../values/recording";
import { table } from "../../../base/table";
import { argument, textArgument, type CallContext, type KnownCall, type Model } from "../../program/call";
import { addEntry } from "../../values/dicts";
import { READING } from "../../program/effects";
import { findEntry } from "../../semantics/operators";
import { PythonRaise } from "../../values/raise";
import { invalidateEnvironment } from "../../program/state";
import { bool, NONE, str, unknown, UNSET, type DictValue, type ReferenceValue, type Value } from "../../values/value";
import type { NamedObject } from "../library";
import { forEachName, presenceOf, readVariable, setDefaultVariable, type VariableRead } from "../variables";

/** `os.environ`, `os.getenv` and their methods (Python docs, "os.environ"). */
const OS: Pick<VariableRead, "library" | "cast" | "convert" | "missing"> = {
  library: "os",
  cast: "str",
  convert: str,
  missing: "KeyError",
};

const getenv: KnownCall = (call) => forEachName(call, getenvOf);

const getenvOf: KnownCall = (call) => {
  const variable = textArgument(call, 0, "key");
  if (variable === undefined) return unknown("environment", "a variable whose name is computed", call.site);
  return readVariable({ ...OS, variable, fallback: argument(call.args, 1, "default") ?? NONE }, call);
};

const setdefault: KnownCall = (call) => {
  const variable = textArgument(call, 0, "key");
  const [, value] = call.args.positional;
  if (variable === undefined || value === undefined) return undefined;
  setDefaultVariable(variable, value, call);
  return readVariable({ ...OS, variable, fallback: undefined }, call);
};

const pop: KnownCall = (call) => {
  const variable = textArgument(call, 0);
  if (variable === undefined) return undefined;
  const value = readVariable({ ...OS, variable, fallback: call.args.positional[1] }, call);
  call.state.environ.set(variable, NONE);
  return value;
};

const update: KnownCall = (call) => {
  for (const value of call.args.positional) {
    const contents = call.machine.freeze(call.state, value);
    if (contents.kind !== "dict") return undefined;
    for (const entry of contents.entries) if (entry.key !== undefined) assignEnviron(entry.key, entry.value, call);
  }
  for (const [key, value] of call.args.keywords) assignEnviron(str(key), value, call);
  return NONE;
};

export const ENVIRON_CALLS: Readonly<Record<string, KnownCall>> = table({
  "os.getenv": getenv,
  "os.environ.get": getenv,
  "os.environ.setdefault": setdefault,
  "os.environ.pop": pop,
  "os.environ.update": update,
  "os.environ.copy": copied,
  "os.putenv": () => NONE,
});

/**
 * `os.environ.copy()` and `dict(os.environ)`: the variables as they are now, and what the copy is given afterwards. Once the
 * program has set variables of its own, what the copy has of the others is not known.
 */
function copied(call: CallContext): Value {
  const { machine: m, state, site } = call;
  // Its identity, which no other run has, says which environment it was.
  noteUnrepeatable();
  const own = m.allocate(state, { kind: "dict", entries: [] }, site.file) as ReferenceValue;
  const before = state.environ.fork();
  const lose = (inner: CallContext): void =>
    m.updateObject(inner.state, own.id, (object) => ({
      ...object,
      contents: unknown("environment", CHANGED_COPY, site),
    }));
  /** What the copy was given under a key (`found`), else what `ask` says of the environment. */
  const read = (key: Value, inner: CallContext, found: (value: Value) => Value, ask: () => Value): Value => {
    const given = m.contents(inner.state, own);
    if (given.kind !== "dict" || key.kind !== "str" || given.entries.some((entry) => entry.key === undefined))
      return unknown("environment", CHANGED_COPY, inner.site);
    const value = findEntry(given, key);
    if (value !== undefined) return found(value);
    return inner.state.environ.isSame(before) ? ask() : unknown("environment", CHANGED_COPY, inner.site);
  };
  const itself = (value: Value): Value => value;
  const model: Model = {
    key: `${own.id}`,
    subscript: (key, inner) => read(key, inner, itself, () => environSubscript(key, inner)),
    contains: (key, inner) =>
      read(
        key,
        inner,
        () => bool(true),
        () => environContains(key, inner),
      ),
    assignItem: (key, value, inner) => {
      if (m.contents(inner.state, own).kind !== "dict") return true;
      m.updateObject(inner.state, own.id, (object) => {
        const dict = m.contents(inner.state, own) as DictValue;
        return { ...object, contents: addEntry(dict, key, value, inner.site) };
      });
      return true;
    },
    deleteItem: (_, inner) => lose(inner),
    method: (name, inner) => {
      const [key] = inner.args.positional;
      if (name === "get" && key !== undefined) return read(key, inner, itself, () => getenv(inner) as Value);
      if (!READING.test(name)) lose(inner);
      return undefined;
    },
  };
  return { kind: "model", name: "os.environ.copy()", model };
}

const CHANGED_COPY = "a variable in a copy of the environment";

/** `os.environ` as an object with items. */
export const environ: NamedObject = {
  subscript: environSubscript,
  contains: environContains,
  assignItem: assignEnviron,
  deleteItem: (key, { state }) => {
    if (key.kind === "str") state.environ.set(key.value, NONE);
  },
};

/** `os.environ[key]`. */
function environSubscript(key: Value, call: CallContext): Value {
  return call.machine.perAlternative(call.state, key, (state, name) => {
    if (name.kind !== "str") return unknown("environment", "a variable whose name is computed", call.site);
    return readVariable({ ...OS, variable: name.value, fallback: undefined }, { ...call, state });
  });
}

/** `key in os.environ`. */
function environContains(key: Value, call: CallContext): Value {
  if (key.kind !== "str") return unknown("environment", "a variable whose name is computed", call.site);
  return presenceOf(key.value, call);
}

/** `os.environ[key] = value`. Throws TypeError for a value that is no text, as Python does. */
function assignEnviron(key: Value, value: Value, call: CallContext): void {
  if (key.kind !== "str")
    return invalidateEnvironment(call.state, unknown("environment", "a variable whose name is computed", call.site));
  const given = call.machine.freeze(call.state, value);
  if (given.kind === "int" || given.kind === "bool" || given.kind === "none")
    throw new PythonRaise("TypeError", call.site);
  call.state.environ.set(key.value, given.kind === "unset" ? UNSET : given);
}

/** What is written for `os.environ` and `os.getenv` by mistake. No release of Python has other names in `os` that begin so. */
const MISTAKEN = /^(?:get_?)?env/i;
const MEANT: ReadonlySet<string> = new Set(["environ", "environb", "getenv", "getenvb"]);

/** `os.env`, `os.environment.get(...)`, `os.get_env(...)`: throws AttributeError, as Python does. */
export function mistakenEnviron(receiver: Value, name: string, call: CallContext): undefined {
  const isMistaken = MISTAKEN.test(name) && !MEANT.has(name);
  if (isMistaken && receiver.kind === "external" && receiver.name === "os")
    throw new PythonRaise("AttributeError", call.site);
}
