import type { Expr } from "../../syntax/ast";
import type { Frame, Machine } from "../program/machine";
import { pure } from "../program/pure";
import { amongst } from "../program/sharing";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { iterationItems } from "./structures";
import { plainItem, unknown, type DerivedValue, type Item, type Value } from "../values/value";

/** What each of several targets gets of a value. */
export function unpacked(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: Value,
): readonly Value[] {
  const values = m.distribute(state, [value], ([leaf]) => ({
    kind: "tuple",
    items: unpackedItems(m, state, frame, targets, leaf as Value),
  }));
  return targets.map((_, index) =>
    m.distribute(state, [values], ([leaf]) =>
      leaf?.kind === "tuple" ? (leaf.items[index]?.value as Value) : (leaf as Value),
    ),
  );
}

/** One item a target; a starred target gets a list. Throws ValueError where the numbers do not match. */
export function unpackedItems(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: Value,
): readonly Item[] {
  const contents = m.contents(state, value);
  if (contents.kind === "derived") return laterItems(m, state, frame, targets, contents);
  const items = iterationItems(m, state, value);
  const star = targets.findIndex((target) => target.kind === "Starred");
  if (items.some((item) => item.spread)) {
    return targets.map(() => plainItem(amongst(unknown("unsupported", "an unpacked value"), [contents])));
  }
  if (star < 0) {
    if (items.length !== targets.length) throw new PythonRaise("ValueError");
    return items;
  }
  const after = targets.length - star - 1;
  if (items.length < targets.length - 1) throw new PythonRaise("ValueError");
  const middle = m.allocate(state, { kind: "list", items: items.slice(star, items.length - after) }, "");
  return [
    ...items.slice(0, star),
    { value: middle, spread: false, site: undefined },
    ...items.slice(items.length - after),
  ];
}

/** The items of something that the environment decides: each is computed once that is known. */
export function laterItems(
  m: Machine,
  state: State,
  frame: Frame,
  targets: readonly Expr[],
  value: DerivedValue,
): readonly Item[] {
  const site = m.site(frame, targets[0] as Expr);
  const star = targets.findIndex((target) => target.kind === "Starred");
  if (!/^str\.r?partition$/.test(value.operation.id)) m.raising.noteMayRaise(state, site, "ValueError");
  return targets.map((target, index) => {
    const isStar = target.kind === "Starred";
    const part = ([whole]: readonly Value[]): Value => unpackedPart(whole as Value, index, targets.length, star);
    const operation = `unpack ${index} of ${targets.length}${star < 0 ? "" : `, all from ${star}`}`;
    const result = isStar ? { site, result: "list" as const } : { site };
    return plainItem(pure(m, state, operation, [value], part, result));
  });
}

/** What one of several targets gets of a value; `star` is the place of a starred one, or negative. */
export function unpackedPart(whole: Value, index: number, count: number, star: number): Value {
  const items =
    whole.kind === "str"
      ? [...whole.value].map((character) => plainItem({ kind: "str", value: character }))
      : whole.kind === "list" || whole.kind === "tuple"
        ? whole.items
        : undefined;
  if (items === undefined || items.some((item) => item.spread)) return unknown("unsupported", "an unpacked value");
  const extra = items.length - count;
  if (star < 0 ? extra !== 0 : extra < -1) throw new PythonRaise("ValueError");
  if (star < 0 || index < star) return items[index]?.value ?? unknown("unsupported", "an unpacked value");
  if (index > star) return items[index + extra]?.value ?? unknown("unsupported", "an unpacked value");
  return { kind: "list", items: items.slice(star, star + extra + 1) };
}
