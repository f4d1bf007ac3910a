import { placeLabel } from "../../../lint/phrases";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import { hasApp } from "../apps/installedApps";
import { textOf } from "../dicts/dicts";
import { hasSessions, listsMiddleware } from "../middleware/middleware";

type Context = RuleContext;

/** Apps whose data in the cache must be the same for all processes, by their documentation. */
const APPS: readonly (readonly [string, string])[] = [
  ["django_select2", "django-select2 keeps its widgets there between two requests"],
  ["waffle", "waffle keeps its flags there"],
  ["cachalot", "cachalot keeps query results there"],
  ["cache_memoize", "cache_memoize keeps results there"],
];

const MIDDLEWARE = [
  "django.middleware.cache.UpdateCacheMiddleware",
  "django.middleware.cache.FetchFromCacheMiddleware",
];

const IN_PYTHON: CodeQuestion = {
  id: "use of the default cache",
  files: /\.py$/,
  needs: /caches\[|cache_page\(|core\.cache[ \t]+import\b|@cache_memoize\(/,
  // `cache` itself, or a decorator in use (that of django-cache-memoize, too), also around a view in urls.py; `caches["other"]` says nothing about the default one.
  pattern:
    /^[^#\n\r\u2028\u2029]*\bcaches\[["']default["']\]|[ \t(,]cache_page\([^()=\n\r\u2028\u2029]{0,60}\)\(|^[ \t]*from[ \t]+django\.core\.cache[ \t]+import\b(?:[ \t]*\((?:[^()#]|#.*[\n\r])*?\bcache\b|[^\n\r\u2028\u2029(#]*[ \t,]cache\b)|^[ \t]*@(?:(?:method_decorator\([ \t]*)?cache_page\((?![^)\n\r\u2028\u2029]*\bcache[ \t]*=)|cache_memoize\((?![^)]*\bcache_alias[ \t]*=))/m,
};
const IN_TEMPLATES: CodeQuestion = {
  id: "use of the cache tag",
  files: /^(?=.*\/templates\/).*\.(?:html|txt|xml)$/s,
  pattern: /\{%-?\s{0,20}cache\s{1,20}\S/,
};

/**
 * A clause that says who relies on the default cache: `the cache middleware stores pages there`. Sessions and rate limits
 * have rules of their own. `undefined`: nobody is known to, which is
 * no proof that nobody does.
 */
export function cacheUser(context: Context): string | undefined {
  const middleware = MIDDLEWARE.find((path) => listsMiddleware(context, path) !== undefined);
  if (middleware !== undefined) return "the cache middleware stores pages there";
  const app = APPS.find(([name]) => hasApp(context, name));
  if (app !== undefined) return app[1];
  const { snapshot, project } = context;
  const site = findInCode(snapshot, project.root, IN_PYTHON) ?? findInCode(snapshot, project.root, IN_TEMPLATES);
  return site === undefined ? undefined : `${placeLabel(context, site)} uses it`;
}

const IN_CACHE = /^django\.contrib\.sessions\.backends\.cache(?:d_db)?$/;

/** The engine by which sessions are certainly kept in a cache, and that cache's alias. */
export function sessionsInCache(context: Context): { readonly engine: Proof; readonly alias: string } | undefined {
  if (!hasSessions(context)) return undefined;
  const engine = context.setting("SESSION_ENGINE").mustBe((value) => IN_CACHE.test(textOf(value) ?? ""));
  const alias = textOf(context.setting("SESSION_CACHE_ALIAS").mustBe((value) => textOf(value) !== undefined)?.value);
  return engine === undefined || alias === undefined ? undefined : { engine, alias };
}
