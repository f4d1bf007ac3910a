import type { Value } from "../../../python/values/value";

const SECONDS: ReadonlyMap<string, number> = new Map([
  ["weeks", 7 * 24 * 60 * 60],
  ["days", 24 * 60 * 60],
  ["hours", 60 * 60],
  ["minutes", 60],
  ["seconds", 1],
  ["milliseconds", 1 / 1000],
  ["microseconds", 1 / 1_000_000],
]);

/** In the order in which `datetime.timedelta` takes its arguments. */
const POSITIONS = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

/** The seconds of a `datetime.timedelta(...)` with known numbers; `undefined` for everything else. */
export function secondsOf(value: Value | undefined): number | undefined {
  if (value?.kind !== "opaque" || value.callee !== "datetime.timedelta") return undefined;
  let total = 0;
  const parts = [...value.args.map((arg, index) => [POSITIONS[index] ?? "", arg] as const), ...value.keywords];
  for (const [unit, arg] of parts) {
    const factor = SECONDS.get(unit);
    if (factor === undefined || (arg.kind !== "int" && arg.kind !== "float")) return undefined;
    total += Number(arg.value) * factor;
  }
  return total;
}
