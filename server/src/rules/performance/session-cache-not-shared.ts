import { defineRule } from "../../lint/rule";
import { cacheBackend, UNSHARED_BACKEND } from "../questions/caches/cacheEntries";
import { sessionsInCache } from "../questions/caches/cacheUse";
import { entryAt, textOf } from "../questions/dicts/dicts";
import { shortName } from "../questions/middleware/middleware";
import doc from "./session-cache-not-shared.md";

export const sessionCacheNotShared = defineRule({
  id: "session-cache-not-shared",
  category: "performance",
  severity: "warning",
  severityIfAssumed: "info",
  audience: "production",
  aboutRequests: true,
  messages: {
    lost: "SESSION_ENGINE keeps sessions in {backend} in {module}: each process has its own, so users are logged out at random and by every restart. Use a cache that all processes share.",
    stale:
      "SESSION_ENGINE reads {backend} first in {module}: each process has its own, so a change is not seen by the others. Use a cache that all processes share.",
  },
  doc,

  check(context) {
    const sessions = sessionsInCache(context);
    if (sessions === undefined) return;
    const { engine, alias } = sessions;
    const isLost = textOf(engine.value)?.endsWith(".cache") === true;
    const proof = context.setting("CACHES").judge((value) => UNSHARED_BACKEND.test(cacheBackend(value, alias) ?? ""));
    if (proof === undefined || (proof.origin === undefined && proof.overridable !== undefined)) return;
    const backend = shortName(cacheBackend(proof.value, alias) ?? "");
    // Beside the database a dummy cache changes nothing.
    if (!isLost && backend === "DummyCache") return;
    context.report({
      message: isLost ? "lost" : "stale",
      values: { backend },
      proof: proof.origin === undefined ? engine : proof,
      at: entryAt(proof.value, alias, "BACKEND")?.valueSite,
      severity: isLost ? undefined : "info",
    });
  },
});
