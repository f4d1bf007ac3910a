import { expression } from "./expressions";
import { some } from "./statements";
import { TYPES, type Type, type Writer } from "./writer";

/** A function; its parameters are the same for all. */
export function define(w: Writer): void {
  const name = `helper${w.index}_${w.functions.length}`;
  const type = w.random.one(TYPES);
  const fallback = w.random.one(["[]", "['d']", "None"]);
  w.line(`def ${name}(first, second="s", *rest, items=${fallback}):`);
  w.functionBody(() => {
    w.scope.push({ name: "first", type: "optional" }, { name: "second", type: "str" });
    if (fallback !== "None") w.scope.push({ name: "items", type: "strings" });
    const counter = w.random.chance(0.15)
      ? w.scope.find((each) => /^N\d/.test(each.name) && each.type === "int")
      : undefined;
    if (counter !== undefined && !counter.name.includes(".") && counter.name.startsWith(`N${w.index}_`)) {
      w.line(`global ${counter.name}`);
      w.line(`${counter.name} = ${expression(w, "int", 1)}`);
    }
    some(w);
    if (w.random.chance(0.5)) {
      w.line(`if ${expression(w, "bool", 1)}:`);
      w.line(`    return ${expression(w, type, 1)}`);
    }
    if (w.random.chance(0.1))
      w.line(`if ${expression(w, "bool", 1)}: raise ${w.random.one(["KeyError(1)", "ValueError"])}`);
    if (w.random.chance(0.15)) closure(w);
    some(w);
    w.line(`return ${expression(w, type, 2)}`);
  });
  w.functions.push({ name, type });
  if (!w.random.chance(0.3)) return;
  const result = w.fresh();
  w.line("try:");
  w.line(`    ${result} = ${name}(${expression(w, "str", 0)})`);
  w.line(`except ${w.random.one(["Exception", "(KeyError, ValueError, TypeError, AttributeError)"])}:`);
  w.line(`    ${result} = ${expression(w, type, 0)}`);
  w.add(result, type);
}

/** A function inside a function that changes what it finds around it. */
function closure(w: Writer): void {
  const count = w.fresh();
  const inner = w.fresh();
  w.line(`${count} = ${expression(w, "int", 1)}`);
  w.line(`${count}s = []`);
  w.line(`def ${inner}(step=1):`);
  w.line(`    nonlocal ${count}`);
  w.line(`    ${count} += step`);
  w.line(`    ${count}s.append(${count})`);
  w.line(`    return ${count}`);
  w.line(`${inner}()`);
  w.line(`if ${expression(w, "bool", 1)}: ${inner}(2)`);
  w.scope.push({ name: count, type: "int" }, { name: `${count}s`, type: "ints" });
}

/** A class with attributes, and perhaps a child that overrides some. */
export function classBody(w: Writer): void {
  const name = w.fresh("Conf");
  const [type, other] = [w.random.one(TYPES), w.random.one(TYPES)];
  w.line(`class ${name}:`);
  w.line(`    first = ${expression(w, type, 1)}`);
  w.line(`    second = [first]`);
  w.line(`    other = ${expression(w, other, 1)}`);
  if (w.random.chance(0.3)) {
    w.line(`    if ${expression(w, "bool", 1)}:`);
    w.line(`        first = ${expression(w, type, 0)}`);
  }
  const child = w.random.chance(0.5) ? `${name}b` : name;
  if (child !== name) {
    w.line(`class ${child}(${name}):`);
    w.line(`    third = ${expression(w, "int", 1)}`);
    if (w.random.chance(0.5)) w.line(`    other = ${w.random.one([`${name}.other`, expression(w, other, 1)])}`);
  }
  w.scope.push({ name: `${child}.first`, type }, { name: `${child}.other`, type: other });
  if (w.random.chance(0.2)) w.line(`${name}.first = ${expression(w, type, 1)}`);
  if (w.random.chance(0.5)) instance(w);
}

/** A class whose objects have a state of their own. */
function instance(w: Writer): void {
  const name = w.fresh("Thing");
  const object = w.fresh("thing");
  const type = w.random.one<Type>(["int", "str", "strings", "dict"]);
  const base = `${name}Base`;
  w.line(`class ${base}:`);
  w.line(`    shared = []`);
  w.line(`    def __init__(self, given, label="l"):`);
  w.line(`        self.given = given`);
  w.line(`        self.label = label`);
  w.line(`        self.shared.append(label)`);
  w.line(`    @property`);
  w.line(`    def upper(self):`);
  w.line(`        return self.label.upper()`);
  w.line(`    @classmethod`);
  w.line(`    def count(cls):`);
  w.line(`        return len(cls.shared)`);
  w.line(`    @staticmethod`);
  w.line(`    def double(n):`);
  w.line(`        return n * 2`);
  w.line(`    def rename(self, label):`);
  w.line(`        self.label += label`);
  w.line(`        return self`);
  w.line(`class ${name}(${base}):`);
  w.line(`    def __init__(self, given):`);
  w.line(`        super().__init__(given, label=${expression(w, "str", 0)})`);
  w.line(`${object} = ${w.random.one([name, name, base])}(${expression(w, type, 1)})`);
  if (w.random.chance(0.5)) w.line(`if ${expression(w, "bool", 1)}: ${object}.rename(${expression(w, "str", 0)})`);
  w.scope.push(
    { name: `${object}.given`, type },
    { name: `${object}.label`, type: "str" },
    { name: `${object}.upper`, type: "str" },
    { name: `${object}.count()`, type: "int" },
    { name: `${object}.double(3)`, type: "int" },
    { name: `${name}.shared`, type: "strings" },
  );
  const shown = w.fresh();
  w.line(`${shown} = ${object}.upper`);
  w.add(shown, "str");
}

/** A function without a name, kept under one. */
export function lambda(w: Writer): void {
  const name = w.fresh("call");
  const type = w.random.one(TYPES);
  w.line(`${name} = lambda first=None, second="s", *rest, items=None: ${expression(w, type, 1)}`);
  w.functions.push({ name, type });
}
