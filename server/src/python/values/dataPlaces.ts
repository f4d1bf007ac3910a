import type { FilePath } from "../../base/path";
import type { Value } from "./value";

/** Where a value stands in a file of settings: the keys that lead to it, since lines move. */
export interface DataPlace {
  readonly file: FilePath;
  readonly keys: readonly string[];
}

const PLACES = new WeakMap<Value, DataPlace>();

/** A value of its own that is known to stand at a place of a file of settings. */
export function placed<V extends Value>(value: V, place: DataPlace): V {
  const own = { ...value };
  PLACES.set(own, place);
  return own;
}

/** Where a value stands in a file of settings; `undefined` for what Python says. */
export function dataPlaceOf(value: Value): DataPlace | undefined {
  return PLACES.get(value);
}
