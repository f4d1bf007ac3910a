import type { Expr } from "../syntax/ast";
import type { CallContext, Model } from "./call";
import { callFunction } from "./functions";
import { slotValue } from "./machine";
import { overlaySlot, type Slot, type State } from "./state";
import { unknown, type ClassValue, type FunctionValue, type Site, type Value } from "./value";

/** The classes in which an attribute is looked up, in order (Python reference, "method resolution order"). */
export interface Ancestry {
  readonly classes: readonly ClassValue[];
  /** A base class that is not part of the workspace may define any attribute. */
  readonly isOpen: boolean;
}

/** Bases outside the workspace that are known to define no settings of their own. */
const EMPTY_BASES = new Set(["builtins.object", "configurations.Configuration", "configurations.base.Configuration"]);

/** The linearised ancestors of a class: depth first, a class that is reached twice at its last place. */
export function ancestry(owner: ClassValue): Ancestry {
  let isOpen = false;
  const walk = (value: Value): readonly ClassValue[] => {
    if (value.kind === "class") return [value, ...value.bases.flatMap(walk)];
    isOpen ||= value.kind !== "external" || !EMPTY_BASES.has(value.name);
    return [];
  };
  const all = walk(owner);
  const classes = all.filter((each, index) => !all.slice(index + 1).some((later) => later.scope === each.scope));
  return { classes, isOpen };
}

/** What an attribute of a class is bound to, in the class itself or the nearest ancestor that has it. */
export function classSlot(state: State, owner: ClassValue, name: string): Slot | undefined {
  let found: Slot | undefined;
  for (const each of ancestry(owner).classes) {
    const slot = state.slot(each.scope, name);
    if (slot === undefined) continue;
    found = found === undefined ? slot : overlaySlot(found, slot);
    if (isBoundEverywhere(found)) return found;
  }
  return found;
}

function isBoundEverywhere(slot: Slot | undefined): boolean {
  if (slot === undefined) return false;
  return slot.kind === "bound" || (isBoundEverywhere(slot.yes) && isBoundEverywhere(slot.no));
}

/** `Class.name`. */
export function classAttribute(state: State, owner: ClassValue, name: string, site: Site): Value {
  const slot = classSlot(state, owner, name);
  if (slot !== undefined) return slotValue(slot);
  if (name === "__name__") return { kind: "str", value: owner.definition.name };
  const text = ancestry(owner).isOpen
    ? `attribute ${name}, which a base class may define`
    : `attribute ${name} of class ${owner.definition.name}`;
  return unknown("external", text, site);
}

/** Whether making an instance runs no code that could set attributes. */
export function isPlainClass(state: State, owner: ClassValue): boolean {
  const { isOpen } = ancestry(owner);
  return (
    !isOpen && classSlot(state, owner, "__init__") === undefined && classSlot(state, owner, "__new__") === undefined
  );
}

/** An object of a project class that has no state of its own: properties and methods see its class's attributes. */
export function instanceOf(owner: ClassValue): Value {
  const model: Model = {
    attribute: (name, call) =>
      call.machine.perAlternative(call.state, classAttribute(call.state, owner, name, call.site), (state, leaf) =>
        attributeOf(leaf, owner, { ...call, state }),
      ),
    method: (name, call) => {
      const found = classAttribute(call.state, owner, name, call.site);
      return found.kind === "function" ? callFunction(methodOf(found, owner), call) : undefined;
    },
  };
  return { kind: "model", name: `${owner.definition.name}()`, model };
}

/** What an instance gives for a class attribute: a property is computed, everything else is as it is. */
export function attributeOf(value: Value, owner: ClassValue, call: CallContext): Value {
  if (value.kind !== "function") return value;
  const method = methodOf(value, owner);
  if (!isProperty(value)) return method;
  return callFunction(method, { ...call, args: { positional: [], keywords: new Map(), open: false }, node: undefined });
}

/** A function of a class as a bound method, its decorators that say how it is bound taken off. */
function methodOf(method: FunctionValue, owner: ClassValue): FunctionValue {
  if (method.definition.kind === "Lambda") return { ...method, self: instanceOf(owner) };
  const names = method.definition.decorators.map(decoratorName);
  const decorators = method.definition.decorators.filter((_, index) => !BINDING.has(names[index] ?? ""));
  const bare: FunctionValue = { ...method, definition: { ...method.definition, decorators } };
  if (names.includes("staticmethod")) return bare;
  return { ...bare, self: names.includes("classmethod") ? owner : instanceOf(owner) };
}

const BINDING = new Set(["property", "cached_property", "classproperty", "classmethod", "staticmethod"]);

function isProperty({ definition }: FunctionValue): boolean {
  return (
    definition.kind === "FunctionDef" &&
    definition.decorators.some((decorator) => /property$/.test(decoratorName(decorator)))
  );
}

function decoratorName(decorator: Expr): string {
  return decorator.kind === "Attribute" ? decorator.attr : decorator.kind === "Name" ? decorator.id : "";
}
