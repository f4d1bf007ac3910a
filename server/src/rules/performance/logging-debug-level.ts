import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
import { basicDebugLevel } from "../questions/logging/ownSetup";
import doc from "./logging-debug-level.md";

export const loggingDebugLevel = defineRule({
  id: "logging-debug-level",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    debug:
      "LOGGING sets {logger} to DEBUG in {module}, which runs in {environment}: each request writes many lines, among them what visitors send. Use INFO.",
    basic:
      "The root logger is at DEBUG in {module}, which runs in {environment}: logging.basicConfig() sets it, and libraries write many lines for each request, among them what visitors send. Use INFO.",
  },
  doc,

  check(context) {
    const proof = context.setting("LOGGING").judge((value) => debugLogger(value) !== undefined);
    const keys = proof && debugLogger(proof.value);
    if (proof === undefined || keys === undefined) return checkBasic(context);
    context.report({
      message: "debug",
      values: { logger: keys[0] === "root" || keys[1] === "" ? "the root logger" : `the logger ${keys[1] ?? ""}` },
      proof,
      at: entryAt(loggerAt(proof.value, keys), "level")?.valueSite,
    });
  },
});

/** What basicConfig does lasts unless LOGGING, or something in place of it, configures the root logger. */
function checkBasic(context: ContextOf<typeof loggingDebugLevel>): void {
  const isLeft = (logging: Value): boolean =>
    (logging.kind === "dict" && logging.entries.length === 0) ||
    (entryOf(logging, "root") === "absent" && hasNoRoot(entryOf(logging, "loggers")));
  const at = context.setting("LOGGING").certainly(isLeft) ? basicDebugLevel(context) : undefined;
  if (at !== undefined) context.report({ message: "basic", at });
}

function hasNoRoot(loggers: ReturnType<typeof entryOf>): boolean {
  return loggers === "absent" || (loggers !== undefined && entryOf(loggers.value, "") === "absent");
}

/** A project's own loggers write what the project wants; these write for every request and query. */
const LOGGERS: readonly (readonly string[])[] = [
  ["root"],
  ["loggers", ""],
  ["loggers", "django"],
  ["loggers", "django.db.backends"],
];

/** `root`, or a logger by its name. */
function loggerAt(logging: Value, [first = "", name]: readonly string[]): Value | undefined {
  const found = valueAt(logging, first);
  return name === undefined ? found : valueAt(found, name);
}

function debugLogger(logging: Value): readonly string[] | undefined {
  return LOGGERS.find((keys) => {
    const logger = loggerAt(logging, keys);
    const handlers = valueAt(logger, "handlers");
    if (textOf(valueAt(logger, "level")) !== "DEBUG" || handlers === undefined) return false;
    return knownEntries(handlers).some(({ text }) => admitsDebug(valueAt(logging, "handlers", text)));
  });
}

/** Whether a handler certainly writes records of level DEBUG. */
function admitsDebug(handler: Value | undefined): boolean {
  const level = entryOf(handler, "level");
  const isNull = textOf(valueAt(handler, "class")) === "logging.NullHandler";
  // Django's own filter lets nothing through in production.
  const isFiltered = entryOf(handler, "filters") !== "absent";
  return !isNull && !isFiltered && (level === "absent" || (level !== undefined && textOf(level.value) === "DEBUG"));
}
