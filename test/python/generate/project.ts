import { expression } from "./expressions";
import { Random } from "./random";
import { statement } from "./statements";
import { TEXTS, VARIABLES, Writer, type Module, type Variable } from "./writer";

/** A settings project that CPython can run, and the environments in which it is to be run. */
export interface GeneratedProject {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly environments: readonly Readonly<Record<string, string>>[];
}

/**
 * A random project of one to three modules: a seed always gives the same one. Every statement is valid Python, and nearly
 * every one runs without an exception.
 */
export function generateProject(seed: number): GeneratedProject {
  const random = new Random(seed);
  const count = 1 + random.below(3);
  const files: Record<string, string> = { "conf/__init__.py": random.chance(0.2) ? "COMMON = ['c']\n" : "" };
  const earlier: Module[] = [];
  const isCyclic = count === 3 && random.chance(0.25);
  for (let index = 0; index < count; index++) {
    const name = index === count - 1 ? "main" : `part${index}`;
    const w = new Writer(random, index);
    writeModule(w, earlier);
    // part0 and part1 import each other: one of them sees the other half done.
    if (isCyclic && index === 0) importLater(w);
    const exported = w.scope.filter((each) => /^[A-Z]/.test(each.name));
    const variables = index < count - 1 ? exportNames(w, exported) : exported;
    files[`conf/${name}.py`] = `${w.lines.join("\n")}\n`;
    earlier.push({ name, variables });
  }
  const environments = Array.from({ length: 4 }, (_, index) => {
    const chosen: Record<string, string> = {};
    if (index === 0) return chosen;
    for (const variable of VARIABLES) if (random.chance(0.6)) chosen[variable] = random.one(TEXTS);
    return chosen;
  });
  return { files, entry: "conf/main.py", environments };
}

function writeModule(w: Writer, earlier: readonly Module[]): void {
  w.line("import os, json");
  w.line(w.random.chance(0.3) ? "from pathlib import Path" : "import pathlib\nfrom pathlib import Path");
  w.line("from contextlib import nullcontext, suppress");
  const late = w.random.chance(0.2) ? earlier.at(-1) : undefined;
  for (const module of earlier) if (module !== late) importModule(w, module);
  const total = 12 + w.random.below(30);
  for (let i = 0; i < total; i++) {
    if (late !== undefined && i === 3) importLate(w, late);
    statement(w);
  }
}

function importModule(w: Writer, module: Module): void {
  const { name, variables } = module;
  const how = w.random.below(6);
  const attributes = (prefix: string): void => {
    for (const variable of variables)
      if (w.random.chance(0.5)) w.scope.push({ name: `${prefix}.${variable.name}`, type: variable.type });
  };
  if (how <= 2) {
    w.line(`from .${name} import *`);
    w.scope.push(...variables);
  } else if (how === 3 && variables.length > 0) {
    const variable = w.random.one(variables);
    const as = variable.name.includes(".") ? undefined : w.fresh();
    if (as === undefined) return w.line(`import conf.${name}`);
    w.line(`from conf.${name} import ${variable.name} as ${as}`);
    w.scope.push({ name: as, type: variable.type });
  } else if (how === 4) {
    w.line(`from . import ${name}`);
    attributes(name);
  } else {
    const as = w.fresh("m");
    w.line(`import conf.${name} as ${as}`);
    attributes(as);
  }
}

/** An import after names of its own, in some worlds only, or guarded. */
function importLate(w: Writer, { name, variables }: Module): void {
  w.random.one([
    () => {
      w.line(`if ${expression(w, "bool", 1)}:`);
      w.line(`    from .${name} import *`);
      w.line(`from . import ${name}`);
    },
    () => {
      w.line("try:");
      w.block(() => {
        w.line(
          `from .${name} import ${variables.find((each) => !each.name.includes("."))?.name ?? "MISSING"} as ${w.fresh()}`,
        );
        w.line(`from .${name} import MISSING_${w.index}`);
      });
      w.line("except ImportError:");
      w.block(() => statement(w));
      w.line(`import conf.${name}`);
    },
    () => {
      w.line(`from .${name} import *`);
      w.scope.push(...variables.filter((each) => !w.scope.some((own) => own.name === each.name)));
    },
  ])();
}

function importLater(w: Writer): void {
  const name = w.fresh();
  w.line("import conf.part1");
  w.line(`${name} = getattr(conf.part1, "N1_1", "half done")`);
}

/** Perhaps an `__all__`, and what a star import then gives. */
function exportNames(w: Writer, variables: readonly Variable[]): readonly Variable[] {
  const plain = variables.filter(({ name }) => !name.includes("."));
  if (plain.length < 2 || !w.random.chance(0.15)) return variables;
  const kept = plain.slice(1);
  w.line(`__all__ = [${kept.map(({ name }) => JSON.stringify(name)).join(", ")}]`);
  return kept;
}
