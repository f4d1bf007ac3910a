import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Entry, Value } from "../../python/values/value";
import { entryAt, entryOf, textOf } from "../questions/dicts/dicts";
import doc from "./database-name-missing.md";

/** What an engine does without a name, and the options that stand in for it (`get_connection_params` of each). */
const ENGINES: readonly (readonly [RegExp, readonly string[], string])[] = [
  [/\.(?:sqlite3|spatialite)$/, [], "Django raises ImproperlyConfigured when it first needs the database"],
  [
    /\.(?:postgresql(?:_psycopg2)?|postgis)$/,
    ["service"],
    "Django raises ImproperlyConfigured when it first needs the database",
  ],
  [/\.mysql$/, ["database", "db", "read_default_file"], 'queries fail with "No database selected"'],
];

export const databaseNameMissing = defineRule({
  id: "database-name-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    missing: 'DATABASES["{alias}"] has no NAME: {consequence}. Add the name of the database.',
    empty: 'DATABASES["{alias}"] has an empty NAME: {consequence}. Write the name of the database.',
  },
  doc,

  check(context) {
    // The test runner gives databases a name of its own.
    if (context.module.role === "test") return;
    for (const proof of context.setting("DATABASES").proofs()) {
      if (proof.origin === undefined) continue;
      for (const { alias, entry, name, consequence } of unnamed(proof.value)) {
        context.report({
          message: name === undefined ? "missing" : "empty",
          values: { alias, consequence },
          proof,
          at: name === undefined ? entry.site : name.site,
        });
      }
    }
  },
});

interface Unnamed {
  readonly alias: string;
  readonly entry: Entry;
  /** The entry with the empty name, where there is one. */
  readonly name: Entry | undefined;
  readonly consequence: string;
}

function unnamed(databases: Value): readonly Unnamed[] {
  if (databases.kind !== "dict") return [];
  return databases.entries.flatMap((entry) => {
    const alias = textOf(entry.key);
    const engine = textOf(entryAt(entry.value, "ENGINE")?.value) ?? "";
    const row = engine.startsWith("django.") ? ENGINES.find(([pattern]) => pattern.test(engine)) : undefined;
    const name = entryOf(entry.value, "NAME");
    if (alias === undefined || row === undefined || name === undefined) return [];
    if (name !== "absent" && textOf(name.value) !== "") return [];
    const [, options, consequence] = row;
    return isNamedByOptions(entry.value, options)
      ? []
      : [{ alias, entry, name: name === "absent" ? undefined : name, consequence }];
  });
}

/** Whether the options name the database, or may do so. */
function isNamedByOptions(database: Value, keys: readonly string[]): boolean {
  const options = entryOf(database, "OPTIONS");
  if (options === "absent") return false;
  return keys.some((key) => {
    const entry = entryOf(options?.value, key);
    return entry === undefined || (entry !== "absent" && isTruthy(entry.value));
  });
}
