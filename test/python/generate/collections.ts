import { expression, read } from "./expressions";
import { TYPES, type Type, type Writer } from "./writer";

/** A list of texts. */
export function strings(w: Writer, depth: number): string {
  if (depth === 0) return w.random.one(["[]", '["a"]', '["a", "b"]', '["prod", "x", "a"]']);
  const text = (): string => expression(w, "str", depth - 1);
  const others = (): string => expression(w, "strings", depth - 1);
  return w.random.one([
    () => `[${text()}, ${text()}]`,
    () => `${read(w)}.split(",")`,
    () => `(${others()} + ${others()})`,
    () => `[x for x in ${others()} if x ${w.random.one(["", "!= 'a'", "in ('a', 'b')"])}]`,
    () => `[x.strip() for x in ${read(w)}.split(",") if x]`,
    () => `[*${others()}, *${expression(w, "tuple", depth - 1)}]`,
    () => `sorted(${expression(w, w.random.one(["strings", "set", "tuple", "dict"]), depth - 1)})`,
    () => `list(${expression(w, w.random.one(["strings", "tuple"]), depth - 1)})`,
    () => `list(map(str, ${expression(w, "ints", depth - 1)}))`,
    () => `list(filter(None, ${others()}))`,
    () => `${others()}[${w.random.one([":1", "1:", "::-1", "-1:"])}]`,
    () => `(${others()} * 2)`,
    () => `(${others()} or ${others()})`,
    () => `list(${expression(w, "dict", depth - 1)})`,
    () => `[x + y for x in ${others()} for y in ("1", "2")]`,
    () => `list(dict.fromkeys(${others()}))`,
    () => `${others()}.copy()`,
    () => `list(reversed(${others()}))`,
    () => `[x for x, y in zip(${others()}, ${others()}) if x != y]`,
    () => `[k for k, v in ${expression(w, "dict", depth - 1)}.items() if v]`,
    () => `[str(x) for x in ${expression(w, "dict", depth - 1)}.values()]`,
    () => `list(x for x in ${others()} if x.strip())`,
    () => `sorted(${others()}, key=lambda x: (len(x), x))`,
    () => `sum([${others()}, ${others()}], [])`,
    () => `[*map(lambda x: x.upper(), ${others()})]`,
    () => `${expression(w, "nested", depth - 1)}["default"]["LIST"]`,
    () => `(lambda *a: list(a))(*${others()})`,
    () => `[c for x in ${others()} for c in x]`,
    () => `[${w.random.one(["'q'", text()])}, *(${others()} if ${expression(w, "bool", depth - 1)} else [])]`,
  ])();
}

/** A list of integers. */
export function integers(w: Writer, depth: number): string {
  if (depth === 0) return w.random.one(["[]", "[1]", "[3, 1, 2]"]);
  return w.random.one([
    () => `list(range(${w.random.below(5)}))`,
    () => `[${expression(w, "int", depth - 1)}, ${expression(w, "int", depth - 1)}]`,
    () => `[len(x) for x in ${expression(w, "strings", depth - 1)}]`,
    () => `sorted(${expression(w, "ints", depth - 1)}, reverse=True)`,
    () => `[i * 2 for i, x in enumerate(${expression(w, "strings", depth - 1)})]`,
    () => `${expression(w, "ints", depth - 1)}[::2]`,
    () => `[n for n in range(6) if n % 2 == ${w.random.below(2)}]`,
    () => `[*${expression(w, "ints", depth - 1)}, *range(2)]`,
    () => `[i + j for i in range(2) for j in ${expression(w, "ints", depth - 1)}]`,
  ])();
}

/** A dict of anything. */
export function dictionary(w: Writer, depth: number): string {
  if (depth === 0) return w.random.one(["{}", '{"a": 1}', '{"a": 1, "b": "two"}', 'dict(k="v")']);
  const any = (): string => expression(w, w.random.one(TYPES), depth - 1);
  return w.random.one([
    () => `{"a": ${any()}, "b": ${any()}}`,
    () => `{"k": ${any()}, **${expression(w, "dict", depth - 1)}}`,
    () => `dict(a=${any()}, default=${any()})`,
    () => `{x: len(x) for x in ${expression(w, "strings", depth - 1)}}`,
    () => `dict(zip(${expression(w, "strings", depth - 1)}, ${expression(w, "ints", depth - 1)}))`,
    () => `{**${expression(w, "dict", depth - 1)}, ${expression(w, "str", depth - 1)}: ${any()}}`,
    () => `(${expression(w, "dict", depth - 1)} | ${expression(w, "dict", depth - 1)})`,
    () => `{"default": {"OPTIONS": ${any()}, "NAME": ${expression(w, "str", depth - 1)}}}`,
    () => `{k: v for k, v in ${expression(w, "dict", depth - 1)}.items() if k != "b"}`,
    () => `dict(${expression(w, "dict", depth - 1)})`,
    () => `${expression(w, "dict", depth - 1)}.copy()`,
    () => `{i: x for i, x in enumerate(${expression(w, "strings", depth - 1)})}`,
    () => `dict.fromkeys(${expression(w, "strings", depth - 1)}, ${any()})`,
    () => `dict([("a", ${any()}), ("k", 1)])`,
    () => `{k: {"v": v} for k, v in ${expression(w, "dict", depth - 1)}.items()}`,
    () => `(lambda **options: options)(a=${any()}, **{"k": 1})`,
  ])();
}

/** A dict with `default`, its `OPTIONS` and its `LIST`. */
export function nested(w: Writer, depth: number): string {
  const part = (type: Type): string => expression(w, type, Math.max(depth - 1, 0));
  return w.random.one([
    () => `{"default": {"NAME": ${part("str")}, "OPTIONS": ${part("dict")}, "LIST": [${part("str")}]}}`,
    () => `{"default": {"NAME": "n", "OPTIONS": {}, "LIST": ${part("strings")}}, "other": ${part("int")}}`,
    () => `{"default": dict(NAME="d", OPTIONS=dict(a=1), LIST=[])}`,
  ])();
}
