import { defineRule } from "../../lint/rule";
import { mostSimilar, suggestion } from "../../lint/similar";
import { allKeys, textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./cache-alias-undefined.md";

/** Settings that name a cache, with what has to be so that they are read. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["SESSION_CACHE_ALIAS", "sessions"],
  ["CACHE_MIDDLEWARE_ALIAS", "the cache middleware"],
  ["RATELIMIT_USE_CACHE", "django-ratelimit"],
  ["AXES_CACHE", "django-axes"],
  ["CACHALOT_CACHE", "django-cachalot"],
  ["SELECT2_CACHE_BACKEND", "django-select2"],
  ["WAFFLE_CACHE_NAME", "django-waffle"],
  ["THUMBNAIL_CACHE", "sorl-thumbnail"],
];

export const cacheAliasUndefined = defineRule({
  id: "cache-alias-undefined",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    undefined:
      '{setting} uses the undefined cache "{alias}": it is not in CACHES, and {user} raise InvalidCacheBackendError.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    const caches = context.setting("CACHES");
    for (const [name, user] of ALIASES) {
      const setting = context.setting(name);
      if (setting.isUnset) continue;
      const proof = setting.mustBe((value) => textOf(value) !== undefined);
      const alias = textOf(proof?.value);
      if (proof === undefined || alias === undefined) continue;
      const lacks = caches.mustBe((value) => allKeys(value)?.includes(alias) === false);
      if (lacks === undefined || lacks.overridable !== undefined) continue;
      const meant = mostSimilar(alias, allKeys(lacks.value) ?? []);
      context.report({
        message: "undefined",
        values: { alias, user, meant: meant ?? "", hint: suggestion(meant) },
        proof,
        fixes: [rewriteFix(context, "replace", proof, { text: meant })],
      });
    }
  },
});
