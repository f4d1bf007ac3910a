import { table } from "../../../base/table";
import { decide } from "../../interpreter/deciding";
import { OPEN_NAMESPACE } from "../../program/openNames";
import { setAttribute } from "../../interpreter/assign";
import { dottedName } from "../../../syntax/dottedName";
import { findSlot } from "../../program/scopes";
import { textArgument, type CallContext, type KnownCall } from "../../program/call";
import { methodValue } from "../../interpreter/attributes";
import { classSlot } from "../../interpreter/classes";
import { walk } from "../../interpreter/conditions";
import { instanceBehind, superObject } from "../../interpreter/instances";
import { ancestry } from "../../semantics/linearization";
import { PythonRaise } from "../../values/raise";
import { slotValue } from "../../program/slots";
import type { State } from "../../program/state";
import { bool, NONE, plainItem, str, tuple, unknown, type Item, type Step, type Value } from "../../values/value";
import { listed, mayRebind, namespaceModel, stepOf } from "./namespaceObjects";
import { locals } from "./namespaces";

// ---------------------------------------------------------------- attributes

const getattr: KnownCall = (call) => {
  const { machine: m, state, frame, site } = call;
  const [object, , fallback] = call.args.positional;
  const name = textArgument(call, 1);
  if (object === undefined || name === undefined || call.args.open) return undefined;
  return m.perAlternative(state, object, (inner, leaf) => {
    if (fallback === undefined) return methodValue(m, inner, frame, leaf, name, site);
    if (!isInspectable(leaf)) return unknown("call", `attribute ${name} of something not known`, site);
    const present = hasAttribute(inner, leaf, name, call);
    return walk(m, inner, decide(m, inner, present, site, `it has ${name}`), (then, holds) =>
      holds ? methodValue(m, then, frame, leaf, name, site) : fallback,
    );
  });
};

function isInspectable(value: Value): boolean {
  return value.kind === "module" || value.kind === "class" || instanceBehind(value) !== undefined;
}

/** Whether an object has an attribute, as a value. */
function hasAttribute(state: State, object: Value, name: string, call: CallContext): Value {
  const { machine: m, frame, site } = call;
  if (object.kind === "none" && !name.startsWith("__")) return bool(false);
  if (!isInspectable(object) || name.startsWith("__")) return unknown("call", `whether it has ${name}`, site);
  const scratch = state.fork();
  return m.raising.aside(() => {
    try {
      const found = methodValue(m, scratch, frame, object, name, site);
      return m.distribute(scratch, [found], ([leaf]) =>
        leaf?.kind === "unset"
          ? bool(false)
          : leaf?.kind === "unknown" && leaf.because.kind !== "error"
            ? isBoundUnknown(scratch, object, name)
            : leaf?.kind === "unknown"
              ? leaf
              : bool(true),
      );
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      return error.exception === "AttributeError" ? bool(false) : unknown("error", `raises ${error.exception}`, site);
    }
  });
}

/** An attribute whose value is not known may still be known to be there. */
function isBoundUnknown(state: State, object: Value, name: string): Value {
  const scope =
    object.kind === "module" ? moduleScope(state, object) : object.kind === "class" ? object.scope : undefined;
  const isThere = scope !== undefined && state.slot(scope, name)?.kind === "bound";
  return isThere ? bool(true) : unknown("import", `whether it has ${name}`);
}

const hasattr: KnownCall = (call) => {
  const [object] = call.args.positional;
  const name = textArgument(call, 1);
  if (object === undefined || name === undefined) return undefined;
  return call.machine.perAlternative(call.state, object, (state, leaf) => hasAttribute(state, leaf, name, call));
};

