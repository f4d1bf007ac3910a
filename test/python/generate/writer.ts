import type { Random } from "./random";

/**
 * What a name holds, so that what is done with it is valid. `nested`: a dict like those of databases, with `default`, its
 * `OPTIONS` (a dict) and its `LIST` (of texts).
 */
export type Type = "int" | "str" | "bool" | "strings" | "ints" | "dict" | "tuple" | "set" | "optional" | "nested";

export const TYPES: readonly Type[] = [
  "int",
  "str",
  "bool",
  "strings",
  "ints",
  "dict",
  "tuple",
  "set",
  "optional",
  "nested",
];
export const VARIABLES = ["E0", "E1", "E2", "E3", "E4"];
export const TEXTS = ["", "0", "1", "true", "False", "prod", "dev", "a,b", " x , y ,", "12", "-3", "no", "on", "a=1"];
export const WORDS = ["a", "b", "prod", "dev", "x,y", "Ab c", "", "k", "1"];
export const KEYS = ["a", "b", "k", "default"];

/** A name, or a dotted one that leads to an attribute. */
export interface Variable {
  readonly name: string;
  readonly type: Type;
}

export interface Module {
  readonly name: string;
  readonly variables: readonly Variable[];
}

/** A module in the making: its lines, and which names are bound at the present place. */
export class Writer {
  readonly random: Random;
  readonly index: number;
  readonly lines: string[] = [];
  scope: Variable[] = [];
  readonly functions: { readonly name: string; readonly type: Type }[] = [];
  inFunction = false;
  inLoop = false;
  depth = 0;
  private indent = "";
  private created = 0;

  constructor(random: Random, index: number) {
    this.random = random;
    this.index = index;
  }

  line(text: string): void {
    this.lines.push(this.indent + text);
  }

  /** A name that nothing else has; settings are named in upper case, locals are not. */
  fresh(prefix = this.inFunction ? "v" : "N"): string {
    this.created += 1;
    return `${prefix}${this.index}_${this.created}`;
  }

  /** A bound name of a type. */
  known(type: Type): string | undefined {
    const found = this.scope.filter((variable) => variable.type === type);
    return found.length === 0 ? undefined : this.random.one(found).name;
  }

  /** Names that may be bound again here. */
  rebindable(type: Type): readonly Variable[] {
    return this.scope.filter(({ name, type: other }) => other === type && !name.includes(".") && !name.includes("["));
  }

  add(name: string, type: Type): void {
    if (!this.scope.some((each) => each.name === name)) this.scope.push({ name, type });
  }

  /** Assigns to a new name, or to one that has the type already. */
  bind(type: Type, expression: string): void {
    const old = this.rebindable(type);
    const name = old.length > 0 && this.random.chance(0.35) ? this.random.one(old).name : this.fresh();
    if (this.inFunction && !name.startsWith("v")) return this.line(`v_ = ${expression}`);
    this.line(`${name} = ${expression}`);
    this.add(name, type);
  }

  /** An indented block; the names that it binds are not certain to be bound after it. */
  block(write: () => void): void {
    const { indent, scope } = this;
    const { length } = this.lines;
    this.indent += "    ";
    this.depth += 1;
    this.scope = [...scope];
    write();
    this.scope = scope;
    this.depth -= 1;
    if (this.lines.length === length) this.line("pass");
    this.indent = indent;
  }

  /** The body of a function: what it binds is its own. */
  functionBody(write: () => void): void {
    const { inFunction, inLoop } = this;
    this.inFunction = true;
    this.inLoop = false;
    this.block(write);
    this.inFunction = inFunction;
    this.inLoop = inLoop;
  }
}
