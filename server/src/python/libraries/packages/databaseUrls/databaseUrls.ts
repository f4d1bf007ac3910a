import { table } from "../../../../base/table";
import { parseIntText } from "../../../semantics/text";
import type { CallContext } from "../../../program/call";
import { PythonRaise } from "../../../values/raise";
import { bool, dict, int, list, str, unknown, type Value } from "../../../values/value";
import { castDigits, castLiteral } from "../djangoEnviron/urls";
import { parseQuery, splitUrl, unquote, type UrlParts } from "../../stdlib/urls";

/** Stands among the variables once a program has changed what the schemes of URLs mean. */
const SCHEMES = "URL schemes=";

/** The program changes the libraries' tables of schemes. */
export function noteSchemes({ state, site }: CallContext): void {
  state.environ.set(SCHEMES, unknown("unsupported", "schemes of URLs that the program adds", site));
}

/** What a URL whose scheme the program itself may have defined gives; `undefined` where it has defined none. */
export function unknownScheme({ state }: CallContext): Value | undefined {
  return state.environ.get(SCHEMES);
}

const NOT_MODELLED = (): Value => unknown("unsupported", "a database URL of this form");

const ENVIRON_ENGINES: Readonly<Record<string, string>> = table({
  postgres: "django.db.backends.postgresql",
  postgresql: "django.db.backends.postgresql",
  psql: "django.db.backends.postgresql",
  pgsql: "django.db.backends.postgresql",
  postgis: "django.contrib.gis.db.backends.postgis",
  mysql: "django.db.backends.mysql",
  mysql2: "django.db.backends.mysql",
  "mysql-connector": "mysql.connector.django",
  mysqlgis: "django.contrib.gis.db.backends.mysql",
  cockroachdb: "django_cockroachdb",
  mssql: "mssql",
  pyodbc: "sql_server.pyodbc",
  redshift: "django_redshift_backend",
  spatialite: "django.contrib.gis.db.backends.spatialite",
  sqlite: "django.db.backends.sqlite3",
});

const DATABASE_OPTIONS = new Set([
  "CONN_MAX_AGE",
  "ATOMIC_REQUESTS",
  "AUTOCOMMIT",
  "DISABLE_SERVER_SIDE_CURSORS",
  "CONN_HEALTH_CHECKS",
]);

/** `Env.db_url_config(url, engine)` of django-environ 0.14. */
export function djangoEnvironDatabase(url: string, engine: string | undefined): Value {
  if (url === "sqlite://:memory:")
    return dict([
      ["ENGINE", str(ENVIRON_ENGINES["sqlite"] as string)],
      ["NAME", str(":memory:")],
    ]);
  const parts = splitUrl(url);
  const query = parseQuery(parts?.query ?? "");
  if (parts === undefined || query === undefined || /^(oracle|ldap)$/.test(parts.scheme)) return NOT_MODELLED();
  if (parts.path.includes(";")) return NOT_MODELLED();
  // Without a path, characters that are unusual in a URL are quoted first.
  if (parts.path === "" && !/^[\w.~:/?&=@-]*$/.test(url)) return NOT_MODELLED();
  const path = unquote((parts.path.slice(1).split("?")[0] ?? "").replace(/\+/g, " "));
  const [user, password] = [unquote(parts.username ?? ""), unquote(parts.password ?? "")];
  if (path === undefined || user === undefined || password === undefined) return NOT_MODELLED();
  const [host, name] = placeOf(parts, path);
  const entries: [string, Value][] = [
    ["NAME", str(name)],
    ["USER", str(user)],
    ["PASSWORD", str(password)],
    ["HOST", str(host)],
    ["PORT", parts.port === undefined || parts.port === 0 ? str("") : int(parts.port)],
  ];
  addDatabaseOptions(entries, parts, query);
  const scheme = engine === undefined || engine === "" ? parts.scheme : engine;
  return dict([...entries, ["ENGINE", str(ENVIRON_ENGINES[scheme] ?? scheme)]]);
}

/** Host and name; a PostgreSQL socket stands in the path. */
function placeOf(parts: UrlParts, path: string): readonly [string, string] {
  const isSocket = /^(postgres|postgresql|psql|pgsql|postgis)$/.test(parts.scheme) || path.includes("cloudsql");
  if (isSocket && path.startsWith("/")) {
    const cut = path.lastIndexOf("/");
    return [path.slice(0, cut), path.slice(cut + 1)];
  }
  return [parts.hostname ?? "", parts.scheme === "sqlite" && path === "" ? ":memory:" : path];
}

function addDatabaseOptions(
  entries: [string, Value][],
  parts: UrlParts,
  query: ReadonlyMap<string, readonly string[]>,
): void {
  if (parts.query === "") return;
  const options: [string, Value][] = [];
  for (const [name, [text = ""]] of query) {
    if (DATABASE_OPTIONS.has(name.toUpperCase())) entries.push([name.toUpperCase(), castLiteral(text)]);
    else options.push([name, castDigits(text)]);
  }
  entries.push(["OPTIONS", dict(options)]);
}

