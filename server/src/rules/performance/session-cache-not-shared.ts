import { defineRule } from "../../lint/rule";
import { cacheBackend, UNSHARED_BACKEND } from "../questions/caches/cacheEntries";
import { entryAt, textOf } from "../questions/dicts/dicts";
import { hasSessions, shortName } from "../questions/middleware/middleware";
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
    if (!hasSessions(context)) return;
    const engine = context.setting("SESSION_ENGINE").mustBe((value) => ENGINE.test(textOf(value) ?? ""));
    const alias = textOf(context.setting("SESSION_CACHE_ALIAS").mustBe((value) => textOf(value) !== undefined)?.value);
    if (engine === undefined || alias === undefined) return;
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

const ENGINE = /^django\.contrib\.sessions\.backends\.cache(?:d_db)?$/;
