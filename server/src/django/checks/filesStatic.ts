import { truthOf } from "../../python/semantics/operators";
import { plainItem, str, type Value } from "../../python/values/value";
import { compareReleases } from "../facts";
import { both, isTrue, lists, not, type CheckedSettings, type DjangoCheck } from "./check";
import { hasKey, some } from "./filesAnswers";
import { endsWithSlash, isMissingFolder, pathText, relationOf, staticFolders, type StaticFolder } from "./filesPaths";

const APP = "django.contrib.staticfiles";
const FINDERS = "django.contrib.staticfiles.finders";
const FILE_SYSTEM_FINDER = `${FINDERS}.FileSystemFinder`;

/** Whether Django asks the finder that goes through STATICFILES_DIRS; another one may derive from it. */
function asksFinder(settings: CheckedSettings): boolean | undefined {
  const finders = settings.value("STATICFILES_FINDERS");
  const isListed = lists(finders, FILE_SYSTEM_FINDER);
  // It raises where the default storage has no folder, and then nothing at all is reported.
  if (isListed === true) return lists(finders, `${FINDERS}.DefaultStorageFinder`) === false ? true : undefined;
  if (isListed === undefined || !("items" in finders)) return undefined;
  const isOurs = finders.items.every(({ value }) => value.kind === "str" && value.value.startsWith(`${FINDERS}.`));
  return isOurs ? false : undefined;
}

/** What one entry of STATICFILES_DIRS has to do with a check. */
function someFolder(
  settings: CheckedSettings,
  holds: (folder: StaticFolder) => boolean | undefined,
): boolean | undefined {
  return both(asksFinder(settings), () => {
    const folders = staticFolders(settings.value("STATICFILES_DIRS"));
    if (folders === "stops") return false;
    if (folders !== undefined) return some(folders.map((one) => (one === undefined ? undefined : holds(one))));
    const entries = otherEntries(settings);
    return entries && some(entries.map((folder) => holds({ prefix: undefined, folder, item: plainItem(folder) })));
  });
}

/**
 * What the finder goes through where STATICFILES_DIRS is no list or tuple: nothing since 4.0, which leaves it at E001, and a
 * text's characters before.
 */
function otherEntries(settings: CheckedSettings): readonly Value[] | undefined {
  const dirs = settings.value("STATICFILES_DIRS");
  const isNone = isNoSequence(settings);
  if (isNone === undefined) return undefined;
  if (!isNone || compareReleases(settings.django, [4, 0]) >= 0) return [];
  return dirs.kind === "str" ? [...new Set(dirs.value)].map(str) : undefined;
}

/**
 * Whether STATICFILES_DIRS is something that the finder can go through, but no list or tuple. What it cannot go through
 * (None, a path) ends the check with TypeError before it reports anything.
 */
function isNoSequence(settings: CheckedSettings): boolean | undefined {
  switch (settings.value("STATICFILES_DIRS").kind) {
    case "str":
    case "bytes":
    case "dict":
    case "set":
    case "frozenset":
      return true;
    case "list":
    case "tuple":
    case "none":
    case "bool":
    case "int":
    case "float":
    case "path":
      return false;
    default:
      return undefined;
  }
}

/** Whether `os.path.abspath` makes the same of STATIC_ROOT and a folder. */
function isStaticRoot(settings: CheckedSettings, { folder }: StaticFolder): boolean | undefined {
  const root = settings.value("STATIC_ROOT");
  if (truthOf(root) === false) return false;
  const [a, b] = [pathText(root), pathText(folder)];
  if (a === undefined || b === undefined) return undefined;
  const relation = relationOf(a, b);
  return relation === undefined ? undefined : relation === "matches";
}

/** contrib/staticfiles/checks.py and finders.py. */
export const staticChecks: readonly DjangoCheck[] = [
  {
    id: "staticfiles.E001",
    since: [2, 0],
    isDeployOnly: false,
    app: APP,
    reports: (settings) => both(asksFinder(settings), () => isNoSequence(settings)),
  },
  {
    id: "staticfiles.E002",
    since: [2, 0],
    isDeployOnly: false,
    app: APP,
    reports: (settings) =>
      isTrue(settings, "STATIC_ROOT") === false ? false : someFolder(settings, (one) => isStaticRoot(settings, one)),
  },
  {
    id: "staticfiles.E003",
    since: [2, 2],
    isDeployOnly: false,
    app: APP,
    reports: (settings) => someFolder(settings, ({ prefix }) => endsWithSlash(prefix)),
  },
  {
    id: "staticfiles.W004",
    since: [4, 0],
    isDeployOnly: false,
    app: APP,
    reports: (settings) => someFolder(settings, ({ folder }) => isMissingFolder(folder, settings.isFolder)),
  },
  {
    // The documentation names 5.1, but 5.0 has it as well.
    id: "staticfiles.E005",
    since: [5, 0],
    isDeployOnly: false,
    app: APP,
    reports: (settings) => not(hasKey(settings.value("STORAGES"), "staticfiles")),
  },
];
