import { defineRule } from "../../lint/rule";
import { cacheEntries, foreignOptions } from "../questions/caches/cacheEntries";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./cache-options-wrong-backend.md";

export const cacheOptionsWrongBackend = defineRule({
  id: "cache-options-wrong-backend",
  category: "performance",
  severity: "error",
  audience: "entry",
  django: { since: [4, 0] },
  messages: {
    foreign:
      'CACHES["{alias}"]: {option} is an option of django-redis. Django\'s RedisCache hands it to redis-py, which raises TypeError when the cache is used.',
  },
  fixes: { useDjangoRedis: { safety: "unsafe", title: "Use django_redis.cache.RedisCache" } },
  doc,

  check(context) {
    for (const proof of context.setting("CACHES").proofs()) {
      if (proof.origin === undefined) continue;
      for (const cache of cacheEntries(proof.value)) {
        const [option] = foreignOptions(cache);
        if (option === undefined) continue;
        const canSwitch = context.hasPackage("django-redis");
        context.report({
          message: "foreign",
          values: { alias: cache.alias, option: option.key },
          proof,
          at: option.site,
          fixes: [
            canSwitch
              ? replaceTextFix(context, "useDjangoRedis", cache.backendSite, "django_redis.cache.RedisCache")
              : undefined,
          ],
        });
      }
    }
  },
});
