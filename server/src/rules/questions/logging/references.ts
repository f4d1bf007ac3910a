import type { Site, Value } from "../../../python/values/value";
import { isTruthy } from "../../../lint/effective";
import { allKeys, entryAt, entryOf } from "../dicts/dicts";

/** A name in LOGGING that stands for nothing. */
export interface Reference {
  /** Who uses it: `the handler console`. */
  readonly owner: string;
  readonly kind: "handler" | "formatter" | "filter" | "level";
  readonly name: string;
  /** The names that there are. */
  readonly known: readonly string[];
  readonly site: Site | undefined;
}

const LEVELS = ["CRITICAL", "FATAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "NOTSET"];

/** What `logging.config.dictConfig` looks up and does not find (logging/config.py). */
export function danglingReferences(logging: Value): readonly Reference[] {
  const incremental = entryOf(logging, "incremental");
  if (incremental === undefined || (incremental !== "absent" && isTruthy(incremental.value))) return [];
  const known = {
    handler: keysAt(logging, "handlers"),
    formatter: keysAt(logging, "formatters"),
    filter: keysAt(logging, "filters"),
  };
  const users = [
    ...partsOf(logging, "handlers").map(([name, value]) => ({ owner: `the handler ${name}`, value })),
    ...partsOf(logging, "loggers").map(([name, value]) => ({
      owner: `the logger ${name === "" ? '""' : name}`,
      value,
    })),
    ...rootOf(logging),
  ];
  return users.flatMap(({ owner, value }) => [
    ...namesAt(value, "handlers").flatMap((use) => dangling(owner, "handler", use, known.handler)),
    ...namesAt(value, "filters").flatMap((use) => dangling(owner, "filter", use, known.filter)),
    ...nameAt(value, "formatter").flatMap((use) => dangling(owner, "formatter", use, known.formatter)),
    ...nameAt(value, "level").flatMap((use) => dangling(owner, "level", use, LEVELS)),
  ]);
}

interface Use {
  readonly name: string;
  readonly site: Site | undefined;
}

function dangling(
  owner: string,
  kind: Reference["kind"],
  { name, site }: Use,
  known: readonly string[] | undefined,
): readonly Reference[] {
  // A package may add a level of its own; a name in lower case is a mistake all the same.
  const isMissing = known?.includes(name) === false && !(kind === "level" && /^[A-Z]+\d*$/.test(name));
  return isMissing ? [{ owner, kind, name, known, site }] : [];
}

function rootOf(logging: Value) {
  const root = entryAt(logging, "root");
  return root === undefined ? [] : [{ owner: "the root logger", value: root.value }];
}

/** The keys of a part; none where it is certainly not there, `undefined` where it is not completely known. */
function keysAt(logging: Value, part: string): readonly string[] | undefined {
  const entry = entryOf(logging, part);
  if (entry === "absent") return [];
  return allKeys(entry?.value);
}

function partsOf(logging: Value, part: string): readonly (readonly [string, Value])[] {
  const value = entryAt(logging, part)?.value;
  if (value?.kind !== "dict") return [];
  return value.entries.flatMap((entry) => (entry.key?.kind === "str" ? [[entry.key.value, entry.value] as const] : []));
}

function namesAt(value: Value, key: string): readonly Use[] {
  const list = entryAt(value, key)?.value;
  if (list?.kind !== "list" && list?.kind !== "tuple") return [];
  return list.items.flatMap((item) =>
    !item.spread && item.value.kind === "str" ? [{ name: item.value.value, site: item.site }] : [],
  );
}

function nameAt(value: Value, key: string): readonly Use[] {
  const entry = entryAt(value, key);
  return entry?.value.kind === "str" ? [{ name: entry.value.value, site: entry.valueSite }] : [];
}
