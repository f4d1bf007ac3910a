import { defineRule, type RuleContext } from "../../lint/rule";
import type { Site, Value } from "../../python/values/value";
import { redisCaches, redisPlace, type RedisCache } from "../questions/caches/cachePlaces";
import { sessionAlias } from "../questions/caches/sessionCache";
import { entryAt, knownKeys, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./cache-shares-broker-database.md";

export const cacheSharesBrokerDatabase = defineRule({
  id: "cache-shares-broker-database",
  category: "performance",
  severity: "info",
  audience: "production",
  messages: {
    shared:
      'CACHES["{alias}"] shares a Redis database in {module}: {user} uses it, too, and cache.clear() runs FLUSHDB, which deletes {lost} as well. Give the cache a database number of its own.',
  },
  doc,

  check(context) {
    for (const user of USERS) {
      const shared = (caches: Value): RedisCache | undefined =>
        redisCaches(caches).find((cache) => user.at(context, cache, caches) !== undefined);
      const proof = context.setting("CACHES").judge((value) => shared(value) !== undefined);
      const cache = proof && shared(proof.value);
      const missing = cache && user.at(context, cache, proof.value);
      if (proof === undefined || cache === undefined || missing === undefined) continue;
      return context.report({
        message: "shared",
        values: { alias: cache.alias, user: user.name(context), lost: user.lost },
        proof: { ...proof, missing: [...new Set([...proof.missing, ...missing])] },
        at: entryAt(cache.value, "LOCATION")?.valueSite,
        chain: linkTo(context, user.setting),
      });
    }
  },
});

/** What else keeps in Redis what must not be lost. */
interface User {
  readonly setting: string;
  readonly name: (context: RuleContext) => string;
  readonly lost: string;
  /** The variables that are missing where it uses the same database as a cache, none where it does so as written or deployed. */
  readonly at: (context: RuleContext, cache: RedisCache, caches: Value) => readonly string[] | undefined;
}

const USERS: readonly User[] = [
  ...["CELERY_BROKER_URL", "BROKER_URL"].map((setting) => ({
    setting,
    name: () => setting,
    lost: "the tasks that wait there",
    at: (context: RuleContext, { place }: RedisCache) =>
      context.setting(setting).judge((value) => redisPlace(value) === place)?.missing,
  })),
  {
    setting: "CHANNEL_LAYERS",
    name: () => "CHANNEL_LAYERS",
    lost: "the messages and groups of Channels",
    at: (context, { place }) =>
      context.setting("CHANNEL_LAYERS").judge((value) => layerPlace(value) === place)?.missing,
  },
  {
    setting: "RQ_QUEUES",
    name: () => "RQ_QUEUES",
    lost: "the jobs that wait there",
    at: (context, { place }) =>
      context
        .setting("RQ_QUEUES")
        .judge((value) => knownKeys(value).some((queue) => redisPlace(valueAt(value, queue, "URL")) === place))
        ?.missing,
  },
  {
    setting: "SESSION_CACHE_ALIAS",
    name: (context) => `CACHES["${sessionAlias(context) ?? ""}"]`,
    lost: "all sessions",
    at: (context, { alias, place }, caches) => {
      const sessions = sessionAlias(context);
      if (sessions === undefined || sessions === alias) return undefined;
      return redisCaches(caches).some((one) => one.alias === sessions && one.place === place) ? [] : undefined;
    },
  },
];

/** Where the default channel layer keeps its messages: channels_redis takes URLs and pairs of host and port. */
function layerPlace(layers: Value): string | undefined {
  if (textOf(valueAt(layers, "default", "BACKEND"))?.startsWith("channels_redis.") !== true) return undefined;
  const hosts = valueAt(layers, "default", "CONFIG", "hosts");
  const first = hosts?.kind === "list" || hosts?.kind === "tuple" ? hosts.items[0]?.value : undefined;
  if (first?.kind !== "tuple" && first?.kind !== "list") return redisPlace(hosts);
  const [host, port] = first.items.map((item) => item.value);
  if (host?.kind !== "str" || port?.kind !== "int") return undefined;
  return redisPlace({ kind: "str", value: `redis://${host.value}:${String(port.value)}` });
}

function linkTo(context: RuleContext, setting: string): readonly { readonly site: Site; readonly text: string }[] {
  const proof = context
    .setting(setting)
    .proofs()
    .find(({ origin }) => origin !== undefined);
  return proof === undefined ? [] : [{ site: proof.site, text: `${setting} is set here.` }];
}
