import { defineRule } from "../../lint/rule";
import { cacheBackend } from "../questions/caches/cacheEntries";
import { entryAt } from "../questions/dicts/dicts";
import doc from "./cache-slow-backend.md";

const SLOW = /^django\.core\.cache\.backends\.(?:db\.DatabaseCache|filebased\.FileBasedCache)$/;

export const cacheSlowBackend = defineRule({
  id: "cache-slow-backend",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  messages: {
    slow: "CACHES keeps the default cache {where} in {module}, which runs in {environment}: memcached and Redis answer many times faster.",
  },
  doc,

  check(context) {
    const proof = context.setting("CACHES").judge((value) => SLOW.test(cacheBackend(value, "default") ?? ""));
    if (proof === undefined) return;
    const isDatabase = cacheBackend(proof.value, "default")?.endsWith("DatabaseCache") === true;
    context.report({
      message: "slow",
      values: { where: isDatabase ? "in the database" : "in files" },
      proof,
      at: entryAt(proof.value, "default", "BACKEND")?.valueSite,
    });
  },
});
