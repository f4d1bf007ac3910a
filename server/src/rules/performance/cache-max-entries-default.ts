import { defineRule } from "../../lint/rule";
import { cacheEntries } from "../questions/caches/cacheEntries";
import { entryOf } from "../questions/dicts/dicts";
import doc from "./cache-max-entries-default.md";

/** Of a cache in memory, `cache-local-memory` says what is worse. */
const CULLING = /^django\.core\.cache\.backends\.(?:db\.DatabaseCache|filebased\.FileBasedCache)$/;

export const cacheMaxEntriesDefault = defineRule({
  id: "cache-max-entries-default",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    few: "CACHES limits {alias} to 300 values in {module}: what is more is thrown away, a third at a time. Set MAX_ENTRIES in its OPTIONS.",
  },
  doc,

  check(context) {
    const isLimited = (value: Parameters<typeof cacheEntries>[0]) =>
      cacheEntries(value).find((cache) => CULLING.test(cache.backend) && hasNoLimit(cache.value));
    const proof = context.setting("CACHES").judge((value) => isLimited(value) !== undefined);
    const cache = proof && isLimited(proof.value);
    if (proof !== undefined && cache !== undefined)
      context.report({ message: "few", values: { alias: `"${cache.alias}"` }, proof, at: cache.backendSite });
  },
});

function hasNoLimit(cache: Parameters<typeof entryOf>[0]): boolean {
  const options = entryOf(cache, "OPTIONS");
  if (options === "absent") return true;
  return options !== undefined && entryOf(options.value, "MAX_ENTRIES") === "absent";
}
