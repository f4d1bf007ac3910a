import type { Expr, Stmt } from "../../syntax/ast";
import type { ClassValue, Item, Site, Value } from "../values/value";
import type { CallContext } from "./call";
import type { Flow } from "./flow";
import type { Host } from "./host";
import type { Frame, Machine } from "./machine";
import type { State } from "./state";

/** The parts of the evaluator that all others call, and that call all others: handed to the machine, so that no file imports them in a circle. */
export interface Interpreter {
  evaluate(m: Machine, state: State, frame: Frame, node: Expr): Value;
  executeBlock(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): Flow;
  /** Calls an evaluated callee that is no choice. */
  callValue(callee: Value, call: CallContext): Value;
  /** Calls a method of an evaluated receiver that is no choice. */
  callMethod(receiver: Value, name: string, call: CallContext): Value;
}

/**
 * What the evaluator asks of the models of libraries, by dotted names outside the workspace. It is handed to the evaluator, which
 * imports none of them. Every answer may be `undefined`: then nothing is modelled, and the evaluator says unknown.
 */
export interface Libraries {
  /** The result of calling a function or class. */
  call(name: string, call: CallContext): Value | undefined;
  /** The value of a name where that is more than its name. */
  value(name: string, site: Site, host: Host): Value | undefined;
  /** Whether a name is certain to exist: what is modelled, and the modules that lead there. */
  isKnownName(name: string): boolean;
  /** Whether a module is part of Python or Django: importing it does not fail, and a star import of it brings no settings. */
  isAlwaysImportable(name: string): boolean;
  /** The names that `from name import *` brings. */
  starNames(name: string): readonly string[] | undefined;
  /** `name[key]`. */
  subscript(name: string, key: Value, call: CallContext): Value | undefined;
  /** `item in name`. */
  contains(name: string, item: Value, call: CallContext): Value | undefined;
  /** `name[key] = value`. */
  assignItem(name: string, key: Value, value: Value, call: CallContext): void;
  /** `del name[key]`. */
  deleteItem(name: string, key: Value, call: CallContext): void;
  /** An attribute of a path, or of what the environment decides. */
  attribute(receiver: Value, name: string, call: CallContext): Value | undefined;
  /** The result of a method of a string, container or path, of what the environment decides, or of an opaque object. */
  method(receiver: Value, name: string, call: CallContext): Value | undefined;
  /** `owner.name` and `owner["name"]` where the base classes make something else of it than what stands in the class. */
  classAttribute(owner: ClassValue, name: string, call: CallContext): Value | undefined;
  /** What iterating over a class of the project gives. */
  classItems(owner: ClassValue, state: State): readonly Item[] | undefined;
  /** An object of a class of the project that derives from one of a library. */
  instance(owner: ClassValue, call: CallContext): Value | undefined;
  /** A method that a class of the project inherits from one of a library. */
  inheritedMethod(name: string, owner: ClassValue, call: CallContext): Value | undefined;
}
