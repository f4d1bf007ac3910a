import type { Expr } from "../../syntax/ast";
import { withArguments, type CallContext, type Model } from "../program/call";
import { ancestry, isConfiguration } from "../semantics/linearization";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { slotValue, bind, mapSlot, overlaySlot, type Slot } from "../program/slots";
import { tuple, unknown, type ClassValue, type FunctionValue, type Site, type Value } from "../values/value";

/** What an attribute of a class is bound to, in the class itself or the nearest ancestor that has it. */
export function classSlot(state: State, owner: ClassValue, name: string): Slot | undefined {
  if (isConfiguration(owner) && isCopied(name)) return copiedSlot(state, owner, name);
  return lookUp(state, ancestry(owner).classes, name);
}

/** The same, looked up behind a class in the order of another: what `super()` finds. */
export function slotBehind(state: State, owner: ClassValue, behind: ClassValue, name: string): Slot | undefined {
  const { classes } = ancestry(owner);
  const rest = classes.slice(classes.findIndex((each) => each?.scope === behind.scope) + 1);
  if (!isConfiguration(owner) || !isCopied(name)) return lookUp(state, rest, name);
  for (const each of rest) {
    if (each === undefined) return outside(name);
    const slot = isConfiguration(each) ? copiedSlot(state, each, name) : state.slot(each.scope, name);
    if (slot !== undefined) return within(slot, each);
  }
  return undefined;
}

function lookUp(state: State, classes: readonly (ClassValue | undefined)[], name: string): Slot | undefined {
  let found: Slot | undefined;
  for (const each of classes) {
    const slot = each === undefined ? outside(name) : state.slot(each.scope, name);
    if (slot === undefined) continue;
    const own = each === undefined ? slot : within(slot, each);
    found = found === undefined ? own : overlaySlot(found, own);
    if (isBoundEverywhere(found)) return found;
  }
  return found;
}

/** The names that the metaclass of django-configurations copies from a class's bases into the class itself. */
function isCopied(name: string): boolean {
  return name === name.toUpperCase() && !name.startsWith("_");
}

/**
 * An upper-case attribute of a django-configurations class. When the class is made, the attributes of its bases are copied
 * into it, those of the first base last, so that they win; a base of the same kind has Django's own defaults among them.
 */
function copiedSlot(state: State, owner: ClassValue, name: string): Slot | undefined {
  const own = state.slot(owner.scope, name);
  if (own !== undefined && isBoundEverywhere(own)) return within(own, owner);
  const inherited = inheritedCopy(state, owner, name);
  if (own === undefined) return inherited;
  return inherited === undefined ? within(own, owner) : overlaySlot(within(own, owner), inherited);
}

function inheritedCopy(state: State, owner: ClassValue, name: string): Slot | undefined {
  let isBehindDefaults = false;
  for (const base of owner.bases) {
    if (base.kind !== "class") {
      isBehindDefaults ||= base.kind === "external";
      continue;
    }
    const slot = isConfiguration(base) ? copiedSlot(state, base, name) : classSlot(state, base, name);
    // Whether Django has a default of this name is not known here.
    if (slot !== undefined) return isBehindDefaults ? outside(name) : slot;
    isBehindDefaults ||= isConfiguration(base);
  }
  return undefined;
}

/** Stands for an attribute that a class outside the workspace may have. */
function outside(name: string): Slot {
  const value = unknown("external", `attribute ${name}, which a base class may define`);
  return bind(value);
}

/** Functions remember the class in which they stand: `super()` starts from there. */
function within(slot: Slot, owner: ClassValue): Slot {
  const mark = (value: Value): Value => {
    if (value.kind === "function") return { ...value, within: owner };
    return value.kind === "choice" ? { ...value, yes: mark(value.yes), no: mark(value.no) } : value;
  };
  return mapSlot(slot, (bound) => {
    const value = mark(bound.value);
    return value === bound.value ? bound : { ...bound, value };
  });
}

function isBoundEverywhere(slot: Slot | undefined): boolean {
  if (slot === undefined) return false;
  return slot.kind === "bound" || (isBoundEverywhere(slot.yes) && isBoundEverywhere(slot.no));
}

/** `Class.name`. Throws AttributeError where there certainly is none. */
export function classAttribute(state: State, owner: ClassValue, name: string, site: Site): Value {
  const slot = classSlot(state, owner, name);
  if (slot !== undefined) return classMember(slotValue(slot), owner);
  switch (name) {
    case "__name__":
    case "__qualname__":
      return { kind: "str", value: owner.definition.name };
    case "__bases__":
      return tuple(owner.bases);
    case "__mro__": {
      const { classes, isOpen } = ancestry(owner);
      if (isOpen || isConfiguration(owner)) break;
      return tuple([...(classes as readonly ClassValue[]), { kind: "external", name: "builtins.object", site }]);
    }
    default:
  }
  if (name.startsWith("__") || ancestry(owner).isOpen || isConfiguration(owner))
    return unknown("external", `attribute ${name} of class ${owner.definition.name}`, site);
  throw new PythonRaise("AttributeError", site);
}

/** What `Class.name` gives for what stands in the class: functions are bound as their decorators say. */
function classMember(value: Value, owner: ClassValue): Value {
  if (value.kind === "choice")
    return { ...value, yes: classMember(value.yes, owner), no: classMember(value.no, owner) };
  if (value.kind !== "function") return value;
  if (isProperty(value)) return propertyObject(value);
  const names = decoratorNames(value);
  if (names.includes("staticmethod")) return bare(value);
  return names.includes("classmethod") ? { ...bare(value), self: owner } : value;
}

/** The property itself, as the class gives it. */
export const PROPERTY = "builtins.property()";

function propertyObject(getter: FunctionValue): Value {
  const model: Model = {
    isTrue: true,
    attribute: (name) => (name === "fget" ? bare(getter) : undefined),
  };
  return { kind: "model", name: PROPERTY, model };
}

/** What an instance gives for a class attribute: a property is computed, a function becomes a method. */
export function attributeOf(value: Value, owner: ClassValue, self: Value, call: CallContext): Value {
  if (value.kind !== "function") return value;
  const names = decoratorNames(value);
  const method: FunctionValue = names.includes("staticmethod")
    ? bare(value)
    : { ...bare(value), self: names.includes("classmethod") ? owner : self };
  if (!isProperty(value)) return method;
  return call.machine.call(method, withArguments(call));
}

const BINDING = new Set([
  "property",
  "cached_property",
  "classproperty",
  "classmethod",
  "staticmethod",
  "abstractmethod",
]);

/** A function without the decorators that say how it is bound. */
function bare(method: FunctionValue): FunctionValue {
  if (method.definition.kind === "Lambda") return method;
  const { definition } = method;
  const decorators = definition.decorators.filter((decorator) => !BINDING.has(decoratorName(decorator)));
  return decorators.length === definition.decorators.length
    ? method
    : { ...method, definition: { ...definition, decorators } };
}

function isProperty(method: FunctionValue): boolean {
  return decoratorNames(method).some((name) => /property$/.test(name));
}

function decoratorNames({ definition }: FunctionValue): readonly string[] {
  return definition.kind === "Lambda" ? [] : definition.decorators.map(decoratorName);
}

function decoratorName(decorator: Expr): string {
  return decorator.kind === "Attribute" ? decorator.attr : decorator.kind === "Name" ? decorator.id : "";
}
