import { table } from "../../base/table";
import type { CallContext, Model, View } from "../program/call";
import { PythonRaise } from "../values/raise";
import { containsItem, dictItems } from "./structures";
import { unknown, type DictValue, type Item, type ReferenceValue, type Value } from "../values/value";

/** What `dict.items()`, `dict.keys()` and `dict.values()` show, as lists. */
const SHOWN: Readonly<Record<string, (dict: DictValue) => Value>> = table({
  items: dictItems,
  keys: (dict) => ({
    kind: "list",
    items: dict.entries.map((entry): Item => ({
      value: entry.key ?? entry.value,
      spread: entry.key === undefined,
      site: entry.site,
    })),
  }),
  values: (dict) => ({
    kind: "list",
    items: dict.entries.map((entry): Item => ({
      value: entry.value,
      spread: entry.key === undefined,
      site: entry.valueSite,
    })),
  }),
});

/**
 * A view of a dict, which shows it as it is whenever it is looked at (Python docs, "Dictionary view objects");
 * `undefined` for other methods, and for what is no dict in any world.
 */
export function dictView(receiver: Value, name: string, { machine: m, state, args }: CallContext): Value | undefined {
  const show = SHOWN[name];
  const given = args.positional.length + args.keywords.size;
  if (show === undefined || given > 0 || receiver.kind !== "reference" || !mayBeDict(m.contents(state, receiver)))
    return undefined;
  return viewOf(receiver, name, show);
}

function viewOf(of: ReferenceValue, name: string, show: (dict: DictValue) => Value): Value {
  const view: View = { of, isOfKeys: name === "keys", show: (contents) => shown(contents, show) };
  const model: Model = {
    view,
    key: ` of ${of.id}`,
    items: (m, state) => {
      const contents = view.show(m.contents(state, of));
      return contents.kind === "list" ? contents.items : [{ value: contents, spread: true, site: undefined }];
    },
    contains: (item, { machine: m, state, frame, site }) =>
      containsItem(m, state, frame, item, view.show(m.contents(state, of)), site),
    subscript: (_, { site }) => {
      throw new PythonRaise("TypeError", site);
    },
  };
  return { kind: "model", name: `dict.${name}()`, model };
}

/** Whether it is a dict in some world: a list has no such methods, and of what is not known nothing is seen. */
function mayBeDict(contents: Value): boolean {
  if (contents.kind === "choice") return mayBeDict(contents.yes) || mayBeDict(contents.no);
  return contents.kind === "dict";
}

function shown(contents: Value, show: (dict: DictValue) => Value): Value {
  if (contents.kind === "choice") return { ...contents, yes: shown(contents.yes, show), no: shown(contents.no, show) };
  return contents.kind === "dict" ? show(contents) : unknown("unsupported", "a view of a dict that is not known");
}
