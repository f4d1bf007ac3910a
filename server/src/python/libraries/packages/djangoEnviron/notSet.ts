import type { Value } from "../../../values/value";

/** Whether a default is not given, or is `Env.NOTSET`. */
export function isNotSet(value: Value | undefined): boolean {
  return value === undefined || (value.kind === "external" && value.name.endsWith(".NOTSET"));
}
