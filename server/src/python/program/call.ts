import type { Call } from "../../syntax/ast";
import type { Frame, Machine } from "./machine";
import type { State } from "./state";
import { ANY_EXCEPTION } from "../values/raise";
import { amongst } from "./sharing";
import { unknown, type DictValue, type Item, type Site, type UnknownValue, type Value } from "../values/value";

/** The evaluated arguments of a call. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** A `*args` or `**kwargs` that is not known was among them: there may be more. */
  readonly open: boolean;
}

/** Everything that a model of a library function may use. */
export interface CallContext {
  readonly machine: Machine;
  readonly state: State;
  readonly frame: Frame;
  readonly args: Arguments;
  readonly site: Site;
  readonly node: Call | undefined;
}

/** A model of a function; `undefined` for a form that it does not model: the call then gives an unknown. */
export type KnownCall = (call: CallContext) => Value | undefined;

/** What a call or a construct gives that is not computed, and that may raise. `from`: what else it may come out of than its arguments. */
export function unsupported(
  { machine, state, site, args }: Pick<CallContext, "machine" | "state" | "site"> & Partial<CallContext>,
  what: string,
  from: readonly Value[] = [],
): UnknownValue {
  machine.raising.noteMayRaise(state, site, ANY_EXCEPTION);
  return amongst(unknown("unsupported", what, site), [...from, ...(args === undefined ? [] : given(args))]);
}

/** The values of all arguments. */
export function given({ positional, keywords }: Arguments): readonly Value[] {
  return [...positional, ...keywords.values()];
}

/** A modelled object. Everything it does not answer is unknown. */
export interface Model {
  /** Set where the object is always true in a condition. */
  readonly isTrue?: boolean;
  /** Tells objects of the same name apart. */
  readonly key?: string;
  call?(call: CallContext): Value | undefined;
  method?(name: string, call: CallContext): Value | undefined;
  attribute?(name: string, call: CallContext): Value | undefined;
  subscript?(key: Value, call: CallContext): Value | undefined;
  /** `item in object`. */
  contains?(item: Value, call: CallContext): Value | undefined;
  /** Other values whose objects may be had through it. */
  readonly reaches?: readonly Value[];
  /** The scope of the attributes of an object of the project, or of the names of a namespace. */
  readonly scope?: number;
  readonly isNamespace?: true;
  /** What it is equal to, besides itself. */
  readonly equalTo?: Value;
  /** What iterating over it gives, where that is known. */
  items?(machine: Machine, state: State): readonly Item[] | undefined;
  /** What `dict(object)` gives, where that is known. */
  mapping?(machine: Machine, state: State): DictValue | undefined;
  /** `object.name = value`. */
  assignAttribute?(name: string, value: Value, call: CallContext): void;
  assignItem?(key: Value, value: Value, call: CallContext): boolean;
  deleteItem?(key: Value, call: CallContext): void;
  /** `with object:`; `exit` runs afterwards in every case. */
  enter?(call: CallContext): Value;
  exit?(call: CallContext): void;
}

/** The scope whose names a value is, as `globals()` gives them; `undefined` for anything else. */
export function scopeBehind(value: Value): number | undefined {
  const { isNamespace, scope } = (value.kind === "model" ? value.model : {}) as Model;
  return isNamespace === true ? scope : undefined;
}

/** The argument of a parameter given by position or by name. */
export function argument(args: Arguments, index: number, ...names: readonly string[]): Value | undefined {
  for (const name of names) {
    const given = args.keywords.get(name);
    if (given !== undefined) return given;
  }
  return index < 0 ? undefined : args.positional[index];
}

/** The text of an argument that is a known string. */
export function textArgument(call: CallContext, index: number, ...names: readonly string[]): string | undefined {
  const given = argument(call.args, index, ...names);
  const value = given === undefined ? undefined : call.machine.restrict(given, call.state.assumptions);
  return value?.kind === "str" || value?.kind === "path" ? value.value : undefined;
}

/** A call context without arguments: for attribute and subscript access on models. */
export function callContext(machine: Machine, state: State, frame: Frame, site: Site): CallContext {
  return { machine, state, frame, site, node: undefined, args: NO_ARGUMENTS };
}

const NO_ARGUMENTS: Arguments = { positional: [], keywords: new Map(), open: false };

/** A call from the same place with some arguments of its own. */
export function withArguments(call: CallContext, positional: readonly Value[] = []): CallContext {
  return { ...call, args: { ...NO_ARGUMENTS, positional }, node: undefined };
}
