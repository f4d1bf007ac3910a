import { VALUES } from "./census";
import { environmentRead, expression } from "./expressions";
import { mutate } from "./mutations";
import { KEYS, TEXTS, TYPES, VARIABLES, type Type, type Writer } from "./writer";

/** Assignments in all their forms. */
export function assign(w: Writer): void {
  const type = w.random.one(TYPES);
  const value = assigned(w, type);
  if (w.inFunction || w.random.chance(0.9)) return w.bind(type, value);
  const [first, second] = [w.fresh(), w.fresh()];
  w.random.one([
    () => {
      w.line(`${first} = ${second} = ${value}`);
      w.add(second, type);
    },
    () => w.line(`${first}: object = ${value}`),
    () => {
      w.line(`${first} = ${value}`);
      w.line(
        `${second} = [N${w.index}_Z := x for x in ${w.random.one(['["a", "b"]', 'os.environ.get("E1", "x").split(",")'])}]`,
      );
      w.add(second, "strings");
    },
    () => {
      const held = w.known("dict");
      w.line(held === undefined ? `${first} = ${value}` : `${first} = ${held}["k"] = ${value}`);
    },
    () => {
      w.line(`${first} = (${second} := ${value})`);
      w.add(second, type);
    },
  ])();
  w.add(first, type);
}

/** What settings assign: most of it literals and reads of the environment. */
function assigned(w: Writer, type: Type): string {
  return w.random.weighted<() => string>([
    [VALUES.literal, () => expression(w, type, 0)],
    [VALUES.environment, () => environmentRead(w, type)],
    [VALUES.other, () => expression(w, type, 2)],
  ])();
}

/** A second name for one mutable object. */
export function alias(w: Writer): void {
  const type = w.random.one<Type>(["strings", "dict", "ints", "set", "nested"]);
  const source = w.known(type);
  if (source !== undefined) w.bind(type, source);
}

export function augment(w: Writer): void {
  const type = w.random.one<Type>(["int", "str", "strings", "ints", "tuple", "dict", "set"]);
  const name = w.known(type);
  if (name === undefined || w.inFunction || /[()]|upper$/.test(name) || (name.includes(".") && w.random.chance(0.5)))
    return;
  const op =
    type === "dict" || type === "set"
      ? w.random.chance(0.2) && type === "set"
        ? w.random.one(["-=", "&=", "^="])
        : "|="
      : w.random.chance(0.1) && type === "int"
        ? "*="
        : "+=";
  w.line(`${name} ${op} ${expression(w, type, 1)}`);
}

export function unpack(w: Writer): void {
  if (w.inFunction) return;
  const [first, second] = [w.fresh(), w.fresh()];
  w.random.weighted<() => void>([
    [
      3,
      () => {
        w.line(`${first}, *${second} = ${expression(w, "strings", 1)} + ["end"]`);
        w.add(first, "str");
        w.add(second, "strings");
      },
    ],
    [
      4,
      () => {
        w.line(`${first}, ${second} = ${expression(w, "int", 1)}, ${expression(w, "strings", 1)}`);
        w.add(first, "int");
        w.add(second, "strings");
      },
    ],
    [
      1,
      () => {
        w.line(`(${first}, (${second}, _)) = (${expression(w, "str", 1)}, ({"k": 1}, 2))`);
        w.add(first, "str");
        w.add(second, "dict");
      },
    ],
    [1, () => swap(w)],
  ])();
}

function swap(w: Writer): void {
  const type = w.random.one<Type>(["int", "str", "strings", "dict"]);
  const names = w.rebindable(type).map(({ name }) => name);
  const [a, b] = [w.random.one(names), w.random.one(names)];
  if (a !== undefined && b !== undefined) w.line(`${a}, ${b} = ${b}, ${a}`);
}

/** `del` of a name, here or only in some worlds. */
export function remove(w: Writer): void {
  const own = w.scope.filter(({ name }) => !name.includes(".") && name.startsWith(`N${w.index}`));
  if (own.length === 0 || w.inFunction) return;
  const { name } = w.random.one(own);
  if (w.depth === 0 && w.random.chance(0.5)) {
    w.line(`del ${name}`);
    w.scope = w.scope.filter((each) => each.name !== name);
  } else {
    w.line(`if ${expression(w, "bool", 1)}: del ${name}`);
    w.line(
      `if "${name}" not in globals(): ${name} = ${expression(w, own.find((each) => each.name === name)?.type ?? "int", 1)}`,
    );
  }
}

/** What the program itself does to its environment. */
export function environment(w: Writer): void {
  const variable = w.random.one(VARIABLES);
  const text = JSON.stringify(w.random.one(TEXTS));
  const name = w.fresh();
  w.random.weighted<() => void>([
    [4, () => w.line(`os.environ.setdefault("${variable}", ${text})`)],
    [4, () => w.line(`os.environ["${variable}"] = ${text}`)],
    [2, () => w.line(`os.environ["${variable}"] = ${expression(w, "str", 1)}`)],
    [1, () => w.line(`os.environ.pop("${variable}", None)`)],
    [1, () => w.line(`if "${variable}" in os.environ: del os.environ["${variable}"]`)],
    [1, () => w.line(`os.environ.update({"${variable}": ${text}})`)],
    [1, () => w.line(`os.environ["E%d" % ${expression(w, "int", 0)}] = ${text}`)],
    [1, () => w.line(`for v_name in ("${variable}", "E9"): os.environ[v_name] = ${text}`)],
    [
      2,
      () => {
        w.bind("str", `os.environ.setdefault("${variable}", ${text})`);
      },
    ],
    [
      2,
      () => {
        w.line(`os.environ["${variable}"] = ${text}`);
        w.line(`${name} = os.environ["${variable}"]`);
        w.add(name, "str");
      },
    ],
  ])();
}

export function assertion(w: Writer): void {
  if (w.random.chance(0.5)) return w.line(`assert ${expression(w, "bool", 1)} or True`);
  w.line(`if os.environ.get("${w.random.one(VARIABLES)}") == "on": raise ValueError("no")`);
}

export function viaGlobals(w: Writer): void {
  if (w.inFunction) return;
  const name = w.fresh();
  w.line(`globals()["${name}"] = ${expression(w, "int", 1)}`);
  if (w.depth === 0) w.add(name, "int");
}

/** A change in place under a condition of its own, or through what a method gives. */
export function change(w: Writer): void {
  const name = w.known("dict");
  if (name === undefined || w.random.chance(0.9)) return mutate(w);
  const key = JSON.stringify(w.random.one(KEYS));
  w.line(`${name}.setdefault(${key}, {}); ${name}.update({${key}: ${expression(w, w.random.one(TYPES), 1)}})`);
}
