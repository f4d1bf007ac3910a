import type { RuleContext } from "../../../lint/rule";
import type { Site, Value } from "../../../python/values/value";
import { entryAt, keySite, textOf, valueAt } from "../dicts/dicts";

/** One cache of CACHES. */
export interface CacheEntry {
  readonly alias: string;
  readonly backend: string;
  readonly backendSite: Site | undefined;
  readonly value: Value;
}

/** The caches of a dict whose backend is known. */
export function cacheEntries(caches: Value): readonly CacheEntry[] {
  if (caches.kind !== "dict") return [];
  return caches.entries.flatMap(({ key, value }) => {
    const alias = textOf(key);
    const entry = entryAt(value, "BACKEND");
    const backend = textOf(entry?.value);
    return alias === undefined || backend === undefined
      ? []
      : [{ alias, backend, backendSite: entry?.valueSite, value }];
  });
}

/** Backends that all processes of a site share, and that answer fast. */
export const SHARED_BACKEND =
  /^(?:django\.core\.cache\.backends\.(?:redis\.RedisCache|memcached\.\w+)|(?:django_redis\.cache|redis_cache(?:\.cache)?|django_prometheus\.cache\.backends\.redis)\.RedisCache|django_valkey\.cache\.ValkeyCache|django_(?:pylibmc\.memcached\.PyLibMCCache|bmemcached\.memcached\.BMemcached))$/;

/** Backends that give each process a cache of its own, or none. */
export const UNSHARED_BACKEND = /^django\.core\.cache\.backends\.(?:locmem\.LocMemCache|dummy\.DummyCache)$/;

/** The backend of one alias, where it is known. */
export function cacheBackend(caches: Value, alias: string): string | undefined {
  return textOf(valueAt(caches, alias, "BACKEND"));
}

/** What `BaseCache` reads from OPTIONS, and what from the entry itself (django/core/cache/backends/base.py). */
const IN_OPTIONS = ["MAX_ENTRIES", "CULL_FREQUENCY"];
const ABOVE_OPTIONS = ["TIMEOUT", "KEY_PREFIX", "VERSION", "KEY_FUNCTION", "LOCATION", "BACKEND"];

/** Options that django-redis knows and redis-py does not. */
const OF_DJANGO_REDIS = [
  "CLIENT_CLASS",
  "PASSWORD",
  "IGNORE_EXCEPTIONS",
  "LOG_IGNORED_EXCEPTIONS",
  "COMPRESSOR",
  "CONNECTION_POOL_KWARGS",
  "CONNECTION_POOL_CLASS",
  "REDIS_CLIENT_CLASS",
  "REDIS_CLIENT_KWARGS",
  "SOCKET_TIMEOUT",
  "SOCKET_CONNECT_TIMEOUT",
  "SERIALIZER",
];

/** Arguments of redis-py's connections that Django's own Redis backend hands over from OPTIONS. */
const OF_REDIS_PY = [
  "db",
  "username",
  "password",
  "socket_timeout",
  "socket_connect_timeout",
  "socket_keepalive",
  "health_check_interval",
  "max_connections",
  "ssl_cert_reqs",
  "ssl_ca_certs",
  "pool_class",
  "parser_class",
];

interface Places {
  readonly inOptions: readonly string[];
  readonly aboveOptions: readonly string[];
}

/** Where the keys of a backend belong, for Django's own and django-redis, which takes no notice of what it does not know. */
function placesOf(backend: string): Places | undefined {
  if (backend === "django_redis.cache.RedisCache")
    return { inOptions: OF_DJANGO_REDIS, aboveOptions: ["TIMEOUT", "KEY_PREFIX", "VERSION", "KEY_FUNCTION"] };
  if (!backend.startsWith("django.core.cache.backends.")) return undefined;
  const isRedis = backend === "django.core.cache.backends.redis.RedisCache";
  return { inOptions: [...IN_OPTIONS, ...(isRedis ? OF_REDIS_PY : [])], aboveOptions: ABOVE_OPTIONS };
}

/** What django-redis does without CLIENT_CLASS: ignored or not, it is so. */
const DEFAULT_CLIENT = "django_redis.client.DefaultClient";

/** Keys on the wrong side of OPTIONS. */
export function misplacedKeys(context: RuleContext, { backend, value }: CacheEntry) {
  const places = placesOf(backend);
  if (places === undefined) return [];
  const options = entryAt(value, "OPTIONS")?.value;
  const wanted = places.inOptions.filter((key) => textOf(valueAt(value, key)) !== DEFAULT_CLIENT);
  return [
    ...keysOf(context, value, wanted).map((found) => ({ message: "above" as const, ...found })),
    ...keysOf(context, options, places.aboveOptions).map((found) => ({ message: "inside" as const, ...found })),
  ];
}

/** Options of django-redis that Django's own Redis backend gets. */
export function foreignOptions({ backend, value }: CacheEntry) {
  if (backend !== "django.core.cache.backends.redis.RedisCache") return [];
  const options = entryAt(value, "OPTIONS")?.value;
  return OF_DJANGO_REDIS.flatMap((key) => {
    const entry = entryAt(options, key);
    return entry === undefined ? [] : [{ key, site: entry.site }];
  });
}

function keysOf(context: RuleContext, dict: Value | undefined, wanted: readonly string[]) {
  return wanted.flatMap((key) => {
    const entry = entryAt(dict, key);
    return entry === undefined ? [] : [{ key, site: keySite(context, entry) }];
  });
}
