import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { type CallContext, type KnownCall } from "../../program/call";
import { PROPERTY } from "../../interpreter/classes";
import { instanceBehind } from "../../interpreter/instances";
import { ancestry, isSubclass } from "../../semantics/linearization";
import { pure } from "../../program/pure";
import { isText, isUnchanging } from "../../semantics/types";
import { bool, plainItem, str, unknown, type ClassValue, type Value } from "../../values/value";

const TYPE_NAMES: Partial<Record<Value["kind"], string>> = {
  ...{ none: "NoneType", bool: "bool", int: "int", float: "float", str: "str", bytes: "bytes", path: "PosixPath" },
  ...{ list: "list", tuple: "tuple", set: "set", frozenset: "frozenset", dict: "dict" },
};

const type: KnownCall = (call) => {
  const { machine: m, state, args, site } = call;
  const [value, ...rest] = args.positional;
  if (value === undefined || rest.length > 0 || args.keywords.size > 0) return undefined;
  return m.distribute(state, [value], ([leaf]) => {
    const owner = instanceBehind(leaf as Value)?.owner;
    if (owner !== undefined) return owner;
    const contents = m.contents(state, leaf as Value);
    const name = isText(contents) ? "str" : TYPE_NAMES[contents.kind];
    return name === undefined
      ? unknown("call", "the type of a value", site)
      : { kind: "external", name: `builtins.${name}`, site };
  });
};

const isinstance: KnownCall = (call) => {
  const [value, types] = call.args.positional;
  if (value === undefined || types === undefined) return undefined;
  const wanted = typesIn(types, call);
  if (wanted === undefined) return undefined;
  const { machine: m, state, site } = call;
  return m.distribute(state, [value], ([leaf]) => {
    const instance = instanceBehind(leaf as Value);
    if (instance !== undefined)
      return someOf(
        wanted.map((each) => isInstanceOf(instance.owner, each)),
        call,
      );
    const names = wanted.map((each) => (each.kind === "external" ? each.name : each.kind));
    const compute = ([given]: readonly Value[]): Value =>
      someOf(
        wanted.map((each) => isOfType(given as Value, each)),
        call,
      );
    const contents = m.contents(state, leaf as Value);
    // What a list holds makes no difference, whether it is known or not.
    if (contents.kind === "model" || contents.kind in TYPE_NAMES) return compute([contents]);
    if (isText(contents)) return compute([str("")]);
    if (isUnchanging(contents) && names.every((name) => NEVER_PLAIN.test(name))) return bool(false);
    return pure(m, state, operation(`isinstance ${names.join(",")}`, "isinstance"), [contents], compute, { site });
  });
};

function typesIn(types: Value, { machine: m, state }: CallContext): readonly Value[] | undefined {
  const contents = m.contents(state, types);
  const all = contents.kind === "tuple" ? contents.items : [plainItem(contents)];
  if (all.some(({ spread }) => spread)) return undefined;
  return all.flatMap(({ value }) => flattened(value));
}

/** Types of which nothing is that cannot be changed in place; parts of a URL are a tuple. */
const NEVER_PLAIN = /^builtins\.(list|set|frozenset|dict|property|type)$/;

/** Nested tuples count as their items. */
function flattened(value: Value): readonly Value[] {
  return value.kind === "tuple" ? value.items.flatMap((item) => flattened(item.value)) : [value];
}

function someOf(answers: readonly (boolean | undefined)[], { site }: CallContext): Value {
  if (answers.includes(true)) return bool(true);
  return answers.includes(undefined) ? unknown("call", "the type of a value", site) : bool(false);
}

function isInstanceOf(owner: ClassValue, wanted: Value): boolean | undefined {
  if (wanted.kind === "class") return isSubclass(owner, wanted);
  if (wanted.kind !== "external") return undefined;
  if (wanted.name === "builtins.object") return true;
  return ancestry(owner).isOpen ? undefined : false;
}

/** Abstract classes of `collections.abc` by the kinds of values that are instances of them. */
const ABSTRACT: Readonly<Record<string, readonly string[]>> = table({
  Mapping: ["dict"],
  MutableMapping: ["dict"],
  Sequence: ["list", "tuple", "str", "bytes"],
  MutableSequence: ["list"],
  Set: ["set", "frozenset"],
  MutableSet: ["set"],
  Iterable: ["list", "tuple", "str", "bytes", "set", "frozenset", "dict"],
  Collection: ["list", "tuple", "str", "bytes", "set", "frozenset", "dict"],
});

function isOfType(value: Value, wanted: Value): boolean | undefined {
  if (wanted.kind === "class") return value.kind in TYPE_NAMES ? false : undefined;
  if (wanted.kind === "model" && wanted.name === PROPERTY) return undefined;
  if (wanted.kind !== "external") return undefined;
  const abstract = /^(?:collections\.abc|typing)\.(\w+)$/.exec(wanted.name)?.[1];
  if (abstract !== undefined && abstract in ABSTRACT) return ABSTRACT[abstract]?.includes(value.kind) === true;
  if (/^pathlib\.(Path|PurePath|PosixPath)$/.test(wanted.name))
    return value.kind in TYPE_NAMES ? value.kind === "path" : undefined;
  if (!wanted.name.startsWith("builtins.")) return value.kind in TYPE_NAMES ? false : undefined;
  const name = wanted.name.slice("builtins.".length);
  if (name === "object") return true;
  if (name === "property") return value.kind === "model" && value.name === PROPERTY;
  if (name === "type") return value.kind === "class" ? true : value.kind in TYPE_NAMES ? false : undefined;
  if (!(value.kind in TYPE_NAMES)) return isOtherKind(value) ? false : undefined;
  return TYPE_NAMES[value.kind] === name || (value.kind === "bool" && name === "int");
}

/** Functions, classes and modules are no texts, numbers or containers. */
function isOtherKind({ kind }: Value): boolean {
  return kind === "function" || kind === "class" || kind === "module";
}

const issubclass: KnownCall = (call) => {
  const [given, types] = call.args.positional;
  const wanted = types === undefined ? undefined : typesIn(types, call);
  if (given === undefined || wanted === undefined) return undefined;
  if (given.kind === "class")
    return someOf(
      wanted.map((each) => isInstanceOf(given, each)),
      call,
    );
  if (given.kind !== "external" || !given.name.startsWith("builtins.")) return undefined;
  const answers = wanted.map((each) => {
    if (each.kind !== "external") return undefined;
    if (each.name === given.name || each.name === "builtins.object") return true;
    return given.name === "builtins.bool" && each.name === "builtins.int" ? true : undefined;
  });
  return someOf(answers, call);
};

const callable: KnownCall = (call) => {
  const { machine: m, state } = call;
  const [value] = call.args.positional;
  if (value === undefined) return undefined;
  return m.distribute(state, [value], ([leaf]) => {
    const given = leaf as Value;
    if (given.kind === "function" || given.kind === "class") return bool(true);
    if (m.contents(state, given).kind in TYPE_NAMES) return bool(false);
    if (given.kind === "external" && /^builtins\.[a-z]/.test(given.name)) return bool(true);
    return unknown("call", "whether a value can be called", call.site);
  });
};

/** Built-in functions that ask for the type of a value. */
export const TYPE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.type": type,
  "builtins.isinstance": isinstance,
  "builtins.issubclass": issubclass,
  "builtins.callable": callable,
  "inspect.isclass": (call) => {
    const [value] = call.args.positional;
    return value === undefined
      ? undefined
      : someOf([isOfType(value, { kind: "external", name: "builtins.type", site: call.site })], call);
  },
});