/** `setattr(object, name, value)`; with a name that is not known, any attribute may be another now. */
const setattr: KnownCall = (call) => {
  const { machine: m, state, args } = call;
  const [object, name, value] = args.positional;
  if (object === undefined || name === undefined || value === undefined) return undefined;
  return m.perAlternative(state, object, (outer, leaf) =>
    m.perAlternative(outer, name, (inner, text) => {
      const target = { ...call, state: inner };
      if (text.kind === "str")
        setAttribute(inner, leaf, text.value, value, stepsOfCopied(target, text.value) ?? [stepOf(call)]);
      else if (leaf.kind === "module") exposeModule(leaf, target);
      return NONE;
    }),
  );
};

/** Where the attributes of a class are copied into a module, a setting is written where the class has it. */
function stepsOfCopied(call: CallContext, name: string): readonly Step[] | undefined {
  const { machine: m, state } = call;
  for (const each of copiedObjects(call)) {
    const value = m.restrict(each, state.assumptions);
    const owner = value.kind === "class" ? value : instanceBehind(value)?.owner;
    const slot = owner === undefined ? undefined : classSlot(state, owner, name);
    if (slot?.kind === "bound" && slot.steps.length > 0) return slot.steps;
  }
  return undefined;
}

/** What the attributes may come from: the object of `setattr(module, name, getattr(object, name))`, in functions any object. */
function copiedObjects({ state, frame, node }: CallContext): readonly Value[] {
  const given = node?.args[2];
  const from = given?.kind === "Call" && dottedName(given.func) === "getattr" ? given.args[0] : undefined;
  const read = from?.kind === "Name" ? [slotValue(findSlot(state, frame, from.id))] : [];
  if (frame.kind !== "function") return read;
  const self = frame.method === undefined ? [] : [frame.method.self];
  return [...read, ...self, ...[...state.scope(frame.scopes[0] as number).values()].map(slotValue)];
}

const delattr: KnownCall = (call) => {
  const [object] = call.args.positional;
  const name = textArgument(call, 1);
  if (object === undefined || name === undefined) return undefined;
  const scope = ownScope(call.state, object);
  if (scope === undefined) return undefined;
  if (call.state.slot(scope, name) === undefined) throw new PythonRaise("AttributeError", call.site);
  call.state.setSlot(scope, name, undefined);
  return NONE;
};

function exposeModule(module: Extract<Value, { kind: "module" }>, call: CallContext): void {
  const scope = moduleScope(call.state, module);
  if (scope !== undefined) mayRebind(call, scope);
}

function moduleScope(state: State, module: Extract<Value, { kind: "module" }>): number | undefined {
  return state.modules.get(module.file) ?? module.scope;
}

function ownScope(state: State, object: Value): number | undefined {
  if (object.kind === "module") return moduleScope(state, object);
  return object.kind === "class" ? object.scope : instanceBehind(object)?.scope;
}

// --------------------------------------------------------------------- names

/** `object.__dict__`; `undefined` for objects whose attributes do not stand in a scope. */
export function attributesOf(state: State, object: Value): Value | undefined {
  const scope = ownScope(state, object);
  if (scope === undefined) return undefined;
  return namespaceModel(object.kind === "module" ? "module" : object.kind === "class" ? "class" : "object", scope);
}

const vars: KnownCall = (call) => {
  const [object] = call.args.positional;
  if (object === undefined) return locals(call);
  return call.machine.perAlternative(
    call.state,
    object,
    (state, leaf) => attributesOf(state, leaf) ?? unknown("call", "the attributes of an object", call.site),
  );
};

/** Attributes that `dir()` lists for every object, class and module besides those that code defines. */
const OBJECT_NAMES =
  "__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__ __dict__ __module__ __weakref__".split(
    " ",
  );
const MODULE_NAMES = "__builtins__ __cached__ __doc__ __file__ __loader__ __name__ __package__ __spec__".split(" ");

