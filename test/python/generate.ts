/**
 * Makes random settings projects that CPython can run: a seed always gives the same one. Every statement is valid
 * Python, and nearly every one runs without an exception.
 */
export interface GeneratedProject {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly environments: readonly Readonly<Record<string, string>>[];
}

type Type = "int" | "str" | "bool" | "strings" | "ints" | "dict" | "tuple" | "set" | "optional";

const TYPES: readonly Type[] = ["int", "str", "bool", "strings", "ints", "dict", "tuple", "set", "optional"];
const VARIABLES = ["E0", "E1", "E2", "E3", "E4"];
const TEXTS = ["", "0", "1", "true", "False", "prod", "dev", "a,b", " x , y ,", "12", "-3", "no", "on", "a=1"];
const WORDS = ["a", "b", "prod", "dev", "x,y", "Ab c", "", "k", "1"];
const KEYS = ["a", "b", "k", "default"];

interface Variable {
  readonly name: string;
  readonly type: Type;
}

/** Mulberry32: small, and the same on every machine. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A project of one to three modules and the environments in which it is to be run. */
export function generateProject(seed: number): GeneratedProject {
  const random = randomSource(seed);
  const count = 1 + Math.floor(random() * 3);
  const files: Record<string, string> = { "conf/__init__.py": random() < 0.2 ? "COMMON = ['c']\n" : "" };
  const earlier: { readonly name: string; readonly variables: readonly Variable[] }[] = [];
  for (let index = 0; index < count; index++) {
    const name = index === count - 1 ? "main" : `part${index}`;
    const module = new ModuleWriter(random, index, earlier);
    files[`conf/${name}.py`] = module.write();
    earlier.push({ name, variables: module.exported() });
  }
  const environments = Array.from({ length: 4 }, (_, index) => {
    const chosen: Record<string, string> = {};
    if (index === 0) return chosen;
    for (const variable of VARIABLES)
      if (random() < 0.6) chosen[variable] = TEXTS[Math.floor(random() * TEXTS.length)] as string;
    return chosen;
  });
  return { files, entry: "conf/main.py", environments };
}

type Module = { readonly name: string; readonly variables: readonly Variable[] };

/** Writes one module, statement by statement, and knows which names are bound at each point. */
class ModuleWriter {
  private readonly random: () => number;
  private readonly index: number;
  private readonly earlier: readonly Module[];
  private readonly lines: string[] = [];
  private scope: Variable[] = [];
  private readonly functions: { readonly name: string; readonly type: Type }[] = [];
  private indent = "";
  private created = 0;
  private inFunction = false;
  /** Names that a star import would not give, or that were made inside a block. */
  private depth = 0;

  constructor(random: () => number, index: number, earlier: readonly Module[]) {
    this.random = random;
    this.index = index;
    this.earlier = earlier;
  }

  write(): string {
    this.line("import os, json");
    if (this.chance(0.3)) this.line("from pathlib import Path");
    else this.line("import pathlib\nfrom pathlib import Path");
    this.line("from contextlib import suppress");
    this.importEarlier();
    const total = 6 + this.below(14);
    for (let i = 0; i < total; i++) this.statement();
    return `${this.lines.join("\n")}\n`;
  }

  exported(): readonly Variable[] {
    return this.scope.filter(({ name }) => /^[A-Z]/.test(name));
  }

  // ------------------------------------------------------------- choosing

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
  private chance(share: number): boolean {
    return this.random() < share;
  }
  private one<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
  private line(text: string): void {
    this.lines.push(this.indent + text);
  }
  private fresh(): string {
    this.created += 1;
    return this.inFunction ? `v${this.index}_${this.created}` : `N${this.index}_${this.created}`;
  }
  private known(type: Type): string | undefined {
    const found = this.scope.filter((variable) => variable.type === type);
    return found.length === 0 ? undefined : this.one(found).name;
  }

  private block(write: () => void): void {
    const { indent, scope } = this;
    const length = this.lines.length;
    this.indent += "    ";
    this.depth += 1;
    this.scope = [...scope];
    write();
    this.scope = scope;
    this.depth -= 1;
    if (this.lines.length === length) this.line("pass");
    this.indent = indent;
  }

