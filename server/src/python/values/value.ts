import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import type { ClassDef, FunctionDef, Lambda } from "../../syntax/ast";

/** A stretch of a file's text. */
export interface Site {
  readonly file: FilePath;
  readonly range: Range;
}

/** One thing that happened to a name or its object on the way to its effective value. Newest last in every list of steps. */
export interface Step {
  readonly kind: "assignment" | "import" | "mutation" | "deletion";
  /** The whole statement. */
  readonly site: Site;
  /** The name (or `*`) inside the statement that says which setting it is about. */
  readonly target: Range;
  /** The dotted name of the module in which it happened. */
  readonly module: string;
  /** A function sets names that it is not written for (`setattr(module, name, value)`): nobody mends one setting there. */
  readonly isGeneric?: true;
  /** A call outside of the workspace got hold of the names of a module: it may bind any. */
  readonly isHook?: true;
}

/** Why something cannot be known statically. */
export interface Cause {
  readonly kind:
    | "unsupported"
    | "call"
    | "import"
    | "external"
    | "syntax-error"
    | "cycle"
    | "budget"
    | "environment"
    | "file"
    | "machine"
    | "overwritten"
    | "error";
  /** For people, without any value that could be a secret: `result of vault.read()`. */
  readonly text: string;
  readonly site: Site | undefined;
}

/**
 * What a variable's text becomes. `str`: left as text. `other`: a function that is not modelled.
 * `database`, `cache`, `email`, `url`: parsed to a dict or URL object by the library.
 */
export type Cast =
  | "str"
  | "bool"
  | "int"
  | "float"
  | "list"
  | "tuple"
  | "set"
  | "dict"
  | "json"
  | "path"
  | "url"
  | "database"
  | "cache"
  | "email"
  | "other";

export type EnvironmentLibrary =
  | "os"
  | "django-environ"
  | "python-decouple"
  | "environs"
  | "dj-database-url"
  | "django-configurations"
  | "pydantic-settings"
  | "dynaconf"
  | "python-dotenv";

export interface Item {
  readonly value: Value;
  /** `true`: zero or more items come from `value` (a list read from the environment, or unknown). */
  readonly spread: boolean;
  /** Where the item is written. */
  readonly site: Site | undefined;
}

/** An entry without a key stands for zero or more unknown or environment-made entries, which may replace earlier ones. */
export interface Entry {
  readonly key: Value | undefined;
  readonly value: Value;
  /** Where key and value are written, from the key's start to the value's end. */
  readonly site: Site | undefined;
  /** Where the value alone is written. */
  readonly valueSite: Site | undefined;
}

export type NoneValue = { readonly kind: "none" };
export type BoolValue = { readonly kind: "bool"; readonly value: boolean };
export type IntValue = { readonly kind: "int"; readonly value: bigint };
export type FloatValue = { readonly kind: "float"; readonly value: number };
export type StrValue = { readonly kind: "str"; readonly value: string };
/** One character a byte. */
export type BytesValue = { readonly kind: "bytes"; readonly value: string };
/** A `pathlib` path; `value` is its `str()`. */
export type PathValue = { readonly kind: "path"; readonly value: string };
export type SequenceValue = { readonly kind: "list" | "tuple" | "set" | "frozenset"; readonly items: readonly Item[] };
export type DictValue = { readonly kind: "dict"; readonly entries: readonly Entry[] };

/**
 * A read of an environment variable. Kept apart from unknown on purpose: half of the rules are about it.
 * Unset gives `fallback`, and raises where that is `undefined`; set gives `convert(text)`.
 */
export interface EnvironmentValue {
  readonly kind: "environment";
  readonly variable: string;
  readonly library: EnvironmentLibrary;
  readonly cast: Cast;
  readonly fallback: Value | undefined;
  /** Pure; throws `PythonRaise` for a text that the library rejects. `resolve` turns that into unknown. */
  readonly convert: (text: string) => Value;
  readonly site: Site;
}

/** What comes out of an operation, where that is certain: `plain` is anything that cannot be changed in place. */
export type Result = "text" | "number" | "plain" | "texts" | "list" | "list of texts";

/** What is done to values that are known later. */
export interface Operation {
  /** Readable and unique for the operation: `==`, `str.split`, `in os.environ`. */
  readonly id: string;
  /** How it reads, given how its inputs read, where it has a short form. */
  readonly text?: (texts: readonly (string | undefined)[], inputs: readonly Value[]) => string | undefined;
  readonly gives?: (inputs: readonly Value[]) => Result | undefined;
  /**
   * The exceptions that it may raise, in the order in which they are told apart; the last stands for all that are left.
   * None for an operation that takes whatever its inputs can become.
   */
  readonly raises: (inputs: readonly Value[]) => readonly string[];
}

/** An operation on values of which at least one depends on the environment; computable once that is known. */
export interface DerivedValue {
  readonly kind: "derived";
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  /** Pure; called with inputs that are neither environment, derived nor choice. */
  readonly compute: (inputs: readonly Value[]) => Value;
  readonly site: Site | undefined;
}

/** An object of a class or call that is not modelled, with its identity: `datetime.timedelta(days=1)`. */
export interface OpaqueValue {
  readonly kind: "opaque";
  /** Dotted name of what was called, as imported: `cryptography.fernet.Fernet`. */
  readonly callee: string;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly id: number;
  /** See {@link UnknownValue.mayBe}. */
  readonly mayBe?: readonly Value[];
  readonly site: Site | undefined;
}