const DJ_ENGINES: Readonly<Record<string, string>> = table({
  postgres: "django.db.backends.postgresql",
  postgresql: "django.db.backends.postgresql",
  pgsql: "django.db.backends.postgresql",
  postgis: "django.contrib.gis.db.backends.postgis",
  redshift: "django_redshift_backend",
  cockroach: "django_cockroachdb",
  mysql: "django.db.backends.mysql",
  mysql2: "django.db.backends.mysql",
  "mysql-connector": "mysql.connector.django",
  mysqlgis: "django.contrib.gis.db.backends.mysql",
  spatialite: "django.contrib.gis.db.backends.spatialite",
  sqlite: "django.db.backends.sqlite3",
  oracle: "django.db.backends.oracle",
  oraclegis: "django.contrib.gis.db.backends.oracle",
  mssql: "sql_server.pyodbc",
  mssqlms: "mssql",
  timescale: "timescale.db.backends.postgresql",
  timescalegis: "timescale.db.backends.postgis",
});

export interface DatabaseUrlOptions {
  readonly engine: Value;
  readonly connMaxAge: Value;
  readonly connHealthChecks: Value;
  readonly disableServerSideCursors: Value;
  readonly sslRequire: boolean;
  readonly test: Value | undefined;
}

export const DEFAULT_URL_OPTIONS: DatabaseUrlOptions = {
  engine: { kind: "none" },
  connMaxAge: int(0),
  connHealthChecks: bool(false),
  disableServerSideCursors: bool(false),
  sslRequire: false,
  test: undefined,
};

/** `dj_database_url.parse(url, ...)` of dj-database-url 3. Throws for a scheme that the library does not know. */
export function djDatabaseUrl(url: string, options: DatabaseUrlOptions): Value {
  if (url === "sqlite://:memory:")
    return dict([
      ["ENGINE", str(DJ_ENGINES["sqlite"] as string)],
      ["NAME", str(":memory:")],
    ]);
  const parts = splitUrl(url);
  const query = parseQuery(parts?.query ?? "");
  if (parts === undefined || query === undefined) return NOT_MODELLED();
  const known = DJ_ENGINES[parts.scheme];
  if (known === undefined) throw new PythonRaise("UnknownSchemeError");
  const [user, password, host, path] = [parts.username, parts.password, parts.hostname, parts.path.slice(1)].map(
    (part) => unquote(part ?? ""),
  );
  const port = parts.port === undefined || parts.port === 0 ? str("") : int(parts.port);
  if (user === undefined || password === undefined || host === undefined || path === undefined) return NOT_MODELLED();
  const entries: [string, Value][] = [
    [
      "ENGINE",
      options.engine.kind === "none" || (options.engine.kind === "str" && options.engine.value === "")
        ? str(known)
        : options.engine,
    ],
    ["USER", str(user)],
    ["PASSWORD", str(password)],
    ["HOST", str(host)],
    ["PORT", /^(oracle|mssql|mssqlms)$/.test(parts.scheme) && port.kind === "int" ? str(`${port.value}`) : port],
    ["NAME", str(parts.scheme === "sqlite" && path === "" ? ":memory:" : path)],
  ];
  const written = urlOptions(parts.scheme, query);
  if (options.sslRequire) written.set("sslmode", str("require"));
  if (written.size > 0) entries.push(["OPTIONS", dict([...written])]);
  entries.push(
    ["CONN_MAX_AGE", options.connMaxAge],
    ["CONN_HEALTH_CHECKS", options.connHealthChecks],
    ["DISABLE_SERVER_SIDE_CURSORS", options.disableServerSideCursors],
  );
  if (options.test !== undefined) entries.push(["TEST", options.test]);
  return dict(entries);
}

/** The options of a URL, with what the engines make of single ones. */
function urlOptions(scheme: string, query: ReadonlyMap<string, readonly string[]>): Map<string, Value> {
  const options = new Map<string, Value>();
  for (const [name, texts] of query) {
    const values = texts.map(optionValue);
    options.set(name, values.length === 1 ? (values[0] as Value) : list(values));
  }
  const move = (from: string, name: string, give: (value: string) => Value): void => {
    const value = options.get(from);
    options.delete(from);
    if (value !== undefined) options.set(name, value.kind === "str" ? give(value.value) : NOT_MODELLED());
  };
  if (/^(mysql|mysql2)$/.test(scheme)) move("ssl-ca", "ssl", (text) => dict([["ca", str(text)]]));
  if (/^(postgres|postgresql|pgsql|postgis|redshift|timescale|timescalegis)$/.test(scheme))
    move("currentSchema", "options", (text) => str(`-c search_path=${text}`));
  return options;
}

function optionValue(text: string): Value {
  if (/^\d+$/.test(text)) return int(parseIntText(text));
  return /^(true|false)$/i.test(text) ? bool(text.toLowerCase() === "true") : str(text);
}
