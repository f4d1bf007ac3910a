import type { Value } from "../../../python/values/value";
import { textOf } from "../dicts/dicts";

/** The settings that list the people whom errors and broken links are mailed to. */
export const ADMIN_SETTINGS = ["ADMINS", "MANAGERS"] as const;

/** Whether an item is two things, neither of which is a list itself: a name and an address. */
export function isPair(value: Value): boolean {
  return (
    (value.kind === "list" || value.kind === "tuple") &&
    value.items.length === 2 &&
    value.items.every((item) => !item.spread && item.value.kind !== "list" && item.value.kind !== "tuple")
  );
}

/** Whether a pair has its address first. */
export function isSwapped(value: Value): boolean {
  if (value.kind !== "list" && value.kind !== "tuple") return false;
  const [first, second] = value.items.map((item) => textOf(item.value));
  return first?.includes("@") === true && second?.includes("@") === false && second !== "";
}