  // ----------------------------------------------------------- statements

  private importEarlier(): void {
    for (const module of this.earlier) {
      const how = this.below(6);
      if (how <= 2) {
        this.line(`from .${module.name} import *`);
        this.scope.push(...module.variables);
      } else if (how === 3 && module.variables.length > 0) {
        const { name, type } = this.one(module.variables);
        const as = this.fresh();
        this.line(`from conf.${module.name} import ${name} as ${as}`);
        this.scope.push({ name: as, type });
      } else if (how === 4) {
        this.line(`from . import ${module.name}`);
        for (const { name, type } of module.variables)
          if (this.chance(0.5)) this.scope.push({ name: `${module.name}.${name}`, type });
      } else {
        this.line(`import conf.${module.name} as m${this.created}`);
        for (const { name, type } of module.variables)
          if (this.chance(0.5)) this.scope.push({ name: `m${this.created}.${name}`, type });
        this.created += 1;
      }
    }
  }

  private statement(): void {
    const writers: readonly (readonly [number, () => void])[] = [
      [20, () => this.assign()],
      [12, () => this.mutate()],
      [this.depth > 2 ? 0 : 10, () => this.branch()],
      [this.depth > 2 ? 0 : 5, () => this.attempt()],
      [this.depth > 1 ? 0 : 5, () => this.loop()],
      [this.depth > 0 || this.inFunction ? 0 : 5, () => this.define()],
      [4, () => this.augment()],
      [3, () => this.unpack()],
      [2, () => this.alias()],
      [this.inFunction ? 0 : 1, () => this.environment()],
      [this.inFunction || this.depth > 0 ? 0 : 1, () => this.classBody()],
      [this.inFunction || this.depth > 0 ? 0 : 1, () => this.remove()],
      [1, () => this.assertion()],
      [this.depth > 1 ? 0 : 2, () => this.matching()],
      [this.inFunction ? 0 : 1, () => this.viaGlobals()],
    ];
    let ticket = this.random() * writers.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, write] of writers) {
      ticket -= weight;
      if (ticket < 0) return write();
    }
  }

  private bind(type: Type, expression: string): void {
    const old = this.scope.filter((each) => each.type === type && !each.name.includes("."));
    const name = old.length > 0 && this.chance(0.35) ? this.one(old).name : this.fresh();
    if (this.inFunction && !name.startsWith("v")) return this.line(`v_ = ${expression}`);
    this.line(`${name} = ${expression}`);
    if (!this.scope.some((each) => each.name === name)) this.scope.push({ name, type });
  }

  private assign(): void {
    const type = this.one(TYPES);
    const expression = this.expression(type, 2);
    if (this.chance(0.05) && !this.inFunction) {
      const [first, second] = [this.fresh(), this.fresh()];
      this.line(`${first} = ${second} = ${expression}`);
      this.scope.push({ name: first, type }, { name: second, type });
    } else this.bind(type, expression);
  }

  private alias(): void {
    const type = this.one<Type>(["strings", "dict", "ints", "set"]);
    const source = this.known(type);
    if (source !== undefined) this.bind(type, source);
  }

  private augment(): void {
    const type = this.one<Type>(["int", "str", "strings", "ints", "tuple", "dict", "set"]);
    const name = this.known(type);
    if (name === undefined || this.inFunction || (name.includes(".") && this.chance(0.5))) return;
    const op = type === "dict" || type === "set" ? "|=" : this.chance(0.1) && type === "int" ? "*=" : "+=";
    this.line(`${name} ${op} ${this.expression(type, 1)}`);
  }

  private unpack(): void {
    if (this.inFunction) return;
    const [first, second] = [this.fresh(), this.fresh()];
    if (this.chance(0.3)) {
      this.line(`${first}, *${second} = ${this.expression("strings", 1)} + ["end"]`);
      this.scope.push({ name: second, type: "strings" });
    } else {
      this.line(`${first}, ${second} = ${this.expression("int", 1)}, ${this.expression("strings", 1)}`);
      this.scope.push({ name: first, type: "int" }, { name: second, type: "strings" });
    }
  }

  private mutate(): void {
    const type = this.one<Type>(["strings", "strings", "ints", "dict", "dict", "set"]);
    const name = this.known(type);
    if (name === undefined) return;
    const text = (): string => this.expression("str", 1);
    const key = (): string => (this.chance(0.7) ? JSON.stringify(this.one(KEYS)) : text());
    const strings = (): string => this.expression("strings", 1);
    const any = (): string => this.expression(this.one(TYPES), 1);
    const forms: Readonly<Record<string, readonly (() => string)[]>> = {
      strings: [
        () => `${name}.append(${text()})`,
        () => `${name}.extend(${this.one([strings(), this.expression("tuple", 1)])})`,
        () => `${name}.insert(${this.one(["0", "1", "-1", "5"])}, ${text()})`,
        () => `${name}[:] = ${strings()}`,
        () => `${name}[0:1] = ${strings()}`,
        () => `${name}.sort()`,
        () => `${name}.reverse()`,
        () => `if ${name}: ${name}.pop(${this.one(["", "0", "-1"])})`,
        () => `if ${text()} in ${name}: ${name}.remove(${name}[-1])`,
        () => `if ${name}: ${name}[${this.one(["0", "-1"])}] = ${text()}`,
        () => `if len(${name}) > 1: del ${name}[${this.one(["0", "-1", "1:"])}]`,
        () => `${name}.append(${name}[0] if ${name} else ${text()})`,
      ],
      ints: [
        () => `${name}.append(${this.expression("int", 1)})`,
        () => `${name}.sort(reverse=True)`,
        () => `${name} += [len(${name})]`,
        () => `${name}.extend(x + 1 for x in list(${name}))`,
        () => `${name}.insert(0, ${this.expression("int", 1)})`,
      ],
      dict: [
        () => `${name}[${key()}] = ${any()}`,
        () => `${name}.update(${this.expression("dict", 1)})`,
        () => `${name}.update(${this.one(["a", "b", "zz"])}=${any()})`,
        () => `${name}.setdefault(${key()}, ${any()})`,
        () => `${name}.pop(${key()}, None)`,
        () => `${name}.setdefault("list", []).append(${text()})`,
        () => `${name}.setdefault("inner", {})[${key()}] = ${any()}`,
        () => `if ${key()} in ${name}: del ${name}[list(${name})[0]]`,
        () => `${name}.clear()`,
        () => `${name}["n"] = ${name}.get("n", 0) + 1`,
        () => `${name} |= ${this.expression("dict", 1)}`,
      ],
      set: [() => `${name}.add(${text()})`, () => `${name}.discard(${text()})`, () => `${name}.update(${strings()})`],
    };
    const chosen = this.one(forms[type] ?? [])();
    if (this.inFunction && / \+= | \|= /.test(chosen)) return;
    this.line(chosen);
  }

  private branch(): void {
    if (this.chance(0.12) && !this.inFunction) {
      const name = this.fresh();
      this.line(`if (${name} := ${this.expression("optional", 1)}):`);
      this.block(() => {
        this.scope.push({ name, type: "str" });
        this.some();
      });
    } else {
      this.line(`if ${this.expression("bool", 2)}:`);
      this.block(() => this.some());
    }
    if (this.chance(0.3)) {
      this.line(`elif ${this.expression("bool", 1)}:`);
      this.block(() => this.some());
    }
    if (!this.chance(0.6)) return;
    this.line("else:");
    if (this.chance(0.3) && !this.inFunction) this.bindInBoth();
    else this.block(() => this.some());
  }

  /** A name that both arms of the `if` just written bind. */
  private bindInBoth(): void {
    const type = this.one(TYPES);
    const name = this.fresh();
    this.block(() => this.line(`${name} = ${this.expression(type, 1)}`));
    this.line(`if not ${JSON.stringify(name)} in globals(): ${name} = ${this.expression(type, 1)}`);
    this.scope.push({ name, type });
  }

  private some(): void {
    const total = 1 + this.below(3);
    for (let i = 0; i < total; i++) this.statement();
  }

  private attempt(): void {
    const name = this.fresh();
    const variable = this.one(VARIABLES);
    const risky: readonly (readonly [Type, string, string])[] = [
      ["int", `int(os.environ["${variable}"])`, "(KeyError, ValueError)"],
      ["str", `os.environ["${variable}"]`, "KeyError"],
      ["int", `int(os.environ.get("${variable}", "none"))`, "ValueError"],
      ["int", `int(${this.expression("str", 1)})`, "ValueError"],
      ["str", `${this.expression("dict", 1)}["k"] and "v"`, "KeyError"],
      ["str", `${this.expression("strings", 1)}[1]`, "IndexError"],
      ["int", `${this.expression("strings", 1)}.index(${this.expression("str", 1)})`, "Exception"],
      ["int", `10 // ${this.expression("int", 1)}`, "ZeroDivisionError"],
      ["bool", `json.loads(os.environ.get("${variable}", "true")) is True`, "ValueError"],
    ];
    const [type, expression, exception] = this.one(risky);
    if (this.chance(0.15) && !this.inFunction) {
      this.line(`${name} = ${this.expression(type, 0)}`);
      this.line(`with suppress(${exception.replace(/[()]/g, "")}):`);
      this.block(() => {
        this.line(`${name} = ${expression}`);
        if (this.chance(0.5)) this.statement();
      });
      this.scope.push({ name, type });
      return;
    }
    this.line("try:");
    this.block(() => {
      if (this.chance(0.3)) this.statement();
      this.line(`${name} = ${expression}`);
      this.scope.push({ name, type });
      if (this.chance(0.4)) this.statement();
    });
    this.line(`except ${exception}:`);
    this.block(() => {
      if (this.chance(0.3)) this.statement();
      this.line(`${name} = ${this.expression(type, 0)}`);
    });
    if (this.chance(0.2)) {
      this.line("else:");
      this.block(() => this.some());
    }
    if (this.chance(0.15)) {
      this.line("finally:");
      this.block(() => this.some());
    }
    this.scope.push({ name, type });
  }

  private loop(): void {
    const name = this.inFunction ? "v_item" : `ITEM${this.index}`;
    if (this.chance(0.12) && !this.inFunction) {
      const counter = this.fresh();
      this.line(`${counter} = 0`);
      this.line(`while ${counter} < ${this.below(4)}:`);
      this.block(() => {
        this.line(`${counter} += 1`);
        this.some();
      });
      this.scope.push({ name: counter, type: "int" });
      return;
    }
    const strings = this.expression("strings", 1);
    const source = this.one([strings, `list(${strings})`, `tuple(${strings})`, '["a", "prod"]']);
    this.line(`for ${name} in list(${source})[:4]:`);
    this.block(() => {
      this.scope.push({ name, type: "str" });
      if (this.chance(0.3)) this.line(`if ${this.expression("bool", 1)}: ${this.one(["continue", "break"])}`);
      this.some();
    });
    if (this.chance(0.15)) {
      this.line("else:");
      this.block(() => this.some());
    }
  }

  private matching(): void {
    this.line(`match ${this.expression("optional", 1)}:`);
    const inner = (pattern: string): void => {
      this.line(`    case ${pattern}:`);
      const { indent } = this;
      this.indent += "    ";
      this.block(() => this.some());
      this.indent = indent;
    };
    inner(this.one(['"prod"', '"a" | "b"', "None", '"dev"']));
    if (this.chance(0.6)) inner("_");
  }

  private define(): void {
    const name = `helper${this.index}_${this.functions.length}`;
    const type = this.one(TYPES);
    const fallback = this.one(["[]", "['d']", "None"]);
    this.line(`def ${name}(first, second="s", *rest, items=${fallback}):`);
    const outer = this.inFunction;
    this.inFunction = true;
    this.block(() => {
      this.scope.push({ name: "first", type: "optional" }, { name: "second", type: "str" });
      if (fallback !== "None") this.scope.push({ name: "items", type: "strings" });
      this.some();
      if (this.chance(0.5)) {
        this.line(`if ${this.expression("bool", 1)}:`);
        this.line(`    return ${this.expression(type, 1)}`);
      }
      this.some();
      this.line(`return ${this.expression(type, 2)}`);
    });
    this.inFunction = outer;
    this.functions.push({ name, type });
  }

  private classBody(): void {
    const name = `Conf${this.index}_${this.created}`;
    const type = this.one(TYPES);
    this.line(`class ${name}:`);
    this.line(`    first = ${this.expression(type, 1)}`);
    this.line(`    second = [first]`);
    const child = this.chance(0.5);
    if (child) this.line(`class ${name}b(${name}):\n    third = ${this.expression("int", 1)}`);
    this.scope.push({ name: `${name}${child ? "b" : ""}.first`, type });
    this.created += 1;
  }

  private remove(): void {
    const at = this.scope.findIndex((each) => !each.name.includes(".") && each.name.startsWith(`N${this.index}`));
    if (at < 0) return;
    this.line(`del ${this.scope[at]?.name}`);
    this.scope = this.scope.filter((each) => each.name !== this.scope[at]?.name);
  }

  private environment(): void {
    const variable = this.one(VARIABLES);
    this.line(
      this.chance(0.5)
        ? `os.environ.setdefault("${variable}", ${JSON.stringify(this.one(TEXTS))})`
        : `os.environ["${variable}"] = ${JSON.stringify(this.one(TEXTS))}`,
    );
  }

  private assertion(): void {
    if (this.chance(0.5)) return this.line(`assert ${this.expression("bool", 1)} or True`);
    this.line(`if os.environ.get("${this.one(VARIABLES)}") == "on": raise ValueError("no")`);
  }

  private viaGlobals(): void {
    const name = this.fresh();
    this.line(`globals()["${name}"] = ${this.expression("int", 1)}`);
    if (this.depth === 0) this.scope.push({ name, type: "int" });
  }

  // ---------------------------------------------------------- expressions

  private expression(type: Type, depth: number): string {
    const name = this.known(type);
    if (name !== undefined && this.chance(0.3)) return name;
    const called = this.functions.filter((each) => each.type === type);
    if (called.length > 0 && depth > 0 && this.chance(0.25)) return this.call(this.one(called).name);
    if (depth > 0 && this.chance(0.1))
      return `(${this.expression(type, depth - 1)} if ${this.expression("bool", depth - 1)} else ${this.expression(type, depth - 1)})`;
    switch (type) {
      case "int":
        return this.integer(depth);
      case "str":
        return this.text(depth);
      case "bool":
        return this.truth(depth);
      case "strings":
        return this.strings(depth);
      case "ints":
        return this.integers(depth);
      case "dict":
        return this.dictionary(depth);
      case "tuple":
        return this.one([
          `("t",)`,
          `tuple(${depth > 0 ? this.expression("strings", depth - 1) : '["q"]'})`,
          `("p", ${depth > 0 ? this.expression("str", depth - 1) : '"r"'})`,
        ]);
      case "set":
        return this.one([
          `{"a", "b"}`,
          `set(${depth > 0 ? this.expression("strings", depth - 1) : "()"})`,
          `{x for x in ${depth > 0 ? this.expression("strings", depth - 1) : "['z']"}}`,
        ]);
      case "optional":
        return this.one([
          `os.environ.get("${this.one(VARIABLES)}")`,
          `os.getenv("${this.one(VARIABLES)}")`,
          "None",
          depth > 0 ? this.expression("str", depth - 1) : '"o"',
        ]);
    }
  }

  private call(name: string): string {
    const first = this.one([this.one(["None", '"prod"', '"a"']), this.expression("str", 0)]);
    return this.one([
      `${name}(${first})`,
      `${name}(${first}, ${this.expression("str", 0)})`,
      `${name}(first=${first}, second=${this.expression("str", 0)})`,
      `${name}(${first}, "p", 1, 2, items=${this.expression("strings", 0)})`,
    ]);
  }

  private read(): string {
    const variable = this.one(VARIABLES);
    return this.one([
      `os.environ.get("${variable}", ${JSON.stringify(this.one(WORDS))})`,
      `os.getenv("${variable}", ${JSON.stringify(this.one(WORDS))})`,
      `(os.environ.get("${variable}") or ${JSON.stringify(this.one(WORDS))})`,
    ]);
  }

  private integer(depth: number): string {
    if (depth === 0) return String(this.below(12) - 2);
    const int = (): string => this.expression("int", depth - 1);
    return this.one([
      () => String(this.below(12) - 2),
      () => `(${int()} ${this.one(["+", "-", "*"])} ${int()})`,
      () => `${int()} ${this.one(["//", "%"])} ${1 + this.below(5)}`,
      () => `len(${this.expression(this.one(["strings", "dict", "str", "tuple", "ints", "set"]), depth - 1)})`,
      () => `int(${this.expression("bool", depth - 1)})`,
      () => `sum(${this.expression("ints", depth - 1)})`,
      () => `max(${int()}, ${int()})`,
      () => `${this.expression("strings", depth - 1)}.count(${this.expression("str", depth - 1)})`,
      () => `${this.expression("str", depth - 1)}.find("a")`,
      () => `abs(${int()})`,
    ])();
  }

  private text(depth: number): string {
    if (depth === 0) return this.chance(0.3) ? this.read() : JSON.stringify(this.one(WORDS));
    const text = (): string => this.expression("str", depth - 1);
    const strings = (): string => this.expression("strings", depth - 1);
    return this.one([
      () => this.read(),
      () => this.read(),
      () => `(${text()} + ${text()})`,
      () =>
        `f"{${this.expression("int", depth - 1).replaceAll('"', "'")}}-{${this.expression("str", 0).replaceAll('"', "'")}!r}"`,
      () => `"%s:%d" % (${text()}, ${this.expression("int", depth - 1)})`,
      () => `"{}/{n:>3}".format(${text()}, n=${this.expression("int", depth - 1)})`,
      () =>
        `${text()}.${this.one(["lower()", "upper()", "strip()", "title()", "replace('a', 'o')", "lstrip('a')", "zfill(3)", "capitalize()", "removeprefix('p')", "swapcase()", "center(5)"])}`,
      () => `",".join(${strings()})`,
      () => `str(${this.expression(this.one(["int", "bool", "strings", "optional", "tuple", "ints"]), depth - 1)})`,
      () => `${text()}[${this.one(["1:", ":2", "::-1", ":-1"])}]`,
      () => `(${strings()} or ["e"])[${this.one(["0", "-1"])}]`,
      () => `str(Path("/srv") / ${this.one(['"x"', '"a/b"', text()])})`,
      () => `os.path.join("/base", ${text()})`,
      () => `str(Path(__file__).parent.name)`,
      () => `(${this.expression("optional", depth - 1)} or "fallback")`,
      () => `str(${this.expression("dict", depth - 1)}.get("a", "dflt"))`,
      () => `{"prod": "P", "dev": "D"}.get(${text()}, "other")`,
      () => `(${text()} * 2)`,
      () => `${text()}.partition("a")[0]`,
      () => `(lambda q, w="w": q + w)(${text()})`,
    ])();
  }

  private truth(depth: number): string {
    if (depth === 0) return this.one(["True", "False", `"${this.one(VARIABLES)}" in os.environ`]);
    const bool = (): string => this.expression("bool", depth - 1);
    const text = (): string => this.expression("str", depth - 1);
    return this.one([
      () => `"${this.one(VARIABLES)}" ${this.one(["in", "not in"])} os.environ`,
      () => `${text()} ${this.one(["==", "!=", "<", ">="])} ${text()}`,
      () => `${text()} in ${this.expression(this.one(["strings", "str", "tuple", "dict", "set"]), depth - 1)}`,
      () => `${this.read()}.lower() in ("1", "true", "on")`,
      () => `not ${bool()}`,
      () => `(${bool()} ${this.one(["and", "or"])} ${bool()})`,
      () => `bool(${this.expression(this.one(["str", "strings", "dict", "int", "optional"]), depth - 1)})`,
      () =>
        `${this.expression("int", depth - 1)} ${this.one(["<", ">", "==", "<="])} ${this.expression("int", depth - 1)}`,
      () => `${this.expression("optional", depth - 1)} is ${this.one(["None", "not None"])}`,
      () => `any(${this.one(["x", "x == 'a'"])} for x in ${this.expression("strings", depth - 1)})`,
      () => `${text()}.startswith(${this.one(['"a"', '("p", "d")'])})`,
      () => `isinstance(${this.expression(this.one(TYPES), depth - 1)}, ${this.one(["str", "list", "(int, dict)"])})`,
      () => `0 < ${this.expression("int", depth - 1)} < 9`,
      () => `${text()}.isdigit()`,
      () => `all(${this.expression("strings", depth - 1)})`,
      () =>
        `${this.expression("strings", depth - 1)} == ${this.one(["[]", '["a"]', this.expression("strings", depth - 1)])}`,
    ])();
  }

  private strings(depth: number): string {
    if (depth === 0) return this.one(["[]", '["a"]', '["a", "b"]', '["prod", "x", "a"]']);
    const text = (): string => this.expression("str", depth - 1);
    const strings = (): string => this.expression("strings", depth - 1);
    return this.one([
      () => `[${text()}, ${text()}]`,
      () => `${this.read()}.split(",")`,
      () => `(${strings()} + ${strings()})`,
      () => `[x for x in ${strings()} if x ${this.one(["", "!= 'a'", "in ('a', 'b')"])}]`,
      () => `[x.strip() for x in ${this.read()}.split(",") if x]`,
      () => `[*${strings()}, *${this.expression("tuple", depth - 1)}]`,
      () => `sorted(${this.expression(this.one(["strings", "set", "tuple", "dict"]), depth - 1)})`,
      () => `list(${this.expression(this.one(["strings", "tuple"]), depth - 1)})`,
      () => `list(map(str, ${this.expression("ints", depth - 1)}))`,
      () => `list(filter(None, ${strings()}))`,
      () => `${strings()}[${this.one([":1", "1:", "::-1", "-1:"])}]`,
      () => `(${strings()} * 2)`,
      () => `(${strings()} or ${strings()})`,
      () => `list(${this.expression("dict", depth - 1)})`,
      () => `[x + y for x in ${strings()} for y in ("1", "2")]`,
      () => `list(dict.fromkeys(${strings()}))`,
      () => `${strings()}.copy()`,
      () => `list(reversed(${strings()}))`,
      () => `[${this.one(["'q'", text()])}, *(${strings()} if ${this.expression("bool", depth - 1)} else [])]`,
    ])();
  }

  private integers(depth: number): string {
    if (depth === 0) return this.one(["[]", "[1]", "[3, 1, 2]"]);
    return this.one([
      () => `list(range(${this.below(5)}))`,
      () => `[${this.expression("int", depth - 1)}, ${this.expression("int", depth - 1)}]`,
      () => `[len(x) for x in ${this.expression("strings", depth - 1)}]`,
      () => `sorted(${this.expression("ints", depth - 1)}, reverse=True)`,
      () => `[i * 2 for i, x in enumerate(${this.expression("strings", depth - 1)})]`,
      () => `${this.expression("ints", depth - 1)}[::2]`,
    ])();
  }

  private dictionary(depth: number): string {
    if (depth === 0) return this.one(["{}", '{"a": 1}', '{"a": 1, "b": "two"}', 'dict(k="v")']);
    const any = (): string => this.expression(this.one(TYPES), depth - 1);
    return this.one([
      () => `{"a": ${any()}, "b": ${any()}}`,
      () => `{"k": ${any()}, **${this.expression("dict", depth - 1)}}`,
      () => `dict(a=${any()}, default=${any()})`,
      () => `{x: len(x) for x in ${this.expression("strings", depth - 1)}}`,
      () => `dict(zip(${this.expression("strings", depth - 1)}, ${this.expression("ints", depth - 1)}))`,
      () => `{**${this.expression("dict", depth - 1)}, ${this.expression("str", depth - 1)}: ${any()}}`,
      () => `(${this.expression("dict", depth - 1)} | ${this.expression("dict", depth - 1)})`,
      () => `{"default": {"OPTIONS": ${any()}, "NAME": ${this.expression("str", depth - 1)}}}`,
      () => `{k: v for k, v in ${this.expression("dict", depth - 1)}.items() if k != "b"}`,
      () => `dict(${this.expression("dict", depth - 1)})`,
      () => `${this.expression("dict", depth - 1)}.copy()`,
    ])();
  }
}
