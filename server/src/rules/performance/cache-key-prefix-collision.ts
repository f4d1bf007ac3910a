import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { cacheEntries, type CacheEntry } from "../questions/caches/cacheEntries";
import { keyspaceOf, serverHosts } from "../questions/caches/cachePlaces";
import { sessionAlias } from "../questions/caches/sessionCache";
import { entryAt } from "../questions/dicts/dicts";
import doc from "./cache-key-prefix-collision.md";

type Context = ContextOf<typeof cacheKeyPrefixCollision>;

export const cacheKeyPrefixCollision = defineRule({
  id: "cache-key-prefix-collision",
  category: "performance",
  severity: "info",
  audience: "production",
  messages: {
    modules:
      'CACHES["{alias}"] is shared by different environments: {module} and {other} have the same cache, and each reads and overwrites what the other one stores under the same key. Give one of them a KEY_PREFIX.',
    aliases:
      'CACHES["{alias}"] is the same as CACHES["{other}"]: in {module}, what one stores under a key replaces what the other one has there. Give one of them a KEY_PREFIX.',
  },
  doc,

  check(context) {
    const proof = context.setting("CACHES").mustBe((value) => pairIn(context, value) !== undefined);
    const pair = proof && pairIn(context, proof.value);
    if (proof !== undefined && pair !== undefined)
      context.report({
        message: "aliases",
        values: { alias: pair.cache.alias, other: pair.other.alias },
        proof,
        at: entryAt(pair.cache.value, "LOCATION")?.valueSite,
        // One cache under two names may be meant.
        severity: "hint",
      });
    if (context.module.role === "staging") compareWithProduction(context);
  },
});

/** Two caches of one dict. Of the one with the sessions, `cache-shares-broker-database` says what is worse. */
function pairIn(
  context: Context,
  value: Value,
): { readonly cache: CacheEntry; readonly other: CacheEntry } | undefined {
  const caches = cacheEntries(value).filter(({ alias }) => alias !== sessionAlias(context));
  for (const [index, cache] of caches.entries()) {
    const other = caches.slice(0, index).find((one) => areSame(one, cache));
    if (other !== undefined) return { cache, other };
  }
  return undefined;
}

/** A cache of staging that is certainly production's, too. */
function compareWithProduction(context: Context): void {
  for (const entry of context.entries.filter(({ module }) => module.role === "production")) {
    const production = context.settingOf(entry, "CACHES");
    const isProductions = (cache: CacheEntry): boolean =>
      isReachedByBoth(cache) &&
      production.certainly((value) =>
        cacheEntries(value).some((one) => one.alias === cache.alias && areSame(one, cache)),
      );
    const shared = (value: Value): CacheEntry | undefined => cacheEntries(value).find(isProductions);
    const proof = context.setting("CACHES").mustBe((value) => shared(value) !== undefined);
    const cache = proof && shared(proof.value);
    if (proof === undefined || cache === undefined) continue;
    return context.report({
      message: "modules",
      values: { alias: cache.alias, other: entry.module.name },
      proof,
      at: entryAt(cache.value, "LOCATION")?.valueSite,
    });
  }
}

function areSame(one: CacheEntry, other: CacheEntry): boolean {
  const keyspace = keyspaceOf(one);
  return keyspace !== undefined && keyspace === keyspaceOf(other);
}

/** A name with a domain is the same server everywhere; `redis` and `localhost` are another one in each environment. */
function isReachedByBoth(cache: CacheEntry): boolean {
  const hosts = serverHosts(cache);
  return (
    hosts.length > 0 && hosts.every((host) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) && !host.startsWith("127."))
  );
}
