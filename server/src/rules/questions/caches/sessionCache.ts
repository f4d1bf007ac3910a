import type { RuleContext } from "../../../lint/rule";
import { textOf } from "../dicts/dicts";
import { hasSessions } from "../middleware/middleware";

/** The alias of the cache that certainly holds the sessions, which nothing else does. */
export function sessionAlias(context: RuleContext): string | undefined {
  const isInCache = context
    .setting("SESSION_ENGINE")
    .certainly((value) => textOf(value) === "django.contrib.sessions.backends.cache");
  if (!isInCache || !hasSessions(context)) return undefined;
  return textOf(context.setting("SESSION_CACHE_ALIAS").mustBe((value) => textOf(value) !== undefined)?.value);
}
