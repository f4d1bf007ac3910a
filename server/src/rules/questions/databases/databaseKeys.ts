import type { Entry, Value } from "../../../python/values/value";
import { mostSimilar } from "../../../lint/similar";
import { entryAt, textOf, valueAt } from "../dicts/dicts";

/** The keys of a database's dict (django/db/utils.py, `ConnectionHandler.configure_settings`, and the settings reference). */
const KEYS =
  "ENGINE NAME USER PASSWORD HOST PORT OPTIONS TEST TIME_ZONE ATOMIC_REQUESTS AUTOCOMMIT CONN_MAX_AGE CONN_HEALTH_CHECKS DISABLE_SERVER_SIDE_CURSORS".split(
    " ",
  );

/** Keys whose names do not occur as settings or options of anything else. */
export const OWN_KEYS: readonly string[] = [
  "CONN_MAX_AGE",
  "CONN_HEALTH_CHECKS",
  "ATOMIC_REQUESTS",
  "AUTOCOMMIT",
  "DISABLE_SERVER_SIDE_CURSORS",
];

/** What people call a key that has another name. */
const CONFUSED: ReadonlyMap<string, string> = new Map([
  ["PASS", "PASSWORD"],
  ["PASSWD", "PASSWORD"],
  ["USERNAME", "USER"],
  ["DATABASE", "NAME"],
  ["DB", "NAME"],
  ["DB_NAME", "NAME"],
  ["HOSTNAME", "HOST"],
]);

/** Options of the drivers, which only count in OPTIONS, by the last part of Django's engines. */
const DRIVER_OPTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/postg/, ["sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "isolation_level", "application_name"]],
  [/mysql/, ["charset", "init_command", "sql_mode", "isolation_level", "read_default_file", "ssl", "connect_timeout"]],
  [/sqlite|spatialite/, ["timeout", "init_command", "transaction_mode"]],
];

/** What one driver takes and the others refuse, by the name of its database (the reference of each driver's `connect`). */
const OF_ONE_DRIVER: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ["PostgreSQL", /postg/, ["sslmode", "sslrootcert", "sslcert", "sslkey", "application_name"]],
  ["MySQL", /mysql/, ["charset", "sql_mode", "read_default_file"]],
];

/** A key of a database that does nothing where it stands. */
export interface MisplacedKey {
  /** `inside`: belongs above OPTIONS. `above`: belongs into OPTIONS. `unknown`: means another key. `foreign`: is another driver's. */
  readonly fault: "inside" | "above" | "unknown" | "foreign";
  readonly alias: string;
  readonly key: string;
  readonly meant: string;
  readonly entry: Entry;
  readonly database: Entry;
}

const ENGINES = /^(?:django\.(?:db|contrib\.gis\.db)\.backends|django_prometheus\.db\.backends)\.(\w+)$/;

/** The keys that do nothing where they stand, of databases with an engine of Django's own. */
export function misplacedDatabaseKeys(databases: Value): readonly MisplacedKey[] {
  if (databases.kind !== "dict") return [];
  return databases.entries.flatMap((database) => {
    const alias = textOf(database.key);
    const engine = ENGINES.exec(textOf(valueAt(database.value, "ENGINE")) ?? "")?.[1];
    if (alias === undefined || engine === undefined) return [];
    return [
      ...keysOf(entryAt(database.value, "OPTIONS")?.value).flatMap(({ key, entry }) => {
        const found = faultInside(engine, key);
        return found === undefined ? [] : [{ ...found, alias, key, entry, database }];
      }),
      ...keysOf(database.value).flatMap(({ key, entry }) => {
        const found = faultAbove(engine, key, database.value);
        return found === undefined ? [] : [{ ...found, alias, key, entry, database }];
      }),
    ];
  });
}

/** Oracle's drivers are left alone, and so is what more than one of them takes. */
function faultInside(engine: string, key: string): Pick<MisplacedKey, "fault" | "meant"> | undefined {
  if (KEYS.includes(key)) return { fault: "inside", meant: key };
  if (!DRIVER_OPTIONS.some(([pattern]) => pattern.test(engine))) return undefined;
  const owner = OF_ONE_DRIVER.find(([, , options]) => options.includes(key));
  return owner === undefined || owner[1].test(engine) ? undefined : { fault: "foreign", meant: owner[0] };
}

function faultAbove(engine: string, key: string, database: Value): Pick<MisplacedKey, "fault" | "meant"> | undefined {
  if (KEYS.includes(key)) return undefined;
  const options = DRIVER_OPTIONS.find(([pattern]) => pattern.test(engine))?.[1] ?? [];
  if (options.includes(key.toLowerCase())) return { fault: "above", meant: key.toLowerCase() };
  // The keys of the time before TEST have a rule of their own; a short name of another thing is no slip.
  const near = key.startsWith("TEST_") || key.length < 4 ? undefined : mostSimilar(key, KEYS);
  const meant = CONFUSED.get(key.toUpperCase()) ?? near;
  return meant === undefined || entryAt(database, meant) !== undefined ? undefined : { fault: "unknown", meant };
}

function keysOf(value: Value | undefined): readonly { readonly key: string; readonly entry: Entry }[] {
  if (value?.kind !== "dict") return [];
  return value.entries.flatMap((entry) => (entry.key?.kind === "str" ? [{ key: entry.key.value, entry }] : []));
}
