import { defineRule, type RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { cacheBackend, UNSHARED_BACKEND } from "../questions/caches/cacheEntries";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
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
      "CACHES gives each process of {module} a default cache of its own ({backend}), where {user} counts requests: the limit is as many times higher as there are processes. Use a cache that they share.",
  },
  doc,

  check(context) {
    const proof = context
      .setting("CACHES")
      .judge((value) => UNSHARED_BACKEND.test(cacheBackend(value, "default") ?? ""));
    if (proof === undefined || (proof.origin === undefined && proof.overridable !== undefined)) return;
    const user = limiterOf(context);
    if (user === undefined) return;
    const backend = shortName(cacheBackend(proof.value, "default") ?? "");
    context.report({
      message: "separate",
      values: { backend, user },
      proof,
      at: entryAt(proof.value, "default", "BACKEND")?.valueSite,
    });
  },
});

/** What counts requests in the default cache, by its documentation. */
function limiterOf(context: RuleContext): string | undefined {
  const throttles = context.setting("REST_FRAMEWORK").certainly((value) => {
    const classes = valueAt(value, "DEFAULT_THROTTLE_CLASSES");
    return classes !== undefined && knownEntries(classes).some(({ text }) => text.startsWith("rest_framework."));
  });
  if (throttles && hasApp(context, "rest_framework")) return "Django REST framework";
  if (hasApp(context, "django_ratelimit")) return "django-ratelimit";
  const isAxes = context
    .setting("AXES_HANDLER")
    .certainly((value) => textOf(value) === "axes.handlers.cache.AxesCacheHandler");
  return isAxes && hasApp(context, "axes") ? "django-axes" : undefined;
}
