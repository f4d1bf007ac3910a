import { defineRule } from "../../lint/rule";
import { cacheBackend, UNSHARED_BACKEND } from "../questions/caches/cacheEntries";
import { limiterOf } from "../questions/caches/limiters";
import { entryAt } from "../questions/dicts/dicts";
import { shortName } from "../questions/middleware/middleware";
import doc from "./rate-limit-cache-not-shared.md";

export const rateLimitCacheNotShared = defineRule({
  id: "rate-limit-cache-not-shared",
  category: "performance",
  severity: "warning",
  severityIfAssumed: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    separate:
      "CACHES is not shared by the processes of {module}: each has a default cache of its own ({backend}), but {user}, so the limit is as many times higher as there are processes. Use a cache that they share.",
  },
  doc,

  check(context) {
    const proof = context
      .setting("CACHES")
      .judge((value) => UNSHARED_BACKEND.test(cacheBackend(value, "default") ?? ""));
    if (proof === undefined || (proof.origin === undefined && proof.overridable !== undefined)) return;
    const limiter = limiterOf(context);
    if (limiter === undefined) return;
    const backend = shortName(cacheBackend(proof.value, "default") ?? "");
    context.report({
      message: "separate",
      values: { backend, user: limiter.clause },
      proof,
      at: entryAt(proof.value, "default", "BACKEND")?.valueSite,
      severity: limiter.isCertain ? undefined : "info",
    });
  },
});
