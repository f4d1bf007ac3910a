import { truthOf } from "../../python/semantics/operators";
import type { Value } from "../../python/values/value";
import { both, not, type CheckedSettings, type DjangoCheck } from "./check";
import { hasKey, some, valueUnder } from "./filesAnswers";
import { isAbsolute, pathText, relationOf, staticFolders } from "./filesPaths";

export const FILE_BASED_CACHE = "django.core.cache.backends.filebased.FileBasedCache";

/** Django's backends that need nothing but Django to be made: those for memcached import a client at once. */
const ALWAYS_MADE =
  /^django\.core\.cache\.backends\.(?:locmem\.LocMemCache|dummy\.DummyCache|db\.DatabaseCache|redis\.RedisCache)$/;

/** Backends that keep nothing in files; they may fail to be made, and then the check reports nothing. */
const NOT_IN_FILES =
  /^(?:django\.core\.cache\.backends\.(?!filebased\.)|django_redis\.|django_valkey\.|redis_cache\.|django_bmemcached\.|django_pylibmc\.|diskcache\.)/;

/** One cache of CACHES. */
interface Cache {
  /** Whether it certainly is, or is not, Django's cache in files; `undefined` for backends that may derive from it. */
  readonly isFileBased: boolean | undefined;
  /** Whether nothing can keep Django from making it. */
  readonly isMade: boolean;
  /** `false`: without it, the check of relative locations raises KeyError. */
  readonly hasLocation: boolean | undefined;
  /** The folder; `undefined` when it is not known or LOCATION is missing. */
  readonly location: string | undefined;
}

/** CACHES, with `undefined` in place of each entry that is not known. */
function cachesOf(settings: CheckedSettings): readonly (Cache | undefined)[] {
  const caches = settings.value("CACHES");
  if (caches.kind !== "dict") return [undefined];
  return caches.entries.map((entry) => (entry.key === undefined ? undefined : cacheOf(entry.value)));
}

function cacheOf(config: Value): Cache | undefined {
  const backend = valueUnder(config, "BACKEND");
  if (backend?.kind !== "str") return undefined;
  const isFileBased = backend.value === FILE_BASED_CACHE;
  return {
    isFileBased: isFileBased || (NOT_IN_FILES.test(backend.value) ? false : undefined),
    isMade: isFileBased || ALWAYS_MADE.test(backend.value),
    hasLocation: hasKey(config, "LOCATION"),
    location: pathText(valueUnder(config, "LOCATION")),
  };
}

/** Whether a cache in files has a location of some kind; never certain while another cache may fail to be made. */
function someFileCache(
  settings: CheckedSettings,
  holds: (location: string) => boolean | undefined,
): boolean | undefined {
  const caches = cachesOf(settings);
  const answer = some(
    caches.map((cache) =>
      cache === undefined
        ? undefined
        : both(cache.isFileBased, () => (cache.location === undefined ? undefined : holds(cache.location))),
    ),
  );
  return answer === true && caches.some((cache) => cache?.isMade !== true) ? undefined : answer;
}

/** The folders that MEDIA_ROOT, STATIC_ROOT and STATICFILES_DIRS name, `undefined` in place of each that is not known. */
function servedFolders(settings: CheckedSettings): readonly (string | undefined)[] {
  const roots = ["MEDIA_ROOT", "STATIC_ROOT"].flatMap((name) => {
    const value = settings.value(name);
    return value.kind === "unset" || truthOf(value) === false ? [] : [pathText(value)];
  });
  const dirs = settings.value("STATICFILES_DIRS");
  // The check goes through a text character by character, and any of them may be a slash.
  if (truthOf(dirs) === false) return roots;
  const folders = staticFolders(dirs);
  if (folders === undefined || folders === "stops") return [...roots, undefined];
  return [...roots, ...folders.map((one) => pathText(one?.folder))];
}

/** core/checks/caches.py: the three checks as they are in 3.2 to 6.1; before there was only the first (1.9). */
export const cachesChecks: readonly DjangoCheck[] = [
  {
    id: "caches.E001",
    since: [1, 9],
    isDeployOnly: false,
    reports: (settings) => not(hasKey(settings.value("CACHES"), "default")),
  },
  {
    id: "caches.W002",
    since: [3, 2],
    isDeployOnly: true,
    reports: (settings) => {
      const folders = servedFolders(settings);
      if (folders.length === 0) return false;
      return someFileCache(settings, (location) =>
        some(
          folders.map((folder) => {
            const relation = folder === undefined ? undefined : relationOf(location, folder);
            return relation === undefined ? undefined : relation !== "apart";
          }),
        ),
      );
    },
  },
  {
    id: "caches.W003",
    since: [3, 2],
    isDeployOnly: false,
    reports: (settings) => {
      const isRaised = cachesOf(settings).some((cache) => cache?.isFileBased === true && cache.hasLocation === false);
      return isRaised ? false : someFileCache(settings, (location) => not(isAbsolute(location)));
    },
  },
];
