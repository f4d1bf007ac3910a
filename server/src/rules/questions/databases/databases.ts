import { table } from "../../../base/table";
import { isFalsy } from "../../../lint/effective";
import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import { NONE, str } from "../../../python/values/value";
import type { DictValue, Entry, Value } from "../../../python/values/value";
import { armsOf, entryAt, entryOf, textOf, valueAt } from "../dicts/dicts";
import { textsIn } from "../dicts/leaves";
import { isDeployed } from "../environment/environment";

type Context = RuleContext;

interface Driver {
  readonly packages: readonly string[];
  readonly server: string;
  readonly url: string;
}

/** The modules that PostgreSQL and MySQL are reached with, as they are installed. */
const DRIVERS: readonly Driver[] = [
  {
    packages: ["psycopg", "psycopg2", "psycopg2-binary", "psycopg-binary", "psycopg2cffi"],
    server: "PostgreSQL",
    url: "postgres://user@db.example/name",
  },
  {
    packages: ["mysqlclient", "pymysql", "mysql-connector-python"],
    server: "MySQL",
    url: "mysql://user@db.example/name",
  },
];

const SOME_SERVER = "postgres://user@db.example/name";

/**
 * A database's dict with what a URL from the environment adds to it: what the library makes of a URL without a query on a
 * server of the kind that the project has a driver for. Without a driver, which requirements may hold that are not seen, it is
 * one on PostgreSQL unless the URL falls back to something else. `undefined` where it is no dict, or that is not known.
 */
export function connectionOf(context: Context, value: Value | undefined): DictValue | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== "dict") return fromUrl(context, value);
  const entries = value.entries.map((entry) =>
    entry.key === undefined ? fromUrl(context, entry.value)?.entries : [entry],
  );
  return entries.includes(undefined) ? undefined : { kind: "dict", entries: entries.flatMap((one) => one ?? []) };
}

function fromUrl(context: Context, value: Value): DictValue | undefined {
  const url = driverOf(context)?.url ?? (hasServerFallback(value) ? SOME_SERVER : undefined);
  const made = url === undefined ? undefined : parse(value, url);
  return made?.kind === "dict" ? made : undefined;
}

function driverOf(context: Context): Driver | undefined {
  return DRIVERS.find(({ packages }) => packages.some((name) => context.hasPackage(name)));
}

function parse(value: Value, url: string): Value | undefined {
  if (value.kind === "environment" && value.cast === "database") return value.convert(url);
  const isParsed = value.kind === "derived" && /^dj_database_url\.parse$/.test(value.operation.id);
  return isParsed ? value.compute([str(url), ...value.inputs.slice(1)]) : undefined;
}

/** Whether a URL that is read falls back to nothing, or to that of a database server. */
function hasServerFallback(value: Value): boolean {
  const read = value.kind === "derived" ? value.inputs[0] : value;
  const fallback = read?.kind === "environment" ? read.fallback : undefined;
  if (fallback === undefined || fallback.kind === "none") return true;
  if (fallback.kind === "str") return fallback.value === "" || /^(?:postg|pgsql|mysql|oracle)/.test(fallback.value);
  const engine = textOf(valueAt(fallback, "ENGINE"));
  return fallback.kind === "dict" && (fallback.entries.length === 0 || serverName(engine) !== undefined);
}

const ENGINE =
  /^(?:django\.(?:db|contrib\.gis\.db)\.backends|(?:django_prometheus|timescale)\.db\.backends)\.(postgresql|postgresql_psycopg2|postgis|mysql|oracle)$/;
/** Backends of packages that build on Django's for PostgreSQL and leave its connections alone. */
const BUILT_ON_POSTGRESQL =
  /^(?:(?:django_tenants|tenant_schemas)\.postgresql_backend|psqlextra\.backend|transaction_hooks\.backends\.(?:postgresql_psycopg2|postgis))$/;
const PEOPLE_SAY: Readonly<Record<string, string>> = table({ mysql: "MySQL", oracle: "Oracle" });

