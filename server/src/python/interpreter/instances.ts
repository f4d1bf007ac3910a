import { withArguments, type CallContext, type Model } from "../program/call";
import { attributeOf, classSlot, slotBehind } from "./classes";
import { ancestry, isConfiguration } from "../semantics/linearization";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { slotValue, type Slot } from "../program/slots";
import { freshId, NONE, unknown, type ClassValue, type Value } from "../values/value";

/** An object of a class of the project. Its own attributes stand in a scope, so that they differ between worlds. */
export interface Instance extends Model {
  readonly owner: ClassValue;
  readonly scope: number;
}

/** The instance behind a value; `undefined` for anything else. */
export function instanceBehind(value: Value): Instance | undefined {
  return value.kind === "model" && "owner" in value.model ? (value.model as Instance) : undefined;
}

/** `Class(...)`; `undefined` where making an object runs code that is not known. */
export function newInstance(owner: ClassValue, call: CallContext): Value | undefined {
  const { state, site, args } = call;
  const { isOpen } = ancestry(owner);
  if (isOpen || owner.definition.decorators.length > 0 || classSlot(state, owner, "__new__") !== undefined)
    return undefined;
  const init = classSlot(state, owner, "__init__");
  const self = emptyInstance(owner, state);
  if (init !== undefined) call.machine.call(attributeOf(slotValue(init), owner, self, call), call);
  else if (args.positional.length > 0 || args.keywords.size > 0) throw new PythonRaise("TypeError", site);
  return self;
}

/** An object without attributes of its own. */
export function emptyInstance(owner: ClassValue, state: State): Value {
  const scope = freshId();
  state.addScope(scope);
  const model: Instance = {
    owner,
    scope,
    key: String(scope),
    ...(isAlwaysTrue(owner, state) ? { isTrue: true } : {}),
    attribute: (name, call) => attribute(self, model, name, call),
    method: (name, call) => call.machine.call(attribute(self, model, name, call), call),
    call: (call) => special(self, model, "__call__", call.args.positional, call),
    subscript: (key, call) => special(self, model, "__getitem__", [key], call),
    contains: (item, call) => special(self, model, "__contains__", [item], call),
    enter: (call) => special(self, model, "__enter__", [], call) ?? unknown("call", "result of __enter__()", call.site),
    exit: (call) => void special(self, model, "__exit__", [NONE, NONE, NONE], call),
  };
  const self: Value = { kind: "model", name: `${owner.definition.name}()`, model };
  return self;
}

function isAlwaysTrue(owner: ClassValue, state: State): boolean {
  return ["__bool__", "__len__"].every((name) => classSlot(state, owner, name) === undefined);
}

/** `self.name` (Python reference, "Invoking Descriptors"): properties win over the object's own attributes. */
function attribute(self: Value, instance: Instance, name: string, call: CallContext): Value {
  const { machine: m, state } = call;
  if (name === "__class__") return instance.owner;
  const own = state.slot(instance.scope, name);
  if (own !== undefined && own.kind === "bound") return slotValue(own);
  const inherited = classSlot(state, instance.owner, name);
  const value: Value = overlaid(own, slotValue(inherited));
  return m.perAlternative(state, value, (inner, leaf) =>
    leaf.kind === "unset"
      ? missing(self, instance, name, { ...call, state: inner })
      : attributeOf(leaf, instance.owner, self, { ...call, state: inner }),
  );
}

/** The object's own attribute in the worlds that have it, else the class's. */
function overlaid(slot: Slot | undefined, otherwise: Value): Value {
  if (slot === undefined) return otherwise;
  if (slot.kind === "bound") return slot.value;
  return { kind: "choice", test: slot.test, yes: overlaid(slot.yes, otherwise), no: overlaid(slot.no, otherwise) };
}

function missing(self: Value, instance: Instance, name: string, call: CallContext): Value {
  const fallback = special(self, instance, "__getattr__", [{ kind: "str", value: name }], call);
  if (fallback !== undefined) return fallback;
  if (name.startsWith("__") || ancestry(instance.owner).isOpen || isConfiguration(instance.owner))
    return unknown("external", `attribute ${name} of ${instance.owner.definition.name}()`, call.site);
  throw new PythonRaise("AttributeError", call.site);
}

/** Calls a special method of the class, if it has one. */
function special(
  self: Value,
  { owner }: Instance,
  name: string,
  positional: readonly Value[],
  call: CallContext,
): Value | undefined {
  const slot = classSlot(call.state, owner, name);
  if (slot === undefined) return undefined;
  const inner = name === "__call__" ? { ...call, node: undefined } : withArguments(call, positional);
  return call.machine.call(attributeOf(slotValue(slot), owner, self, inner), inner);
}

/** `super()` inside a method: attributes are looked up behind the class that the method stands in. */
export function superObject(behind: ClassValue, self: Value): Value | undefined {
  const owner = self.kind === "class" ? self : instanceBehind(self)?.owner;
  if (owner === undefined) return undefined;
  const find = (name: string, call: CallContext): Value | undefined => {
    const slot = slotBehind(call.state, owner, behind, name);
    if (slot === undefined) return undefined;
    return call.machine.perAlternative(call.state, slotValue(slot), (state, leaf) =>
      attributeOf(leaf, owner, self, { ...call, state }),
    );
  };
  const model: Model = {
    isTrue: true,
    key: `${behind.scope}:${owner.scope}`,
    attribute: (name, call) => {
      const found = find(name, call);
      if (found === undefined && !ancestry(owner).isOpen && !isConfiguration(owner) && !name.startsWith("__"))
        throw new PythonRaise("AttributeError", call.site);
      return found;
    },
    method: (name, call) => {
      const found = find(name, call);
      if (found !== undefined) return call.machine.call(found, call);
      if (isConfiguration(owner)) return call.machine.libraries.inheritedMethod(name, owner, call);
      // What `object` has does nothing.
      return /^__(init|init_subclass|exit)__$/.test(name) && !ancestry(owner).isOpen ? NONE : undefined;
    },
  };
  return { kind: "model", name: "super()", model };
}
