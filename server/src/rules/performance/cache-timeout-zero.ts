import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { cacheEntries } from "../questions/caches/cacheEntries";
import { entryAt, valueAt } from "../questions/dicts/dicts";
import { hasMiddleware } from "../questions/middleware/middleware";
import doc from "./cache-timeout-zero.md";

const UPDATE = "django.middleware.cache.UpdateCacheMiddleware";

export const cacheTimeoutZero = defineRule({
  id: "cache-timeout-zero",
  category: "performance",
  severity: "warning",
  audience: "hardened",
  messages: {
    alias:
      'CACHES gives "{alias}" a TIMEOUT of 0 in {module}: what is stored expires at once. None keeps it, a number keeps it for so many seconds.',
    pages:
      "CACHE_MIDDLEWARE_SECONDS is 0 in {module}: UpdateCacheMiddleware stores no page. Set the seconds for which a page may be kept.",
  },
  doc,

  check(context) {
    const expired = (value: Value) => cacheEntries(value).find((cache) => isZero(valueAt(cache.value, "TIMEOUT")));
    const proof = context.setting("CACHES").judge((value) => expired(value) !== undefined);
    const cache = proof && expired(proof.value);
    if (proof !== undefined && cache !== undefined && !cache.backend.endsWith("DummyCache"))
      context.report({
        message: "alias",
        values: { alias: cache.alias },
        proof,
        at: entryAt(cache.value, "TIMEOUT")?.site,
      });
    const pages = context.setting("CACHE_MIDDLEWARE_SECONDS").judge(isZero);
    if (pages !== undefined && hasMiddleware(context, UPDATE)) context.report({ message: "pages", proof: pages });
  },
});

function isZero(value: Value | undefined): boolean {
  return value?.kind === "int" && value.value === 0n;
}