/** What people call the database server behind an engine; `undefined` for SQLite and engines that are not known. */
export function serverName(engine: string | undefined): string | undefined {
  if (BUILT_ON_POSTGRESQL.test(engine ?? "")) return "PostgreSQL";
  const kind = ENGINE.exec(engine ?? "")?.[1];
  return kind === undefined ? undefined : (PEOPLE_SAY[kind] ?? "PostgreSQL");
}

/** The server behind a connection: by its engine or, where nothing but a variable names that, by the driver that the project has. */
function serverOf(context: Context, connection: DictValue | undefined): string | undefined {
  const engine = valueAt(connection, "ENGINE");
  const isAskedFor = engine?.kind === "environment" && textOf(engine.fallback) === undefined;
  return isAskedFor ? driverOf(context)?.server : serverName(textOf(engine));
}

/**
 * What becomes of the connections to a database: `fresh`, where each request opens one to a server elsewhere, `nearby`, where
 * it does so to a server on the same machine, which takes less time.
 */
export type Connecting = "fresh" | "nearby" | "kept" | "other" | "unknown";

/** How a database is connected to, in one of the arms of its value. */
export function connecting(context: Context, connection: DictValue | undefined): Connecting {
  if (connection === undefined) return "unknown";
  const age = entryOf(connection, "CONN_MAX_AGE");
  if (age !== "absent" && age !== undefined && mayOutlive(age.value)) return "kept";
  if (isPooled(connection)) return "kept";
  const isServer = serverOf(context, connection) !== undefined;
  const isNearby = isAbsentOr(connection, "HOST", (host) => host.kind === "str" && isThisMachine(host.value));
  if (!isServer || !(isNearby || isElsewhere(valueAt(connection, "HOST")))) return "other";
  if (!isAbsentOr(connection, "CONN_MAX_AGE", (value) => value.kind === "int" && isFalsy(value))) return "unknown";
  return isNearby ? "nearby" : "fresh";
}

/** An age that is read from somewhere is one that whoever deploys the project may choose. */
function mayOutlive(age: Value): boolean {
  return outlivesRequest(age) || environmentReads(age).length > 0;
}

/** Whether connections of this CONN_MAX_AGE outlive their request: a number of seconds other than 0, or None, which is for ever. */
export function outlivesRequest(age: Value | undefined): boolean {
  return age?.kind === "none" || (age?.kind === "int" && age.value !== 0n);
}

/** The default database, where it is certainly a server whose connections outlive their requests. */
export interface KeptConnection {
  readonly entry: Entry;
  readonly connection: DictValue;
  readonly server: string;
  /** Where CONN_MAX_AGE is written, if it is in the settings. */
  readonly age: Entry | undefined;
}

/** The default database's connection, where that is certainly kept open. */
export function keptConnection(context: Context, databases: Value): KeptConnection | undefined {
  const entry = entryAt(databases, "default");
  const connections = armsOf(entry?.value).map((arm) => connectionOf(context, arm));
  const [connection] = connections;
  const isServer = serverOf(context, connection) !== undefined;
  if (entry === undefined || connection === undefined || !isServer) return undefined;
  if (!connections.every((one) => one !== undefined && isKept(context, valueAt(one, "CONN_MAX_AGE")))) return undefined;
  const age = entryAt(connection, "CONN_MAX_AGE");
  const server = nameOfServer(context, armsOf(entry.value)[0] ?? entry.value, connection);
  return { entry, connection, server, age: age?.valueSite === undefined ? undefined : age };
}

/**
 * An age that is read from the environment counts by its default, which may stand in another arm of a choice, unless deployment
 * files set the variable.
 */
