import { dictionary, integers, nested, strings } from "./collections";
import { CONDITIONS } from "./census";
import { TYPES, VARIABLES, WORDS, type Type, type Writer } from "./writer";

/** An expression of a type, of at most some depth. Its names are bound at the present place. */
export function expression(w: Writer, type: Type, depth: number): string {
  const name = w.known(type);
  if (name !== undefined && w.random.chance(0.3)) return name;
  const called = w.functions.filter((each) => each.type === type);
  if (called.length > 0 && depth > 0 && w.random.chance(0.25)) return call(w, w.random.one(called).name);
  if (depth > 0 && w.random.chance(0.1))
    return `(${expression(w, type, depth - 1)} if ${expression(w, "bool", depth - 1)} else ${expression(w, type, depth - 1)})`;
  switch (type) {
    case "int":
      return integer(w, depth);
    case "str":
      return text(w, depth);
    case "bool":
      return truth(w, depth);
    case "strings":
      return strings(w, depth);
    case "ints":
      return integers(w, depth);
    case "dict":
      return dictionary(w, depth);
    case "tuple":
      return w.random.one([
        `("t",)`,
        `tuple(${depth > 0 ? expression(w, "strings", depth - 1) : '["q"]'})`,
        `("p", ${depth > 0 ? expression(w, "str", depth - 1) : '"r"'})`,
      ]);
    case "set":
      return w.random.one([
        `{"a", "b"}`,
        `set(${depth > 0 ? expression(w, "strings", depth - 1) : "()"})`,
        `{x for x in ${depth > 0 ? expression(w, "strings", depth - 1) : "['z']"}}`,
      ]);
    case "nested":
      return nested(w, depth);
    case "optional":
      return w.random.one([
        `os.environ.get("${w.random.one(VARIABLES)}")`,
        `os.getenv("${w.random.one(VARIABLES)}")`,
        "None",
        depth > 0 ? expression(w, "str", depth - 1) : '"o"',
      ]);
  }
}

/** Calls a function of the module: all take the same parameters. */
function call(w: Writer, name: string): string {
  const first = w.random.one([w.random.one(["None", '"prod"', '"a"']), expression(w, "str", 0)]);
  return w.random.one([
    `${name}(${first})`,
    `${name}(${first}, ${expression(w, "str", 0)})`,
    `${name}(first=${first}, second=${expression(w, "str", 0)})`,
    `${name}(${first}, "p", 1, 2, items=${expression(w, "strings", 0)})`,
  ]);
}

/** Reads an environment variable, with a default. */
export function read(w: Writer): string {
  const variable = w.random.one(VARIABLES);
  return w.random.one([
    `os.environ.get("${variable}", ${JSON.stringify(w.random.one(WORDS))})`,
    `os.getenv("${variable}", ${JSON.stringify(w.random.one(WORDS))})`,
    `(os.environ.get("${variable}") or ${JSON.stringify(w.random.one(WORDS))})`,
  ]);
}

/** Reads the environment as settings do for a value of a type. */
export function environmentRead(w: Writer, type: Type): string {
  const variable = w.random.one(VARIABLES);
  switch (type) {
    case "bool":
      return w.random.one([
        `os.environ.get("${variable}") == "1"`,
        `os.environ.get("${variable}", "False").lower() in ("1", "true", "on")`,
        `"${variable}" in os.environ`,
        `bool(os.environ.get("${variable}"))`,
      ]);
    case "int":
      // A number that no environment of the project sets, so that it is one.
      return `int(os.environ.get("E_NUMBER", "${w.random.below(90)}"))`;
    case "strings":
      return w.random.one([
        `${read(w)}.split(",")`,
        `[each.strip() for each in ${read(w)}.split(",")]`,
        `os.environ.get("${variable}", "a b").split()`,
      ]);
    case "str":
    case "optional":
      return type === "str" ? read(w) : `os.environ.get("${variable}")`;
    case "dict":
      return `{"NAME": ${read(w)}, "HOST": os.environ.get("${variable}", "db")}`;
    default:
      return expression(w, type, 1);
  }
}

/** What an `if` asks: nearly always a flag or the environment. */
export function condition(w: Writer): string {
  const flag = w.known("bool");
  return w.random.weighted<() => string>([
    [flag === undefined ? 0 : CONDITIONS.name, () => w.random.one([`${flag}`, `not ${flag}`])],
    [CONDITIONS.environment, () => environmentRead(w, "bool")],
    [CONDITIONS.other, () => expression(w, "bool", 2)],
  ])();
}

function integer(w: Writer, depth: number): string {
  if (depth === 0) return String(w.random.below(12) - 2);
  const int = (): string => expression(w, "int", depth - 1);
  return w.random.one([
    () => String(w.random.below(12) - 2),
    () => `(${int()} ${w.random.one(["+", "-", "*"])} ${int()})`,
    () => `${int()} ${w.random.one(["//", "%"])} ${1 + w.random.below(5)}`,
    () => `len(${expression(w, w.random.one(["strings", "dict", "str", "tuple", "ints", "set"]), depth - 1)})`,
    () => `int(${expression(w, "bool", depth - 1)})`,
    () => `sum(${expression(w, "ints", depth - 1)})`,
    () => `max(${int()}, ${int()})`,
    () => `${expression(w, "strings", depth - 1)}.count(${expression(w, "str", depth - 1)})`,
    () => `${expression(w, "str", depth - 1)}.find("a")`,
    () => `abs(${int()})`,
    () => `(-${int()})`,
    () => `{"a": 1, "b": 2}[${w.random.one(['"a"', '"b"'])}]`,
    () => `(lambda n=${int()}: n * 2)()`,
    () => `${expression(w, "dict", depth - 1)}.get("n", ${int()}) and ${int()}`,
    () => `len([x for x in ${expression(w, "strings", depth - 1)} if x])`,
    () => `min([${int()}, *${expression(w, "ints", depth - 1)}])`,
    () => `${int()} ${w.random.one(["&", "|", "^"])} ${int()}`,
  ])();
}

