import type { CallContext } from "../program/call";
import { walk } from "./conditions";
import { compare } from "../semantics/comparisons";
import { decide } from "./deciding";
import { pure } from "../program/pure";
import { resolve } from "../semantics/resolve";
import type { State } from "../program/state";
import { str, type Value } from "../values/value";

/** A text that no variable holds: where it comes out again is where the environment's text goes. */
const MARK = "zq0environment0qz";

/**
 * The constant parts around a text from the environment, as in `f"shop.settings.{ENV}"`; `undefined` where it is used in
 * another way, or does not depend on the environment.
 */
export function textAround(value: Value): { readonly before: string; readonly after: string } | undefined {
  if (value.kind !== "environment" && value.kind !== "derived") return undefined;
  const marked = resolve(value, () => ({ set: true, text: MARK }));
  if (marked.kind !== "str" && marked.kind !== "path") return undefined;
  const [before, after, ...more] = marked.value.split(MARK);
  return before === undefined || after === undefined || more.length > 0 ? undefined : { before, after };
}

/**
 * Goes on separately in the worlds in which a value is each of some texts, and in those in which it is none of them. What
 * is left behind is joined.
 */
export function forEachText(
  call: CallContext,
  value: Value,
  texts: readonly string[],
  give: (state: State, text: string | undefined) => Value,
): Value {
  const { machine: m, state, site } = call;
  const [first, ...rest] = texts;
  if (first === undefined) return give(state, undefined);
  const isFirst = pure(m, state, "==", [value, str(first)], ([a, b]) => compare("==", a as Value, b as Value), {
    site,
  });
  const condition = decide(m, state, isFirst, site, `it is ${first}`);
  return walk(m, state, condition, (inner, holds) =>
    holds ? give(inner, first) : forEachText({ ...call, state: inner }, value, rest, give),
  );
}
