import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import type { Entry, Value } from "../../python/values/value";
import { addOptions } from "../questions/databases/databaseOptions";
import { isInMemory, isSqlite } from "../questions/databases/databases";
import { entryAt, entryOf, expressionAt, keySite, valueAt } from "../questions/dicts/dicts";
import { diskOfPath, isMountUnseen } from "../questions/storages/disks";
import doc from "./sqlite-default-locking.md";

/** Only where SQLite is meant to stay: elsewhere `sqlite-in-production` says what is worse. */
export const sqliteDefaultLocking = defineRule({
  id: "sqlite-default-locking",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  messages: {
    deferred:
      'DATABASES["default"] locks SQLite late in {module}: a transaction that reads before it writes fails with "database is locked" when another one writes in between, whatever the timeout. Set transaction_mode to "IMMEDIATE" in its OPTIONS.',
  },
  fixes: { immediate: { safety: "unsafe", title: 'Set transaction_mode to "IMMEDIATE"' } },
  doc,

  check(context) {
    // The option is new in 5.1, and SQLite's driver rejects it before.
    if (context.djangoAtLeast(5, 1) !== true) return;
    const proof = context.setting("DATABASES").mustBe((value) => isSqlite(value) && locksLate(value));
    const entry = entryAt(proof?.value, "default");
    if (proof === undefined || entry === undefined) return;
    const name = valueAt(entry.value, "NAME");
    if (isInMemory(name) || !isMeant(context, entry.value, name)) return;
    context.report({ message: "deferred", proof, at: keySite(context, entry), fixes: [lockEarly(context, entry)] });
  },
});

function locksLate(databases: Value): boolean {
  const options = entryOf(valueAt(databases, "default"), "OPTIONS");
  return options === "absent" || (options !== undefined && entryOf(options.value, "transaction_mode") === "absent");
}

/** Who gives it a lasting disk, or options, has chosen it. */
function isMeant(context: RuleContext, database: Value, name: Value | undefined): boolean {
  if (entryAt(database, "OPTIONS") !== undefined) return true;
  return diskOfPath(context, name, "database").kind === "lasting" && !isMountUnseen(context, name);
}

function lockEarly(context: RuleContext, entry: Entry): FixOf<typeof sqliteDefaultLocking> | undefined {
  const options = entryAt(entry.value, "OPTIONS");
  if (options === undefined) {
    const add = addOptions(context, entry);
    const file = entry.valueSite?.file;
    if (add === undefined || file === undefined) return undefined;
    return {
      id: "immediate",
      edit: (edit) =>
        add(edit, [["OPTIONS", `{${edit.quote(file, "transaction_mode")}: ${edit.quote(file, "IMMEDIATE")}}`]]),
    };
  }
  const display = expressionAt(context, options.valueSite);
  const file = options.valueSite?.file;
  if (display?.kind !== "Dict" || file === undefined) return undefined;
  return {
    id: "immediate",
    edit: (edit) =>
      edit.insertElement(
        file,
        display,
        display.items.length,
        `${edit.quote(file, "transaction_mode")}: ${edit.quote(file, "IMMEDIATE")}`,
      ),
  };
}