function isKept(context: Context, age: Value | undefined): boolean {
  const arms = armsOf(age);
  const isUndecided = (arm: Value): boolean => defaultOf(arm) === arm && environmentReads(arm).length > 0;
  return (
    arms.some((arm) => outlivesRequest(defaultOf(arm))) &&
    arms.every((arm) => outlivesRequest(defaultOf(arm)) || isUndecided(arm)) &&
    !arms.flatMap((arm) => environmentReads(arm)).some(({ variable }) => isDeployed(context, variable))
  );
}

function defaultOf(value: Value): Value {
  return value.kind === "environment" ? (value.fallback ?? value) : value;
}

/**
 * A server of its own, as far as is known: not this machine, and no pooler, which keeps connections itself. What is not known, as
 * it is read from a file of secrets, is given for each machine as a variable is.
 */
function isElsewhere(host: Value | undefined): boolean {
  if (host?.kind === "str") return !isThisMachine(host.value) && !isPooler(host.value);
  if (host?.kind === "unknown") return !isPooler(host.because.text);
  if (host?.kind === "choice") {
    // A helper that finds nothing gives None.
    const named = armsOf(host).filter(({ kind }) => kind !== "none");
    return named.length > 0 && named.every(isElsewhere);
  }
  if (host?.kind !== "environment" && host?.kind !== "derived") return false;
  return ![...textsIn(host), ...environmentReads(host).map((read) => read.variable)].some(isPooler);
}

function isThisMachine(host: string): boolean {
  return /^(?:|localhost|127\..*|::1|\/.*)$/.test(host) && !isPooler(host);
}

function isPooler(text: string): boolean {
  return /bouncer|pgcat|pgpool|pooler|proxysql|rds.?proxy|\.proxy-|cloudsql/i.test(text);
}

/** PgBouncer's, and Supavisor's for transactions. */
const POOLER_PORTS = ["6432", "6543"];

function isPooled(connection: DictValue): boolean {
  const port = valueAt(connection, "PORT");
  const isPoolerPort = (port?.kind === "int" ? [String(port.value)] : textsIn(port ?? NONE)).some((port) =>
    POOLER_PORTS.includes(port),
  );
  const options = entryOf(connection, "OPTIONS");
  const hasNoPool = options === "absent" || (options !== undefined && isAbsentOr(options.value, "pool", isFalsy));
  // Server-side cursors are turned off for poolers that hand each transaction another connection.
  return isPoolerPort || !hasNoPool || !isAbsentOr(connection, "DISABLE_SERVER_SIDE_CURSORS", isFalsy);
}

/** Whether a dict certainly lacks a key, or has a value for it of which something is certain. */
function isAbsentOr(dict: Value, key: string, holds: (value: Value) => boolean): boolean {
  const entry = entryOf(dict, key);
  return entry === "absent" || (entry !== undefined && holds(entry.value));
}

const SQLITE =
  /^(?:django\.db\.backends\.sqlite3|django\.contrib\.gis\.db\.backends\.spatialite|django_prometheus\.db\.backends\.sqlite3)$/;

/** What people call the server behind an arm of a database's value. */
export function nameOfServer(context: Context, arm: Value, connection: DictValue | undefined): string {
  const isWritten = entryOf(arm, "ENGINE") !== undefined || driverOf(context) !== undefined;
  return (isWritten ? serverOf(context, connection) : undefined) ?? "the database";
}

/** Whether connections that are kept are certainly not tested before a request uses them. */
export function lacksHealthChecks(connection: DictValue): boolean {
  return isAbsentOr(connection, "CONN_HEALTH_CHECKS", isFalsy);
}

/** Whether a SQLite database of that NAME is kept in memory, so that it is gone with its process. */
export function isInMemory(name: Value | undefined): boolean {
  return /^$|:memory:|mode=memory/.test(textOf(name) ?? "file");
}

/** Whether the default database is certainly a SQLite file, or in memory. */
export function isSqlite(databases: Value): boolean {
  const arms = armsOf(valueAt(databases, "default"));
  return arms.length > 0 && arms.every((arm) => SQLITE.test(textOf(valueAt(arm, "ENGINE")) ?? ""));
}
