import type { Value } from "../../../python/values/value";
import { knownKeys, textOf, valueAt } from "../dicts/dicts";
import { knownEntries } from "../lists/entries";

/** The handlers of LOGGING that email records to ADMINS, and that a logger certainly uses. */
export function adminHandlers(logging: Value): readonly string[] {
  return knownKeys(valueAt(logging, "handlers")).filter(
    (name) =>
      textOf(valueAt(logging, "handlers", name, "class")) === "django.utils.log.AdminEmailHandler" &&
      usedHandlers(logging).includes(name),
  );
}

/** The handlers that loggers name. */
export function usedHandlers(logging: Value): readonly string[] {
  const loggers = valueAt(logging, "loggers");
  const lists = [
    valueAt(logging, "root", "handlers"),
    ...knownKeys(loggers).map((name) => valueAt(loggers, name, "handlers")),
  ];
  return lists.flatMap((list) => (list === undefined ? [] : knownEntries(list).map(({ text }) => text)));
}
