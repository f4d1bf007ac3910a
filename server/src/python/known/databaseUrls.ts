import { PythonRaise } from "../raise";
import { bool, dict, int, str, unknown, type Value } from "../value";

/** The parts of a URL as `urllib.parse.urlsplit` gives them. */
interface UrlParts {
  readonly scheme: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: string;
}

const URL_PARTS = /^([a-zA-Z][\w+.-]*):(?:\/\/(?:([^/?#@]*(?:@[^/?#@]*)*)@)?([^/?#@]*))?([^?#]*)(?:\?([^#]*))?/;

/** Splits a URL; `undefined` for forms that are left to Python (no scheme, IPv6, encoded or several hosts, odd ports). */
function splitUrl(url: string): UrlParts | undefined {
  const found = URL_PARTS.exec(url);
  if (found === null || /[[\],%\s]/.test(found[3] ?? "")) return undefined;
  const [user = "", ...rest] = (found[2] ?? "").split(":");
  const host = /^([^:]*)(?::(\d*))?$/.exec(found[3] ?? "");
  if (host === null) return undefined;
  return {
    scheme: (found[1] as string).toLowerCase(),
    username: user,
    password: rest.join(":"),
    hostname: (host[1] ?? "").toLowerCase(),
    port: host[2] === undefined || host[2] === "" ? undefined : Number(host[2]),
    path: found[4] ?? "",
    query: found[5] ?? "",
  };
}

/** `urllib.parse.unquote`; text that is not valid percent-encoded UTF-8 is left to Python. */
function unquote(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-fA-F]{2})/g, "%25"));
  } catch {
    return undefined;
  }
}

const NOT_MODELLED = (): Value => unknown("unsupported", "a database URL of this form");

const ENVIRON_ENGINES: Readonly<Record<string, string>> = {
  postgres: "django.db.backends.postgresql",
  postgresql: "django.db.backends.postgresql",
  psql: "django.db.backends.postgresql",
  pgsql: "django.db.backends.postgresql",
  postgis: "django.contrib.gis.db.backends.postgis",
  mysql: "django.db.backends.mysql",
  mysql2: "django.db.backends.mysql",
  "mysql-connector": "mysql.connector.django",
  mysqlgis: "django.contrib.gis.db.backends.mysql",
  mssql: "mssql",
  redshift: "django_redshift_backend",
  spatialite: "django.contrib.gis.db.backends.spatialite",
  sqlite: "django.db.backends.sqlite3",
};

/** `Env.db_url_config(url)` of django-environ 0.14. URLs with a query are not modelled. */
export function djangoEnvironDatabase(url: string, engine: string | undefined): Value {
  if (url === "sqlite://:memory:")
    return dict([
      ["ENGINE", str(ENVIRON_ENGINES["sqlite"] as string)],
      ["NAME", str(":memory:")],
    ]);
  const parts = splitUrl(url);
  const known = parts === undefined ? undefined : ENVIRON_ENGINES[parts.scheme];
  if (parts === undefined || known === undefined || parts.query !== "" || parts.path === "") return NOT_MODELLED();
  const path = unquote(parts.path.slice(1).replace(/\+/g, " "));
  const [user, password] = [unquote(parts.username.replace(/\+/g, " ")), unquote(parts.password.replace(/\+/g, " "))];
  if (path === undefined || user === undefined || password === undefined) return NOT_MODELLED();
  if (/^(psql|postgres)/.test(parts.scheme) && path.startsWith("/")) return NOT_MODELLED();
  const name = parts.scheme === "sqlite" && path === "" ? ":memory:" : path;
  return dict([
    ["NAME", str(name)],
    ["USER", str(user)],
    ["PASSWORD", str(password)],
    ["HOST", str(parts.hostname)],
    ["PORT", parts.port === undefined || parts.port === 0 ? str("") : int(parts.port)],
    ["ENGINE", str(engine ?? known)],
  ]);
}

const DJ_ENGINES: Readonly<Record<string, string>> = {
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
};

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

/** `dj_database_url.parse(url, ...)` of dj-database-url 3. URLs with a query are not modelled. Throws for an unknown scheme. */
export function djDatabaseUrl(url: string, options: DatabaseUrlOptions): Value {
  if (url === "sqlite://:memory:")
    return dict([
      ["ENGINE", str(DJ_ENGINES["sqlite"] as string)],
      ["NAME", str(":memory:")],
    ]);
  const parts = splitUrl(url);
  if (parts === undefined || parts.query !== "") return NOT_MODELLED();
  const known = DJ_ENGINES[parts.scheme];
  if (known === undefined)
    return ["oracle", "oraclegis", "mssql", "mssqlms", "timescale", "timescalegis"].includes(parts.scheme)
      ? NOT_MODELLED()
      : fail();
  const [user, password, host, path] = [parts.username, parts.password, parts.hostname, parts.path.slice(1)].map(
    unquote,
  );
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
    ["PORT", parts.port === undefined || parts.port === 0 ? str("") : int(parts.port)],
    ["NAME", str(parts.scheme === "sqlite" && path === "" ? ":memory:" : path)],
  ];
  if (options.sslRequire) entries.push(["OPTIONS", dict([["sslmode", str("require")]])]);
  entries.push(
    ["CONN_MAX_AGE", options.connMaxAge],
    ["CONN_HEALTH_CHECKS", options.connHealthChecks],
    ["DISABLE_SERVER_SIDE_CURSORS", options.disableServerSideCursors],
  );
  if (options.test !== undefined) entries.push(["TEST", options.test]);
  return dict(entries);
}

function fail(): never {
  throw new PythonRaise("ValueError");
}
