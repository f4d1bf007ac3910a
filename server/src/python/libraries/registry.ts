import { table } from "../../base/table";
import type { CallContext, KnownCall } from "../program/call";
import type { Host } from "../program/host";
import type { Libraries } from "../program/interpreter";
import type { State } from "../program/state";
import type { ClassValue, Item, Site, Value } from "../values/value";
import { BUILTIN_NAMES } from "./builtins/builtins";
import type { Library, NamedObject } from "./library";
import { STANDARD_MODULES } from "./stdlib/others";

/** Answers the evaluator from a list of models. Where several of them answer, the first one counts. */
export class Registry implements Libraries {
  private readonly models: readonly Library[];
  private readonly calls: ReadonlyMap<string, KnownCall>;
  private readonly values: ReadonlyMap<string, Value>;
  private readonly objects: ReadonlyMap<string, NamedObject>;
  private readonly constructors: ReadonlySet<string>;
  private readonly stars: ReadonlyMap<string, readonly string[]>;
  private readonly names: ReadonlySet<string>;

  constructor(models: readonly Library[]) {
    this.models = models;
    this.calls = merged(models.map((each) => each.calls));
    this.values = merged(models.map((each) => each.values));
    this.objects = merged(models.map((each) => each.objects));
    this.constructors = new Set(models.flatMap((each) => each.constructors ?? []));
    this.stars = merged(models.map((each) => each.starNames));
    this.names = new Set([...this.calls.keys(), ...this.objects.keys()].flatMap(prefixes));
  }

  call(name: string, call: CallContext): Value | undefined {
    const dotted = canonical(name);
    return this.calls.get(dotted)?.(call) ?? this.first((each) => each.callByPattern?.(dotted, call));
  }

  value(name: string, site: Site, host: Host): Value | undefined {
    const dotted = canonical(name);
    if (!dotted.startsWith("builtins."))
      return this.values.get(dotted) ?? this.first((each) => each.projectValue?.(dotted, host));
    return BUILTIN_NAMES.has(dotted.slice("builtins.".length)) ? { kind: "external", name: dotted, site } : undefined;
  }

  isKnownName(name: string): boolean {
    return this.names.has(canonical(name)) || this.names.has(name);
  }

  isAlwaysImportable(name: string): boolean {
    const top = name.split(".", 1)[0] as string;
    return STANDARD_MODULES.has(top) || top === "django";
  }

  /** Whether a name is that of a class, by the custom of PEP 8, or of one of Python's own types and functions. */
  isClass(name: string): boolean {
    const dotted = canonical(name);
    return dotted.startsWith("builtins.") || /^_?[A-Z]\w*[a-z]/.test(lastPart(dotted)) || this.isConstant(dotted);
  }

  /** Whether the arguments alone determine what a call gives: not the clock, chance or the machine. */
  isConstructor(callee: string): boolean {
    const dotted = canonical(callee);
    return this.isConstant(dotted) || (/^_?[A-Z]/.test(lastPart(dotted)) && !dotted.startsWith("tempfile."));
  }

  private isConstant(dotted: string): boolean {
    return this.constructors.has(dotted) || prefixes(dotted).some((prefix) => this.constructors.has(`${prefix}.*`));
  }

  starNames(name: string): readonly string[] | undefined {
    return this.stars.get(name);
  }

  subscript(name: string, key: Value, call: CallContext): Value | undefined {
    return this.objects.get(canonical(name))?.subscript?.(key, call);
  }

  contains(name: string, item: Value, call: CallContext): Value | undefined {
    return this.objects.get(canonical(name))?.contains?.(item, call);
  }

  assignItem(name: string, key: Value, value: Value, call: CallContext): void {
    this.objects.get(canonical(name))?.assignItem?.(key, value, call);
  }

  deleteItem(name: string, key: Value, call: CallContext): void {
    this.objects.get(canonical(name))?.deleteItem?.(key, call);
  }

  attribute(receiver: Value, name: string, call: CallContext): Value | undefined {
    return this.first((each) => each.attribute?.(receiver, name, call));
  }

  method(receiver: Value, name: string, call: CallContext): Value | undefined {
    return this.first((each) => each.method?.(receiver, name, call));
  }

  classAttribute(owner: ClassValue, name: string, call: CallContext): Value | undefined {
    return this.first((each) => each.classAttribute?.(owner, name, call));
  }

  classItems(owner: ClassValue, state: State): readonly Item[] | undefined {
    return this.first((each) => each.classItems?.(owner, state));
  }

  instance(owner: ClassValue, call: CallContext): Value | undefined {
    return this.first((each) => each.instance?.(owner, call));
  }

  inheritedMethod(name: string, owner: ClassValue, call: CallContext): Value | undefined {
    return this.first((each) => each.inheritedMethod?.(name, owner, call));
  }

  private first<T>(ask: (model: Library) => T | undefined): T | undefined {
    for (const model of this.models) {
      const answer = ask(model);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

function merged<T>(parts: readonly (Readonly<Record<string, T>> | undefined)[]): ReadonlyMap<string, T> {
  return new Map(parts.flatMap((part) => Object.entries(part ?? {})));
}

function prefixes(dotted: string): readonly string[] {
  const parts = dotted.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

const RENAMED: Readonly<Record<string, string>> = table({ posixpath: "os.path", ntpath: "os.path" });

/** Several names lead to the same thing: `posixpath` is `os.path`. */
function canonical(name: string): string {
  const top = name.split(".", 1)[0] as string;
  const renamed = RENAMED[top];
  return renamed === undefined ? name : renamed + name.slice(top.length);
}
