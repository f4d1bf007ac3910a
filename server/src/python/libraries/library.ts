import type { CallContext, KnownCall } from "../program/call";
import type { Host } from "../program/host";
import type { State } from "../program/state";
import type { ClassValue, Item, Value } from "../values/value";

/** An object that is known by its dotted name and has items: `os.environ`, `sys.modules`. */
export interface NamedObject {
  subscript?(key: Value, call: CallContext): Value | undefined;
  contains?(item: Value, call: CallContext): Value | undefined;
  assignItem?(key: Value, value: Value, call: CallContext): void;
  deleteItem?(key: Value, call: CallContext): void;
}

/**
 * A model of a library: what its own code does, for the versions in use, and `undefined` for everything else. All names are
 * dotted, beginning with the module's.
 */
export interface Library {
  /** Functions and classes. */
  readonly calls?: Readonly<Record<string, KnownCall>>;
  /** Names whose value is more than their name. */
  readonly values?: Readonly<Record<string, Value>>;
  readonly objects?: Readonly<Record<string, NamedObject>>;
  /**
   * Names of constants, and of calls in lower case whose arguments determine the object, as with a class:
   * `timedelta(days=1)`. What ends in `.*` stands for all names below.
   */
  readonly constructors?: readonly string[];
  /** By module: what `from module import *` brings. */
  readonly starNames?: Readonly<Record<string, readonly string[]>>;
  /** Calls whose names follow a pattern. */
  callByPattern?(name: string, call: CallContext): Value | undefined;
  /** The value of a name, where the project has a say in it. */
  projectValue?(name: string, host: Host): Value | undefined;
  /** An attribute of a value that the library gives. */
  attribute?(receiver: Value, name: string, call: CallContext): Value | undefined;
  /** A method of a value that the library gives. */
  method?(receiver: Value, name: string, call: CallContext): Value | undefined;
  /** An attribute of a class that derives from one of the library's. */
  classAttribute?(owner: ClassValue, name: string, call: CallContext): Value | undefined;
  /** What iterating over such a class gives. */
  classItems?(owner: ClassValue, state: State): readonly Item[] | undefined;
  /** An object of a class that derives from one of the library's. */
  instance?(owner: ClassValue, call: CallContext): Value | undefined;
  /** A method that a class inherits from one of the library's. */
  inheritedMethod?(name: string, owner: ClassValue, call: CallContext): Value | undefined;
}