/** A mutable object of the running program; its contents stand in the state's heap. Never seen by rules: they get frozen values. */
export type ReferenceValue = { readonly kind: "reference"; readonly id: number };

export interface FunctionValue {
  readonly kind: "function";
  readonly definition: FunctionDef | Lambda;
  readonly file: FilePath;
  /** The scopes visible from its body, innermost first (ids into the state). */
  readonly scopes: readonly number[];
  readonly defaults: ReadonlyMap<string, Value>;
  /** The object that a method was taken from. */
  readonly self?: Value;
  /** The class in which it stands, where it was found as an attribute of one. */
  readonly within?: ClassValue;
}
export interface ClassValue {
  readonly kind: "class";
  readonly definition: ClassDef;
  readonly file: FilePath;
  readonly scope: number;
  readonly bases: readonly Value[];
}
/** A module of the workspace. */
export interface ModuleValue {
  readonly kind: "module";
  readonly file: FilePath;
  readonly name: string;
  /** The scope of its names, where it was executed in some worlds only. */
  readonly scope?: number;
}
/** Something of a modelled library: `os.environ`, `environ.Env`, an `Env` instance, `str.split` bound to a text. */
export interface ModelValue {
  readonly kind: "model";
  /** Dotted name (`os.environ`), readable in messages. */
  readonly name: string;
  readonly model: object;
}
/** A name outside the workspace that is not modelled: `rest_framework.permissions.IsAdminUser`. */
export type ExternalValue = { readonly kind: "external"; readonly name: string; readonly site: Site | undefined };

export interface ChoiceValue {
  readonly kind: "choice";
  readonly test: Test;
  readonly yes: Value;
  readonly no: Value;
}
/** The name is not bound in this world. */
export type UnsetValue = { readonly kind: "unset" };
export interface UnknownValue {
  readonly kind: "unknown";
  readonly because: Cause;
  readonly id: number;
  /** The objects that it may be, or that may be taken out of it, as far as others lead to them too. */
  readonly mayBe?: readonly Value[];
}

export type Value =
  | NoneValue
  | BoolValue
  | IntValue
  | FloatValue
  | StrValue
  | BytesValue
  | PathValue
  | SequenceValue
  | DictValue
  | EnvironmentValue
  | DerivedValue
  | OpaqueValue
  | ReferenceValue
  | FunctionValue
  | ClassValue
  | ModuleValue
  | ModelValue
  | ExternalValue
  | ChoiceValue
  | UnsetValue
  | UnknownValue;

/** A condition whose outcome is not known: the same condition on the same value is the same test, so reads of it stay correlated. */
export interface Test {
  readonly id: number;
  /** The value whose truth decides. */
  readonly value: Value;
  /** Where it was first asked. */
  readonly site: Site | undefined;
  /** The condition as written, shortened: for messages. */
  readonly text: string;
}

export interface Decision {
  readonly test: Test;
  readonly holds: boolean;
}
/** All decisions that must hold for an outcome to happen; empty: always. */
export type Guard = readonly Decision[];

/** One possible final value of a name. `value` is frozen: it holds no references and is no choice at the top. */
export interface Outcome {
  readonly value: Value;
  readonly guard: Guard;
  readonly steps: readonly Step[];
  /** What is not in the workspace may replace the value: `try: from .local import *`, `hooks.settings(locals())`. Severity is lowered for it. */
  readonly overridable: Step | undefined;
}

export const NONE: NoneValue = { kind: "none" };
export const TRUE: BoolValue = { kind: "bool", value: true };
export const FALSE: BoolValue = { kind: "bool", value: false };
export const UNSET: UnsetValue = { kind: "unset" };

export const bool = (value: boolean): BoolValue => (value ? TRUE : FALSE);
export const str = (value: string): StrValue => ({ kind: "str", value });
export const int = (value: bigint | number): IntValue => ({ kind: "int", value: BigInt(value) });
export const float = (value: number): FloatValue => ({ kind: "float", value });
export const path = (value: string): PathValue => ({ kind: "path", value });
export const plainItem = (value: Value, site?: Site): Item => ({ value, spread: false, site });
export const list = (values: readonly Value[]): SequenceValue => ({
  kind: "list",
  items: values.map((value) => plainItem(value)),
});
export const tuple = (values: readonly Value[]): SequenceValue => ({
  kind: "tuple",
  items: values.map((value) => plainItem(value)),
});
export const dict = (entries: readonly (readonly [string, Value])[]): DictValue => ({
  kind: "dict",
  entries: entries.map(([key, value]) => ({ key: str(key), value, site: undefined, valueSite: undefined })),
});

let created = 0;
let given: { readonly ids: number[]; used: number } | undefined;

/** A number that no other unknown, opaque object or test has; it tells identities apart and means nothing else. */
export function freshId(): number {
  const known = given?.ids[given.used];
  if (known === undefined) created += 1;
  const id = known ?? created;
  if (given === undefined) return id;
  given.ids[given.used] = id;
  given.used += 1;
  return id;
}

/**
 * Runs something that gets its numbers from a list, in order, and adds those that are missing: with the same list, the same code
 * run again makes objects of the same identity. Nothing else of one evaluation may use the list.
 */
export function withIds<T>(ids: number[], run: () => T): T {
  const outer = given;
  given = { ids, used: 0 };
  try {
    return run();
  } finally {
    given = outer;
  }
}

/** An unknown with its cause. `text` must not hold a value that could be a secret. */
export function unknown(kind: Cause["kind"], text: string, site?: Site): UnknownValue {
  return { kind: "unknown", because: { kind, text, site }, id: freshId() };
}
