import { keyOf } from "../../../python/values/symbolic";
import type { Value } from "../../../python/values/value";
import { entryOf, textOf, valueAt } from "../dicts/dicts";
import { allEntries } from "../lists/entries";
import { cacheEntries, type CacheEntry } from "./cacheEntries";

/** Backends whose `clear()` empties the whole database of a Redis server, whatever prefix the cache has. */
const REDIS =
  /^(?:django\.core\.cache\.backends\.redis|django_redis\.cache|redis_cache(?:\.cache)?|django_prometheus\.cache\.backends\.redis)\.RedisCache$/;

/** A cache in a database of a Redis server. */
export interface RedisCache extends CacheEntry {
  /** As {@link redisPlace}. */
  readonly place: string;
}

/** The caches of a dict in databases of Redis servers, as far as these are known or read from a variable. */
export function redisCaches(caches: Value): readonly RedisCache[] {
  return cacheEntries(caches).flatMap((cache) => {
    const place = REDIS.test(cache.backend) ? placeOf(cache) : undefined;
    return place === undefined ? [] : [{ ...cache, place }];
  });
}

/**
 * What tells databases of Redis servers apart: host, port and number of a URL, or the variable that has it. `undefined` where it
 * is neither. Of several servers, the first one is written to.
 */
export function redisPlace(value: Value | undefined): string | undefined {
  if (value?.kind === "list" || value?.kind === "tuple") {
    const [first] = value.items;
    return first === undefined || first.spread ? undefined : redisPlace(first.value);
  }
  if (value?.kind === "environment")
    return value.cast === "str" || value.cast === "url" ? `$${value.variable}` : undefined;
  if (value?.kind === "derived") return keyOf(value);
  const [, authority, path = "", query = ""] =
    /^(?:redis|rediss):\/\/([^/?#]*)(?:\/([^/?#]*))?(?:\?([^#]*))?$/i.exec(textOf(value) ?? "") ?? [];
  if (authority === undefined) return undefined;
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  const database = /(?:^|&)db=(\d+)/.exec(query)?.[1] ?? path;
  return `${host.includes(":") ? host : `${host}:6379`}/${database === "" ? "0" : database}`;
}

/** Equal for caches that certainly have the same values under the same keys; `undefined` where that cannot be told. */
export function keyspaceOf(cache: CacheEntry): string | undefined {
  const place = placeOf(cache);
  const keys = ["KEY_PREFIX", "VERSION", "KEY_FUNCTION"].map((key) => entryOf(cache.value, key));
  if (place === undefined || keys.includes(undefined)) return undefined;
  const parts = keys.map((entry) => (entry === undefined || entry === "absent" ? "" : keyOf(entry.value)));
  return [cache.backend, place, ...parts].join("\0");
}

/** The hosts of servers in a cache's LOCATION, without ports; none where it is not completely known. */
export function serverHosts({ value, backend }: CacheEntry): readonly string[] {
  const location = valueAt(value, "LOCATION");
  const text = textOf(location);
  const texts = text === undefined ? (location && allEntries(location))?.map((one) => one.text) : text.split(/[;,]/);
  if (texts === undefined || !/redis|memcache/i.test(backend)) return [];
  return texts.map((one) => {
    const authority =
      one
        .trim()
        .replace(/^[a-z]+:\/\//i, "")
        .split("/", 1)[0] ?? "";
    return authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d+$/, "");
  });
}

function placeOf({ value, backend }: CacheEntry): string | undefined {
  const location = entryOf(value, "LOCATION");
  if (location === undefined || location === "absent" || backend.endsWith(".DummyCache")) return undefined;
  if (!REDIS.test(backend)) return keyOf(location.value);
  return choosesDatabase(value) ? undefined : redisPlace(location.value);
}

/** The number of the database may also stand among the options. */
function choosesDatabase(cache: Value): boolean {
  const options = entryOf(cache, "OPTIONS");
  if (options === "absent") return false;
  return options === undefined || ["db", "DB"].some((key) => entryOf(options.value, key) !== "absent");
}
