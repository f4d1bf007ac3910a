import { defineRule, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { cacheEntries, type CacheEntry } from "../questions/caches/cacheEntries";
import { allKeys, entryAt, entryOf, textOf } from "../questions/dicts/dicts";
import { allEntries } from "../questions/lists/entries";
import { composeServices, isLoopback } from "../questions/secrets/written";
import doc from "./cache-unauthenticated.md";

/** Options with which a client says who it is, whatever the package calls them. */
const PROOF = /password|username|ssl|auth|credential/i;

export const cacheUnauthenticated = defineRule({
  id: "cache-unauthenticated",
  category: "security",
  severity: "hint",
  audience: "hardened",
  onByDefault: false,
  messages: {
    open: 'CACHES["{alias}"] has no password or TLS in {module}, which runs in {environment}: anyone who can reach {host} reads sessions and other cached data, and runs code by writing there, because values are pickled. Keep it in a private network, or ask for a password.',
  },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("CACHES").judgeParts((value) => openCaches(context, value)))
      context.report({ message: "open", values: { alias: part.alias, host: part.host }, proof, at: part.site });
  },
});

interface OpenCache extends JudgedPart {
  readonly alias: string;
  readonly host: string;
  readonly site: Site | undefined;
}

function openCaches(context: RuleContext, caches: Value): readonly OpenCache[] {
  return cacheEntries(caches).flatMap((cache) => {
    const location = entryAt(cache.value, "LOCATION");
    const host = location && hostsOf(cache, location.value).find((one) => isElsewhere(context, one));
    const { alias } = cache;
    return host === undefined || proves(cache) ? [] : [{ key: alias, alias, host, site: location?.valueSite }];
  });
}

/** The hosts that are spoken to in the open. */
function hostsOf({ backend }: CacheEntry, location: Value): readonly string[] {
  const text = textOf(location);
  const texts = text === undefined ? (allEntries(location)?.map((entry) => entry.text) ?? []) : text.split(/[;,]/);
  const open = /redis/i.test(backend) ? /^redis:\/\/([^\s:/@?#]+)(?:[:/?]|$)/i : /^([a-z0-9][\w.-]*):\d+$/i;
  return /redis|memcache/i.test(backend) ? texts.flatMap((one) => open.exec(one.trim())?.[1] ?? []) : [];
}

function isElsewhere(context: RuleContext, host: string): boolean {
  return !isLoopback(host) && !composeServices(context).has(host);
}

function proves({ value }: CacheEntry): boolean {
  const options = entryOf(value, "OPTIONS");
  if (options === "absent") return false;
  const keys = allKeys(options?.value);
  return keys?.every((key) => !PROOF.test(key) && !/kwargs/i.test(key)) !== true;
}
