import { table } from "../../../base/table";
import { unsupported, type CallContext, type KnownCall, type Model } from "../../program/call";
import { drained } from "../../interpreter/iterators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { isNotIterable, isSequence, iterationItems, memberItems } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { dict, NONE, plainItem, unknown, type DictValue, type Item, type Value } from "../../values/value";
import { DictBuilder, mergeDicts } from "../../values/dicts";

/** `list(x)` and its kin: the items keep their identity; items that the environment decides are spread. */
function collect(kind: "list" | "tuple" | "set" | "frozenset"): KnownCall {
  return (call) => {
    const { machine: m, state, args, site } = call;
    if (args.open || args.keywords.size > 0) return undefined;
    const [value] = args.positional;
    const make = (items: readonly Item[]): Value => {
      const result: Value = { kind, items };
      return kind === "list" || kind === "set" ? m.allocate(state, result, site.file) : result;
    };
    if (value === undefined) return make([]);
    const source = drained(state, m.restrict(value, state.assumptions));
    return m.distribute(state, [source], ([leaf]) => {
      const contents = m.contents(state, leaf as Value);
      const items =
        contents.kind === "choice" ? [{ value: contents, spread: true, site }] : iterationItems(m, state, contents);
      if (kind === "list" || kind === "tuple") return make(items);
      const given: Value = contents.kind === "model" ? { kind: "list", items } : contents;
      return pure(
        m,
        state,
        kind,
        [given],
        ([whole]) => ({ kind, items: uniqueItems(memberItems(m, state, whole as Value)) }),
        { site, ...(kind === "set" ? { result: "set" as const } : {}) },
      );
    });
  };
}

function uniqueItems(items: readonly Item[]): readonly Item[] {
  const keys = new DictBuilder();
  for (const item of items) keys.add(item.value, item.value, item.site);
  return keys.dict.entries.map((entry) => plainItem(entry.value, entry.site));
}

const toDict: KnownCall = (call) => {
  const { machine: m, state, args, site } = call;
  if (args.open) return unsupported(call, "a dict of which not all items are known");
  const keywords = dict([...args.keywords]);
  const [given] = args.positional;
  if (given === undefined) return m.allocate(state, keywords, site.file);
  const source = drained(state, m.restrict(given, state.assumptions));
  return m.distribute(state, [source], ([leaf]) => {
    if (leaf?.kind === "external" && leaf.name === "os.environ" && keywords.entries.length === 0)
      return m.libraries.call("os.environ.copy", call) ?? unsupported(call, "a dict that is not known");
    const contents = m.contents(state, leaf as Value);
    const known = leaf?.kind === "model" ? (leaf.model as Model).mapping?.(m, state) : dictOf(call, contents);
    if (known !== undefined) return m.allocate(state, mergeDicts(known, keywords), site.file);
    if (isNotIterable(contents)) throw new PythonRaise("TypeError", site);
    const isSymbolic = certaintyOf(contents) === "symbolic";
    if (!isSymbolic || keywords.entries.length > 0) {
      const copied = isSymbolic ? contents : unsupported(call, "a dict that is not known");
      const others = { key: undefined, value: copied, site: undefined, valueSite: undefined };
      return m.allocate(state, { kind: "dict", entries: [others, ...keywords.entries] }, site.file);
    }
    const scratch = state.fork();
    return pure(
      m,
      state,
      "dict",
      [contents],
      ([whole]) => dictOf({ ...call, state: scratch }, whole as Value) ?? unknown("unsupported", "a dict", site),
      { site, result: "dict" },
    );
  });
};

const fromKeys: KnownCall = (call) => {
  const { machine: m, state, args, site } = call;
  const [keys, value = NONE] = args.positional;
  if (keys === undefined || args.open) return undefined;
  const source = drained(state, m.restrict(keys, state.assumptions));
  return m.distribute(state, [source], ([leaf]) => {
    const contents = m.contents(state, leaf as Value);
    const items = contents.kind === "choice" ? undefined : iterationItems(m, state, contents);
    if (items === undefined || items.some((item) => item.spread || certaintyOf(item.value) !== "concrete"))
      return unsupported(call, "a dict whose keys are not known");
    const result = new DictBuilder();
    for (const item of items) result.add(item.value, value, item.site);
    return m.allocate(state, result.dict, site.file);
  });
};

/** A dict from another, or from pairs. */
function dictOf(call: CallContext, contents: Value): DictValue | undefined {
  const { machine: m, state } = call;
  if (contents.kind === "dict") return contents;
  if (!isSequence(contents) || contents.items.some((item) => item.spread)) return undefined;
  const result = new DictBuilder();
  for (const item of contents.items) {
    if (m.contents(state, item.value).kind === "choice") return undefined;
    const pair = iterationItems(m, state, item.value);
    const [key, value] = pair;
    if (key === undefined || value === undefined || pair.length !== 2 || key.spread || value.spread) return undefined;
    result.add(key.value, value.value, item.site);
  }
  return result.dict;
}

/** The types of lists, tuples, sets and dicts. */
export const COLLECTION_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.list": collect("list"),
  "builtins.tuple": collect("tuple"),
  "builtins.set": collect("set"),
  "builtins.frozenset": collect("frozenset"),
  "builtins.dict": toDict,
  "builtins.dict.fromkeys": fromKeys,
});
