import { expression } from "./expressions";
import { mutate } from "./mutations";
import { TYPES, type Type, type Writer } from "./writer";

/** Iterators and views that are made, left alone while something changes, and asked afterwards. */
export function deferred(w: Writer): void {
  const type = w.random.one<Type>(["strings", "strings", "ints", "dict", "nested"]);
  const source = w.known(type);
  if (source === undefined) return;
  const isDict = type === "dict" || type === "nested";
  if (isDict) view(w, source);
  else iterator(w, source);
}

function view(w: Writer, source: string): void {
  const part = w.random.one(["items", "keys", "values"]);
  w.line(`v_view = ${source}.${part}()`);
  change(w);
  w.bind("int", `len(v_view)`);
  w.bind("strings", `[str(x) for x in v_view]`);
  if (part === "keys" && w.random.chance(0.5)) w.bind("bool", `${expression(w, "str", 1)} in v_view`);
  if (w.random.chance(0.3)) w.bind("bool", `bool(v_view)`);
}

function iterator(w: Writer, source: string): void {
  const calls = w.fresh("v");
  const text = expression(w, "str", 1);
  w.random.weighted<() => void>([
    [2, () => w.line(`v_later = iter(${source})`)],
    [2, () => w.line(`v_later = map(str, ${source})`)],
    [2, () => w.line(`v_later = (f"{x}{${text}!r}" for x in ${source})`)],
    [1, () => w.line(`v_later = (x for x in ${source} if x not in ${expression(w, "strings", 1)})`)],
    [1, () => w.line(`v_later = enumerate(${source}, ${w.random.below(3)})`)],
    [1, () => w.line(`v_later = zip(${source}, ${expression(w, "strings", 1)})`)],
    [1, () => w.line(`v_later = filter(None, ${source})`)],
    [1, () => w.line(`v_later = reversed(${source})`)],
    [
      2,
      () => {
        w.line(`${calls} = []`);
        w.line(`v_later = map(lambda x: ${calls}.append(x) or len(${calls}), ${source})`);
      },
    ],
    [
      2,
      () => {
        w.line("def v_generator():");
        w.line(`    for v_x in ${source}:`);
        w.line(`        yield v_x`);
        w.line(`    yield ${text}`);
        w.line("v_later = v_generator()");
      },
    ],
  ])();
  if (w.random.chance(0.4)) w.bind("str", `str(next(v_later, None))`);
  if (w.random.chance(0.2)) w.bind("str", `str(next(v_later, None))`);
  change(w);
  if (w.random.chance(0.2)) w.bind("str", `str(next(v_later, None))`);
  if (w.random.chance(0.3)) return throughLoop(w);
  w.bind("strings", `[str(x) for x in v_later]`);
  if (w.random.chance(0.3)) w.bind("int", `len(list(v_later))`);
}

/** A loop whose body may change what the iterator still reads. */
function throughLoop(w: Writer): void {
  const rounds = w.fresh("v");
  w.line(`${rounds} = []`);
  w.line(`for v_item in v_later:`);
  w.block(() => {
    w.line(`if len(${rounds}) > 5: break`);
    w.line(`${rounds}.append(str(v_item))`);
    mutate(w);
  });
  w.bind("strings", `list(${rounds})`);
}

/** Goes through a list by one of its names while it changes. */
export function live(w: Writer): void {
  const source = w.known("strings");
  if (source === undefined) return;
  const path = w.random.one([source, `{"l": ${source}}["l"]`, `(${source}, 1)[0]`, `(${source} or [])`]);
  const seen = w.fresh("v");
  w.line(`${seen} = []`);
  w.line(`for v_item in ${path}:`);
  w.block(() => {
    w.line(`if len(${seen}) > 5: break`);
    w.line(`${seen}.append(v_item)`);
    mutate(w);
    if (w.random.chance(0.5))
      w.line(`if ${expression(w, "bool", 1)} and v_item in ${source}: ${source}.remove(v_item)`);
  });
  w.bind("strings", `list(${seen})`);
  if (w.random.chance(0.3))
    w.bind("strings", `[str(${source}.append("n") or x) for x in ${source} if len(${source}) < 5]`);
}

function change(w: Writer): void {
  mutate(w);
  if (w.random.chance(0.5)) mutate(w);
  const type = w.random.one(TYPES);
  if (w.random.chance(0.2)) w.bind(type, expression(w, type, 1));
}