function text(w: Writer, depth: number): string {
  if (depth === 0) return w.random.chance(0.3) ? read(w) : JSON.stringify(w.random.one(WORDS));
  const text = (): string => expression(w, "str", depth - 1);
  const strings = (): string => expression(w, "strings", depth - 1);
  return w.random.one([
    () => read(w),
    () => read(w),
    () => `(${text()} + ${text()})`,
    () =>
      `f"{${expression(w, "int", depth - 1).replaceAll('"', "'")}}-{${expression(w, "str", 0).replaceAll('"', "'")}!r}"`,
    () => `"%s:%d" % (${text()}, ${expression(w, "int", depth - 1)})`,
    () => `"{}/{n:>3}".format(${text()}, n=${expression(w, "int", depth - 1)})`,
    () =>
      `${text()}.${w.random.one(["lower()", "upper()", "strip()", "title()", "replace('a', 'o')", "lstrip('a')", "zfill(3)", "capitalize()", "removeprefix('p')", "swapcase()", "center(5)"])}`,
    () => `",".join(${strings()})`,
    () => `str(${expression(w, w.random.one(["int", "bool", "strings", "optional", "tuple", "ints"]), depth - 1)})`,
    () => `${text()}[${w.random.one(["1:", ":2", "::-1", ":-1"])}]`,
    () => `(${strings()} or ["e"])[${w.random.one(["0", "-1"])}]`,
    () => `str(Path("/srv") / ${w.random.one(['"x"', '"a/b"', text()])})`,
    () => `os.path.join("/base", ${text()})`,
    () => `str(Path(__file__).parent.name)`,
    () => `(${expression(w, "optional", depth - 1)} or "fallback")`,
    () => `str(${expression(w, "dict", depth - 1)}.get("a", "dflt"))`,
    () => `{"prod": "P", "dev": "D"}.get(${text()}, "other")`,
    () => `(${text()} * 2)`,
    () => `${text()}.partition("a")[0]`,
    () => `(lambda q, w="w": q + w)(${text()})`,
    () => `f"{${quoted(text())}!r:>6}|{${quoted(expression(w, "int", depth - 1))}:03d}"`,
    () => `f"{${quoted(expression(w, "int", depth - 1))}=}"`,
    () => `"-".join(x for x in ${strings()} if x != ${text()})`,
    () => `${text()}.split("a", 1)[-1]`,
    () => `" ".join(sorted(${strings()}, key=len))`,
    () => `${expression(w, "nested", depth - 1)}["default"]["NAME"]`,
    () => `str(${expression(w, "nested", depth - 1)}.get("default", {}).get("LIST"))`,
    () => `(lambda *parts, **extra: "".join(parts) + str(len(extra)))(${text()}, ${text()}, k=1)`,
    () => `next((x for x in ${strings()} if x), "none")`,
  ])();
}

function truth(w: Writer, depth: number): string {
  if (depth === 0) return w.random.one(["True", "False", `"${w.random.one(VARIABLES)}" in os.environ`]);
  const bool = (): string => expression(w, "bool", depth - 1);
  const text = (): string => expression(w, "str", depth - 1);
  return w.random.one([
    () => `"${w.random.one(VARIABLES)}" ${w.random.one(["in", "not in"])} os.environ`,
    () => `${text()} ${w.random.one(["==", "!=", "<", ">="])} ${text()}`,
    () => `${text()} in ${expression(w, w.random.one(["strings", "str", "tuple", "dict", "set"]), depth - 1)}`,
    () => `${read(w)}.lower() in ("1", "true", "on")`,
    () => `not ${bool()}`,
    () => `(${bool()} ${w.random.one(["and", "or"])} ${bool()})`,
    () => `bool(${expression(w, w.random.one(["str", "strings", "dict", "int", "optional"]), depth - 1)})`,
    () =>
      `${expression(w, "int", depth - 1)} ${w.random.one(["<", ">", "==", "<="])} ${expression(w, "int", depth - 1)}`,
    () => `${expression(w, "optional", depth - 1)} is ${w.random.one(["None", "not None"])}`,
    () => `any(${w.random.one(["x", "x == 'a'"])} for x in ${expression(w, "strings", depth - 1)})`,
    () => `${text()}.startswith(${w.random.one(['"a"', '("p", "d")'])})`,
    () =>
      `isinstance(${expression(w, w.random.one(TYPES), depth - 1)}, ${w.random.one(["str", "list", "(int, dict)"])})`,
    () => `0 < ${expression(w, "int", depth - 1)} < 9`,
    () => `${text()}.isdigit()`,
    () => `all(${expression(w, "strings", depth - 1)})`,
    () => `${expression(w, "dict", depth - 1)} == ${expression(w, "dict", depth - 1)}`,
    () => `{"k", *${expression(w, "strings", depth - 1)}} >= {"k"}`,
    () => `callable(len)`,
    () => `"OPTIONS" in ${expression(w, "nested", depth - 1)}["default"]`,
    () =>
      `${expression(w, "strings", depth - 1)} == ${w.random.one(["[]", '["a"]', expression(w, "strings", depth - 1)])}`,
  ])();
}

/** An expression that may stand inside an f-string of double quotes. */
function quoted(expression: string): string {
  return `(${expression.replaceAll('"', "'")})`;
}
