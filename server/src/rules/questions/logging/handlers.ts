import { pathText } from "../../../django/checks/filesPaths";
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

const FILE_HANDLER = /^logging\.(?:FileHandler|handlers\.(?:Rotating|TimedRotating|Watched)FileHandler)$/;

/**
 * The files that handlers open as soon as logging is set up, also where no logger uses them: with `delay`, they wait for the first
 * record (https://docs.python.org/3/library/logging.handlers.html).
 */
export function filesOpened(logging: Value): readonly string[] {
  const handlers = valueAt(logging, "handlers");
  return knownKeys(handlers).flatMap((name) => {
    const kind = textOf(valueAt(handlers, name, "class")) ?? "";
    const file = pathText(valueAt(handlers, name, "filename"));
    return FILE_HANDLER.test(kind) && valueAt(handlers, name, "delay") === undefined && file !== undefined
      ? [file]
      : [];
  });
}
