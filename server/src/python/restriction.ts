import { spend } from "./fuel";
import type { Assumptions } from "./state";
import type { Value } from "./value";

/** A value without the arms of choices that the assumptions exclude. */
export function restricted(value: Value, assumptions: Assumptions): Value {
  if (value.kind !== "choice" || assumptions.size === 0) return value;
  return restrictParts(value, assumptions, new Map());
}

/** Arms share parts: each is restricted once. */
function restrictParts(value: Value, assumptions: Assumptions, done: Map<Value, Value>): Value {
  if (value.kind !== "choice") return value;
  const known = done.get(value);
  if (known !== undefined) return known;
  spend(2);
  const decision = assumptions.get(value.test.id);
  let result: Value;
  if (decision !== undefined) result = restrictParts(decision.holds ? value.yes : value.no, assumptions, done);
  else {
    const yes = restrictParts(value.yes, assumptions, done);
    const no = restrictParts(value.no, assumptions, done);
    result =
      yes === value.yes && no === value.no ? value : yes === no ? yes : { kind: "choice", test: value.test, yes, no };
  }
  done.set(value, result);
  return result;
}
