import { table } from "../../../../base/table";
import { parseIntText } from "../../../semantics/text";
import { PythonRaise } from "../../../values/raise";
import { bool, dict, int, list, NONE, str, unknown, type Value } from "../../../values/value";
import { isNoLiteral, literalEval } from "../../stdlib/ast";
import { parseQuery, splitUrl, unquote, type UrlParts } from "../../stdlib/urls";

/** What the URL parsers of django-environ 0.14 make of caches and mail (`cache_url_config`, `email_url_config`). */
const notModelled = (what: string): Value => unknown("unsupported", `a URL of ${what} of this form`);

type Entry = readonly [string, Value];

/** `_cast`: a Python literal, or the text itself. */
export function castLiteral(text: string): Value {
  if (isNoLiteral(text)) return str(text);
  try {
    return literalEval(text);
  } catch (error) {
    if (error instanceof PythonRaise) return str(text);
    throw error;
  }
}

/** `_cast_int`: digits as a number. */
export function castDigits(text: string): Value {
  return /^\d+$/.test(text) ? int(parseIntText(text)) : str(text);
}

/** Backends by scheme; those that are not here depend on what is installed. */
const CACHES: Readonly<Record<string, string>> = table({
  dbcache: "django.core.cache.backends.db.DatabaseCache",
  dummycache: "django.core.cache.backends.dummy.DummyCache",
  filecache: "django.core.cache.backends.filebased.FileBasedCache",
  locmemcache: "django.core.cache.backends.locmem.LocMemCache",
  memcache: "django.core.cache.backends.memcached.MemcachedCache",
  pylibmc: "django.core.cache.backends.memcached.PyLibMCCache",
});
const INSTALLED_CACHES = /^(pymemcache|rediscache|rediss?|valkeys?)$/;
/** django-redis comes first where it is installed (`choose_rediscache_driver`). */
const DJANGO_REDIS = "django_redis.cache.RedisCache";
const REDIS = /^(rediscache|rediss?)$/;
const CACHE_OPTIONS = new Set(["TIMEOUT", "KEY_PREFIX", "VERSION", "KEY_FUNCTION", "BINARY"]);

/** `Env.cache_url_config(url, backend)`, with or without django-redis beside it. Throws ImproperlyConfigured for a scheme that the library does not know. */
export function environCache(url: string, backend: string | undefined, hasDjangoRedis: boolean): Value {
  if (url === "") return { kind: "dict", entries: [] };
  const parts = splitUrl(withSingleHost(url));
  if (parts === undefined) return notModelled("a cache");
  const known = hasDjangoRedis && REDIS.test(parts.scheme) ? DJANGO_REDIS : CACHES[parts.scheme];
  const isInstalled = INSTALLED_CACHES.test(parts.scheme);
  if (known === undefined && !isInstalled) throw new PythonRaise("ImproperlyConfigured");
  const netloc = netlocOf(url);
  const engine =
    backend !== undefined && backend !== ""
      ? str(backend)
      : known === undefined
        ? unknown("machine", "the backend of a cache, which depends on what is installed")
        : str(known);
  const entries: Entry[] = [
    ["BACKEND", engine],
    ["LOCATION", cacheLocation(parts, netloc)],
  ];
  if (parts.query !== "") addCacheOptions(entries, parts, engine);
  return dict(entries);
}

/** Several hosts, separated by commas, are read as one: only their text counts. */
function withSingleHost(url: string): string {
  return url.replace(/^([^:/?#]+:\/\/[^/?#]*)/, (start) => start.replaceAll(",", ".").replace(/:\d+(?=\.|$)/g, ""));
}

function netlocOf(url: string): string {
  return /^[^:/?#]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? "";
}

function cacheLocation(parts: UrlParts, netloc: string): Value {
  const hosts = netloc.split(",");
  const texts = (all: readonly string[]): Value => (all.length === 1 ? str(all[0] as string) : list(all.map(str)));
  if (parts.scheme === "filecache") return str(netloc + parts.path);
  if (netloc === "" && /^(memcache|pymemcache)$/.test(parts.scheme)) return str(`unix:${parts.path}`);
  if (!parts.scheme.startsWith("redis")) return texts(hosts);
  const scheme = parts.hostname === undefined ? "unix" : parts.scheme.replace("cache", "");
  return texts(hosts.map((host) => `${scheme}://${host}${parts.path}`));
}

function addCacheOptions(entries: Entry[], parts: UrlParts, engine: Value): void {
  const query = parseQuery(parts.query);
  const options: Entry[] = [];
  const isSure = query !== undefined && engine.kind === "str";
  for (const [name, [text = ""]] of query ?? []) {
    const isLower = engine.kind === "str" && engine.value === "django.core.cache.backends.redis.RedisCache";
    const entry: Entry = [isLower ? name.toLowerCase() : name.toUpperCase(), castLiteral(text)];
    (CACHE_OPTIONS.has(name.toUpperCase()) ? entries : options).push(entry);
  }
  entries.push(["OPTIONS", isSure ? dict(options) : unknown("machine", "the options of a cache")]);
}

const MAIL: Readonly<Record<string, string>> = table({
  smtp: "django.core.mail.backends.smtp.EmailBackend",
  smtps: "django.core.mail.backends.smtp.EmailBackend",
  "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
  "smtp+ssl": "django.core.mail.backends.smtp.EmailBackend",
  consolemail: "django.core.mail.backends.console.EmailBackend",
  filemail: "django.core.mail.backends.filebased.EmailBackend",
  memorymail: "django.core.mail.backends.locmem.EmailBackend",
  dummymail: "django.core.mail.backends.dummy.EmailBackend",
});

/** `Env.email_url_config(url, backend)`. Throws ImproperlyConfigured for a scheme that the library does not know. */
export function environMail(url: string, backend: string | undefined): Value {
  const parts = splitUrl(url);
  if (parts === undefined) return notModelled("mail");
  const own = backend === undefined || backend === "" ? MAIL[parts.scheme] : backend;
  if (own === undefined) throw new PythonRaise("ImproperlyConfigured");
  const path = unquote(parts.path.slice(1).replaceAll("+", " "));
  const query = parseQuery(parts.query);
  if (path === undefined || query === undefined) return notModelled("mail");
  const entries: Entry[] = [
    ["EMAIL_FILE_PATH", str(path)],
    ["EMAIL_HOST_USER", unquoted(parts.username)],
    ["EMAIL_HOST_PASSWORD", unquoted(parts.password)],
    ["EMAIL_HOST", parts.hostname === undefined ? NONE : str(parts.hostname)],
    ["EMAIL_PORT", parts.port === undefined ? NONE : int(parts.port)],
    ["EMAIL_BACKEND", str(own)],
  ];
  if (parts.scheme === "smtps" || parts.scheme === "smtp+tls") entries.push(["EMAIL_USE_TLS", bool(true)]);
  if (parts.scheme === "smtp+ssl") entries.push(["EMAIL_USE_SSL", bool(true)]);
  if (parts.query === "") return dict(entries);
  const options: Entry[] = [];
  for (const [name, [text = ""]] of query) {
    const key = name.toUpperCase();
    const place = /^EMAIL_USE_(TLS|SSL)$/.test(key) ? entries : options;
    const at = place.findIndex(([other]) => other === key);
    if (at < 0) place.push([key, castDigits(text)]);
    else place[at] = [key, castDigits(text)];
  }
  return dict([...entries, ["OPTIONS", dict(options)]]);
}

function unquoted(text: string | undefined): Value {
  if (text === undefined) return NONE;
  const plain = unquote(text);
  return plain === undefined ? notModelled("mail") : str(plain);
}
