import type { AnnAssign, Expr } from "../../../syntax/ast";
import { attributeOf, classSlot } from "../../interpreter/classes";
import { emptyInstance, instanceBehind } from "../../interpreter/instances";
import { bound } from "../../interpreter/iterators";
import { withArguments, type CallContext } from "../../program/call";
import { slotValue, bind } from "../../program/slots";
import { ancestry } from "../../semantics/linearization";
import { PythonRaise } from "../../values/raise";
import type { ClassValue, Value } from "../../values/value";
import type { Library } from "../library";

/**
 * Whether a class is a dataclass or a named tuple whose `__init__` is made of its annotations (Python docs,
 * "dataclasses" and "typing.NamedTuple").
 */
function isRecord(owner: ClassValue): boolean {
  const { decorators, bases, body } = owner.definition;
  if (body.some((each) => each.kind === "FunctionDef" && /^__(init|new)__$/.test(each.name))) return false;
  if (decorators.length > 0) return decorators.every(isDataclass) && !ancestry(owner).isOpen;
  return bases.length === 1 && owner.bases[0]?.kind === "external" && owner.bases[0].name === "typing.NamedTuple";
}

function isDataclass(decorator: Expr): boolean {
  const target = decorator.kind === "Call" ? decorator.func : decorator;
  return (target.kind === "Attribute" ? target.attr : target.kind === "Name" ? target.id : "") === "dataclass";
}

/** An object with its fields; `undefined` where some field is declared in a way that is not modelled. */
function newRecord(owner: ClassValue, call: CallContext): Value | undefined {
  const { state, args, site } = call;
  const names = isRecord(owner) ? fieldNames(owner) : undefined;
  if (names === undefined || args.open) return undefined;
  const self = emptyInstance(owner, state);
  const scope = instanceBehind(self)?.scope ?? -1;
  const positional = [...args.positional];
  const keywords = new Map(args.keywords);
  for (const name of names) {
    const given = positional.length > 0 ? positional.shift() : keywords.get(name);
    keywords.delete(name);
    const value = given ?? defaultOf(owner, name, call);
    if (value === undefined) return undefined;
    state.setSlot(scope, name, bind(bound(value)));
  }
  if (positional.length > 0 || keywords.size > 0) throw new PythonRaise("TypeError", site);
  const post = state.slot(owner.scope, "__post_init__");
  if (post !== undefined) call.machine.call(attributeOf(slotValue(post), owner, self, call), withArguments(call));
  return self;
}

/** The annotated names of a class and its bases, in order; `undefined` where some of them are no fields. */
function fieldNames(owner: ClassValue): readonly string[] | undefined {
  const names = new Set<string>();
  for (const each of ancestry(owner).classes.toReversed()) {
    if (each === undefined) continue;
    if (each.definition.decorators.length === 0 && each !== owner) continue;
    for (const statement of each.definition.body) {
      if (statement.kind !== "AnnAssign" || statement.target.kind !== "Name") continue;
      if (isSpecial(statement)) return undefined;
      names.add(statement.target.id);
    }
  }
  return [...names];
}

/** `ClassVar`, `InitVar` and `KW_ONLY` say that something is no usual field. */
function isSpecial({ annotation }: AnnAssign): boolean {
  return /ClassVar|InitVar|KW_ONLY/.test(
    JSON.stringify(annotation, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  );
}

function defaultOf(owner: ClassValue, name: string, call: CallContext): Value | undefined {
  const slot = classSlot(call.state, owner, name);
  if (slot === undefined) throw new PythonRaise("TypeError", call.site);
  const value = slotValue(slot);
  if (value.kind !== "opaque" || value.callee !== "dataclasses.field") return value;
  const known = [...value.keywords.keys()].every((key) =>
    /^(default|default_factory|repr|compare|metadata)$/.test(key),
  );
  if (!known) return undefined;
  const factory = value.keywords.get("default_factory");
  return factory === undefined ? value.keywords.get("default") : call.machine.call(factory, withArguments(call));
}

/** Dataclasses and typed named tuples. */
export const records: Library = { instance: newRecord };