const dir: KnownCall = (call) => {
  const { machine: m, state, frame, site } = call;
  const [object] = call.args.positional;
  if (object === undefined) {
    const scope = (frame.kind === "module" ? frame.scopes.at(-1) : frame.scopes[0]) as number;
    return m.allocate(state, { kind: "list", items: sortedNames(state, [scope], MODULE_NAMES) }, site.file);
  }
  return m.perAlternative(state, object, (inner, leaf) => {
    const items = namesOf(inner, leaf);
    if (items === undefined) return unknown("call", "the names of an object", site);
    return m.allocate(inner, { kind: "list", items }, site.file);
  });
};

function namesOf(state: State, object: Value): readonly Item[] | undefined {
  if (object.kind === "module") {
    const scope = moduleScope(state, object);
    return scope === undefined ? undefined : sortedNames(state, [scope], MODULE_NAMES);
  }
  const instance = instanceBehind(object);
  const owner = object.kind === "class" ? object : instance?.owner;
  if (owner === undefined) return undefined;
  const { classes, isOpen } = ancestry(owner);
  const scopes = classes.flatMap((each) => (each === undefined ? [] : [each.scope]));
  const names = sortedNames(state, instance === undefined ? scopes : [instance.scope, ...scopes], OBJECT_NAMES);
  if (!isOpen) return names;
  return [...names, { value: unknown("external", "attributes of a base class"), spread: true, site: undefined }];
}

/** The names of some scopes in code point order; each once. */
function sortedNames(state: State, scopes: readonly number[], special: readonly string[]): readonly Item[] {
  const named = new Map<string, Item>(special.map((name) => [name, plainItem(str(name))]));
  const open: Item[] = [];
  for (const scope of scopes.toReversed()) {
    const names = [...state.scope(scope).keys()].filter((name) => !name.startsWith("*"));
    let index = 0;
    for (const item of listed(state, scope, [], (name) => str(name))) {
      const name = item.spread ? nameIn(item.value) : item.value.kind === "str" ? item.value.value : names[index];
      index += 1;
      if (name === undefined) open.push(item);
      else if (named.get(name)?.spread !== false) named.set(name, item);
    }
    if (state.slot(scope, OPEN_NAMESPACE) !== undefined && open.length === 0)
      open.push({ value: unknown("import", "names that a star import may bring"), spread: true, site: undefined });
  }
  const sorted = [...named].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  return [...sorted, ...open];
}

/** The one name in a choice of lists. */
function nameIn(value: Value): string | undefined {
  if (value.kind === "choice") return nameIn(value.yes) ?? nameIn(value.no);
  const first = value.kind === "list" ? value.items[0]?.value : undefined;
  return first?.kind === "str" ? first.value : undefined;
}

/** `inspect.getmembers(object)`: pairs of name and value, sorted by name. Computed properties may raise. */
const getmembers: KnownCall = (call) => {
  const { machine: m, state, frame, site } = call;
  const [object, ...rest] = call.args.positional;
  if (object === undefined || rest.length > 0) return undefined;
  return m.perAlternative(state, object, (inner, leaf) => {
    const names = namesOf(inner, leaf);
    if (names === undefined) return unknown("call", "the members of an object", site);
    const pairs = names.map((item): Item => {
      if (item.spread || item.value.kind !== "str") return item;
      const { value: name } = item.value;
      const value = name.startsWith("__")
        ? unknown("unsupported", name)
        : methodValue(m, inner, frame, leaf, name, site);
      return plainItem(tuple([item.value, value]));
    });
    return m.allocate(inner, { kind: "list", items: pairs }, site.file);
  });
};

const superCall: KnownCall = (call) => {
  const [within, self] = call.args.positional;
  if (within?.kind === "class" && self !== undefined) return superObject(within, self);
  const { method } = call.frame;
  return within !== undefined || method === undefined ? undefined : superObject(method.within, method.self);
};

export const REFLECTION_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.getattr": getattr,
  "builtins.hasattr": hasattr,
  "builtins.setattr": setattr,
  "builtins.delattr": delattr,
  "builtins.vars": vars,
  "builtins.dir": dir,
  "builtins.super": superCall,
  "inspect.getmembers": getmembers,
});
