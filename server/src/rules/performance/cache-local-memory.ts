import type { FilePath } from "../../base/path";
import type { EditBuilder } from "../../lint/edit";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { cacheUser, sessionsInCache } from "../questions/caches/cacheUse";
import { limiterOf } from "../questions/caches/limiters";
import { entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { setFix } from "../questions/fixes/settingFixes";
import doc from "./cache-local-memory.md";

const LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache";

/** Only where something certainly uses the default cache: a project without one loses nothing. */
export const cacheLocalMemory = defineRule({
  id: "cache-local-memory",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    explicit:
      "CACHES is not shared by the processes of {module}: each has a default cache of its own (LocMemCache), but {user}. What one worker stores or deletes, the others do not see, and all is lost with the process. Use a cache that they share.",
    default:
      "CACHES is not set: each process of {module} has a default cache of its own, but {user}. What one worker stores or deletes, the others do not see, and all is lost with the process. Set CACHES to a cache that they share.",
  },
  fixes: {
    useRedis: { safety: "unsafe", title: "Cache in Redis{hint}" },
    useMemcached: { safety: "unsafe", title: "Cache in memcached{hint}" },
  },
  doc,

  check(context) {
    const setting = context.setting("CACHES");
    const proof = setting.judge((value) => textOf(valueAt(value, "default", "BACKEND")) === LOCAL_MEMORY);
    // What a module outside of the workspace replaces, it most likely sets.
    if (proof === undefined || (setting.isUnset && proof.overridable !== undefined)) return;
    // What rate limits and sessions suffer from it, other rules say of the same cache.
    if (limiterOf(context) !== undefined || sessionsInCache(context)?.alias === "default") return;
    const user = cacheUser(context);
    if (user === undefined) return;
    context.report({
      message: proof.origin === undefined ? "default" : "explicit",
      values: { user },
      proof,
      fixes: fixes(context, proof),
    });
  },
});

interface Backend {
  readonly fix: "useRedis" | "useMemcached";
  readonly packages: readonly string[];
  readonly backend: string;
  readonly since: readonly [number, number];
  readonly variable: string;
  readonly location: string;
}

const BACKENDS: readonly Backend[] = [
  {
    fix: "useRedis",
    packages: ["redis", "django-redis"],
    backend: "django.core.cache.backends.redis.RedisCache",
    since: [4, 0],
    variable: "REDIS_URL",
    location: "redis://127.0.0.1:6379",
  },
  {
    fix: "useMemcached",
    packages: ["pymemcache"],
    backend: "django.core.cache.backends.memcached.PyMemcacheCache",
    since: [3, 2],
    variable: "MEMCACHED_LOCATION",
    location: "127.0.0.1:11211",
  },
];

/** The backend whose client is installed comes first; a dict with other aliases, or that servers set, is left to people. */
function fixes(context: RuleContext, proof: Proof): readonly (ReportedFix<Backend["fix"]> | undefined)[] {
  if (hasOtherAliases(proof.value) || environmentReads(proof.outcome.value).length > 0) return [];
  const hasClient = (one: Backend): boolean => one.packages.some((name) => context.hasPackage(name));
  const possible = BACKENDS.filter((one) => context.djangoAtLeast(...one.since) === true);
  return possible
    .toSorted((a, b) => Number(hasClient(b)) - Number(hasClient(a)))
    .map((one) => {
      const fix = setFix(context, one.fix, proof, (edit, file) => cachesSource(edit, file, one));
      return fix && { ...fix, values: { hint: hasClient(one) ? "" : ` (needs the package ${one.packages[0] ?? ""})` } };
    });
}

function cachesSource(edit: EditBuilder, file: FilePath, { backend, location, variable }: Backend): string {
  const quote = (text: string): string => edit.quote(file, text);
  const wanted = edit.variable({ path: ["CACHES", "default", "LOCATION"], customary: [variable] });
  const address = edit.readEnvironment(file, wanted, "str", quote(location));
  return `{
    ${quote("default")}: {
        ${quote("BACKEND")}: ${quote(backend)},
        ${quote("LOCATION")}: ${address},
    },
}`;
}

function hasOtherAliases(value: Value): boolean {
  return value.kind !== "dict" || value.entries.length !== 1 || entryOf(value, "default") === "absent";
}
