import { invalidateValue } from "../../program/invalidate";
import { argument, given as argumentsOf, unsupported, type CallContext } from "../../program/call";
import { bound, dictView, drained } from "../../interpreter/iterators";
import { mutator, MUTATORS } from "./mutators";
import { equals, findEntry } from "../../semantics/operators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { combinedSet, setQuestion } from "./setMethods";
import { isSequence } from "../../interpreter/structures";
import { certaintyOf } from "../../values/symbolic";
import { amongst } from "../../program/sharing";
import {
  int,
  NONE,
  plainItem,
  str,
  unknown,
  type DictValue,
  type Item,
  type SequenceValue,
  type Value,
} from "../../values/value";

/** A method of a list, tuple, set or dict, or of a value from the environment that may be one; `undefined` for other values. */
export function containerMethod(receiver: Value, name: string, call: CallContext): Value | undefined {
  if (receiver.kind === "reference" || receiver.kind === "dict" || isSequence(receiver))
    return listMethod(receiver, name, call);
  const isSymbolic =
    receiver.kind === "environment" ? !/^(path|url)$/.test(receiver.cast) : receiver.kind === "derived";
  if (!isSymbolic) return undefined;
  if (!(name in MUTATORS)) return listMethod(receiver, name, call);
  const text = `.${name}() of a value from the environment`;
  invalidateValue(call.state, receiver, amongst(unknown("unsupported", text, call.site), argumentsOf(call.args)));
  return unsupported(call, text);
}

function listMethod(receiver: Value, name: string, given: CallContext): Value {
  const call = withoutIterators(given, name);
  const { machine: m, state, args, site } = call;
  if (args.open) return unsupported(call, `.${name}() with arguments that are not known`, [receiver]);
  const how = MUTATORS[name];
  if (how !== undefined && receiver.kind === "reference") return mutator(receiver, name, how, call);
  const view = dictView(receiver, name, call);
  if (view !== undefined) return view;
  const contents = m.contents(state, receiver);
  if (contents.kind === "choice")
    return m.distribute(state, [contents], ([leaf]) => listMethod(leaf as Value, name, call));
  if (contents.kind === "dict") {
    const structural = dictMethod(contents, name, call);
    if (structural !== undefined) return structural;
  }
  if (name === "copy" && (contents.kind === "list" || contents.kind === "set"))
    return m.allocate(state, contents, call.frame.file);
  if (contents.kind === "unknown") return unsupported(call, `.${name}() of something unknown`, [contents]);
  const inputs = [contents, ...args.positional];
  return pure(
    m,
    state,
    `.${name}`,
    inputs,
    ([self, ...rest]) => pureMethod(self as Value, name, rest) ?? unknown("unsupported", `.${name}()`, site),
    { site },
  );
}

/** Methods that take an argument as it is. */
const KEEPING = /^(append|insert|add|setdefault|get|pop|index|count|remove|discard)$/;

/** A call whose iterators among the arguments have been used up: what they give is taken once. */
function withoutIterators(call: CallContext, name: string): CallContext {
  const { state, args } = call;
  const positional = args.positional.map((value) => (KEEPING.test(name) ? bound(value) : drained(state, value)));
  return { ...call, args: { ...args, positional } };
}

/** Reading methods that keep the identity of what a dict holds. */
function dictMethod(dict: DictValue, name: string, call: CallContext): Value | undefined {
  const { machine: m, state, args, frame } = call;
  switch (name) {
    case "get":
      return getEntry(dict, args.positional[0] ?? NONE, argument(args, 1, "default") ?? NONE, call);
    case "copy":
      return m.allocate(state, dict, frame.file);
    default:
      return undefined;
  }
}

function getEntry(dict: DictValue, key: Value, fallback: Value, call: CallContext): Value {
  const { machine: m, state, site } = call;
  return m.distribute(state, [key], ([leaf]) => {
    if (dict.entries.some((entry) => entry.key === undefined))
      return amongst(unknown("unsupported", "an item of a dict with unknown keys", site), [dict, fallback]);
    const wanted = leaf as Value;
    if (certaintyOf(wanted) === "concrete") return findEntry(dict, wanted) ?? fallback;
    const compute = ([table, name, otherwise]: readonly Value[]): Value =>
      table?.kind === "dict"
        ? (findEntry(table, name as Value) ?? (otherwise as Value))
        : unknown("unsupported", "dict.get()", site);
    return pure(m, state, "dict.get", [dict, wanted, fallback], compute, { site });
  });
}

/** Reading methods of concrete values. */
function pureMethod(self: Value, name: string, args: readonly Value[]): Value | undefined {
  const [first, start, end] = args;
  if (self.kind === "dict" && name === "get") return findEntry(self, first ?? NONE) ?? args[1] ?? NONE;
  if (!isSequence(self)) return undefined;
  if (self.kind === "set" || self.kind === "frozenset") return setMethod(self, name, args);
  if (first === undefined) return undefined;
  if (name === "count") return int(self.items.filter((item) => equals(item.value, first) === true).length);
  if (name !== "index" || (start !== undefined && start.kind !== "int") || (end !== undefined && end.kind !== "int"))
    return undefined;
  const place = (bound: bigint | undefined, otherwise: number): number =>
    bound === undefined ? otherwise : bound < 0n ? Math.max(self.items.length + Number(bound), 0) : Number(bound);
  const [from, to] = [place(start?.value, 0), place(end?.value, self.items.length)];
  const at = self.items.findIndex((item, index) => index >= from && index < to && equals(item.value, first) === true);
  if (at < 0) throw new PythonRaise("ValueError");
  return int(at);
}

function setMethod(self: SequenceValue, name: string, args: readonly Value[]): Value | undefined {
  const others = args.map(concreteItems);
  if (others.includes(undefined)) return undefined;
  const given = others as readonly (readonly Item[])[];
  const items = combinedSet(self.items, name, given);
  if (items !== undefined) return { kind: self.kind, items };
  return given.length === 1 ? setQuestion(self, name, given[0] ?? []) : undefined;
}

/** What a concrete value gives when it is iterated over, in any order. */
function concreteItems(value: Value): readonly Item[] | undefined {
  if (isSequence(value)) return value.items;
  if (value.kind === "str") return [...value.value].map((character) => plainItem(str(character)));
  return value.kind === "dict" ? value.entries.map(({ key }) => plainItem(key ?? NONE)) : undefined;
}
