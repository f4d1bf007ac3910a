import { settingNames } from "../project/djangoNames";
import { baseName, isInside, parentPath, type FilePath } from "../base/path";
import { table } from "../base/table";
import type { Range } from "../base/text";
import { componentPaths, type ComponentKind } from "../django/components";
import { defaultOf, djangoSettingNames, settingFact } from "../django/facts";
import { packageSettingNames } from "../django/packageSettings";
import { settingSummary } from "../django/summaries";
import { timeZoneNames } from "../django/timeZones";
import type { Rule } from "../lint/rule";
import type { Analysis, ProjectAnalysis } from "./analysis";
import { projectVariables } from "./environmentVariables";
import { summaryOf } from "./rulePage";
import { valueText } from "./valueText";

/** One thing that may be written at a place. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: "setting" | "value" | "path" | "variable" | "rule" | "key";
  /** One short line: type and default. */
  readonly detail?: string;
  readonly documentation?: string;
  readonly isDeprecated?: boolean;
  /** Items with a smaller rank come first. */
  readonly rank: number;
}

export interface Completion {
  readonly items: readonly CompletionItem[];
  /** What an item replaces. */
  readonly range: Range;
}

/** What completions are computed from. */
export interface CompletionRequest {
  readonly analysis: Analysis;
  readonly owner: ProjectAnalysis;
  readonly file: FilePath;
}

/** Names of settings: the project's, Django's for its release, those of packages that it needs. Set ones come last. */
export function nameItems({ analysis, owner, file }: CompletionRequest): readonly CompletionItem[] {
  const django = owner.project.django?.version;
  const here = analysis.text(file) ?? "";
  const names = new Set([
    ...djangoSettingNames().filter((name) => isUsable(name, django)),
    ...packageSettingNames((distribution) => owner.project.packages.has(distribution)),
    ...owner.entries.flatMap(({ evaluation }) => settingNames(evaluation.names)),
  ]);
  const written = new Set(here.split("\n").map((line) => /^\w+/.exec(line.trimStart())?.[0]));
  return [...names].map((name) => {
    const fallback = defaultOf(name, django);
    const fact = settingFact(name);
    const detail = fallback === undefined ? undefined : `default ${valueText(fallback, name, analysis.redactor)}`;
    return {
      label: name,
      kind: "setting",
      ...(detail === undefined ? {} : { detail }),
      ...(fact === undefined
        ? {}
        : { documentation: `${settingSummary(name) ?? ""}\n\n[Django documentation](${fact.docs})` }),
      isDeprecated: isAtLeast(django, fact?.deprecated),
      rank: written.has(name) ? 2 : 1,
    };
  });
}

type Release = readonly [number, number];

/** Whether the project's Django has the setting; without a known release, whether the newest has. */
export function isUsable(name: string, django: Release | undefined): boolean {
  const fact = settingFact(name);
  if (fact === undefined) return false;
  if (django === undefined) return fact.removed === undefined;
  return !isAtLeast(django, fact.removed) && (fact.since === undefined || isAtLeast(django, fact.since));
}

function isAtLeast(django: Release | undefined, release: Release | undefined): boolean {
  if (django === undefined || release === undefined) return false;
  return django[0] > release[0] || (django[0] === release[0] && django[1] >= release[1]);
}

/** Fixed values of settings that have few. Source: Django's settings reference. */
const SAME_SITE = ["'Lax'", "'Strict'", "'None'"];
const VALUES: Readonly<Record<string, readonly string[]>> = table({
  CSRF_COOKIE_SAMESITE: SAME_SITE,
  LANGUAGE_COOKIE_SAMESITE: SAME_SITE,
  SESSION_COOKIE_SAMESITE: SAME_SITE,
  X_FRAME_OPTIONS: ["'DENY'", "'SAMEORIGIN'"],
  SECURE_PROXY_SSL_HEADER: ["('HTTP_X_FORWARDED_PROTO', 'https')"],
  DEFAULT_AUTO_FIELD: ["'django.db.models.BigAutoField'", "'django.db.models.AutoField'"],
});

/** Whole values of a setting, as Python source. */
export function valueItems(setting: string): readonly CompletionItem[] {
  const kind = WHOLE_PATHS[setting];
  const types = settingFact(setting)?.types ?? [];
  const values = [
    ...(types.includes("bool") ? ["True", "False"] : []),
    ...(types.includes("none") ? ["None"] : []),
    ...(VALUES[setting] ?? []),
    ...(kind === undefined ? [] : componentPaths(kind).map((path) => `"${path}"`)),
  ];
  return values.map((label) => ({ label: label.replaceAll("'", '"'), kind: "value", rank: 1 }));
}

/** Settings that are one dotted path. */
const WHOLE_PATHS: Readonly<Record<string, ComponentKind>> = table({
  DEFAULT_FILE_STORAGE: "storages",
  EMAIL_BACKEND: "emailBackends",
  FORM_RENDERER: "formRenderers",
  MESSAGE_STORAGE: "messageStorages",
  SESSION_ENGINE: "sessionEngines",
  SESSION_SERIALIZER: "sessionSerializers",
  STATICFILES_STORAGE: "storages",
  TEST_RUNNER: "testRunners",
});

/** Settings that list dotted paths. */
const LISTED_PATHS: Readonly<Record<string, ComponentKind>> = table({
  AUTHENTICATION_BACKENDS: "authenticationBackends",
  FILE_UPLOAD_HANDLERS: "uploadHandlers",
  INSTALLED_APPS: "apps",
  MIDDLEWARE: "middleware",
  PASSWORD_HASHERS: "passwordHashers",
  STATICFILES_FINDERS: "finders",
});

/** Dotted paths behind a key of a setting. */
const KEYED_PATHS: Readonly<Record<string, Readonly<Record<string, ComponentKind>>>> = table({
  AUTH_PASSWORD_VALIDATORS: table({ NAME: "passwordValidators" }),
  CACHES: table({ BACKEND: "cacheBackends" }),
  DATABASES: table({ ENGINE: "databaseEngines" }),
  STORAGES: table({ BACKEND: "storages" }),
  TASKS: table({ BACKEND: "taskBackends" }),
  TEMPLATES: table({
    BACKEND: "templateBackends",
    context_processors: "contextProcessors",
    loaders: "templateLoaders",
  }),
});

/** Keys of settings that are dicts of dicts. Source: Django's settings reference. */
const KEYS: Readonly<Record<string, string>> = table({
  AUTH_PASSWORD_VALIDATORS: "NAME OPTIONS",
  CACHES: "BACKEND KEY_FUNCTION KEY_PREFIX LOCATION OPTIONS TIMEOUT VERSION",
  DATABASES:
    "ATOMIC_REQUESTS AUTOCOMMIT CONN_HEALTH_CHECKS CONN_MAX_AGE DISABLE_SERVER_SIDE_CURSORS ENGINE HOST NAME OPTIONS PASSWORD PORT TEST TIME_ZONE USER",
  LOGGING: "version disable_existing_loggers formatters filters handlers loggers root class level formatter propagate",
  STORAGES: "BACKEND OPTIONS default staticfiles",
  TEMPLATES:
    "BACKEND NAME DIRS APP_DIRS OPTIONS context_processors loaders autoescape builtins libraries string_if_invalid",
});

/** What may stand in a string of a setting: behind a key its paths, else items of a list, else keys. */
export function pathItems(
  { analysis, file }: CompletionRequest,
  setting: string,
  key: string | undefined,
): readonly CompletionItem[] {
  if (setting === "TIME_ZONE") return timeZoneNames().map((label) => ({ label, kind: "value", rank: 1 }));
  const whole = WHOLE_PATHS[setting] ?? LISTED_PATHS[setting];
  const keyed = key === undefined ? undefined : KEYED_PATHS[setting]?.[key];
  const kind = whole ?? keyed;
  if (kind !== undefined) {
    const text = analysis.text(file) ?? "";
    return componentPaths(kind).map((label) => ({
      label,
      kind: "path",
      rank: text.includes(`"${label}"`) || text.includes(`'${label}'`) ? 3 : 2,
    }));
  }
  const values = VALUES[setting];
  if (values !== undefined) return values.map((each) => ({ label: each.replaceAll("'", ""), kind: "value", rank: 1 }));
  const keys = key === undefined ? KEYS[setting] : undefined;
  return keys === undefined ? [] : keys.split(" ").map((label) => ({ label, kind: "key", rank: 1 }));
}

/** The project's own apps: packages with `apps.py` or `models.py`, by dotted name. Missing ones come first. */
export function projectAppItems({ analysis, owner, file }: CompletionRequest): readonly CompletionItem[] {
  const { root, importRoots } = owner.project;
  const host = analysis.snapshot.host(importRoots);
  const text = analysis.text(file) ?? "";
  const folders = new Set<FilePath>();
  for (const path of analysis.snapshot.listing.files)
    if (/^(?:apps|models)\.py$/.test(baseName(path)) && isInside(root, path)) folders.add(parentPath(path));
  return [...folders].map((folder) => {
    const label = host.moduleName(`${folder}/__init__.py`);
    return { label, kind: "path", detail: "app of this project", rank: text.includes(label) ? 3 : 1 };
  });
}

/** Environment variables that the settings read, and that deployment files set. */
export function variableItems({ owner }: CompletionRequest): readonly CompletionItem[] {
  const read = projectVariables(owner).map(({ name }) => name);
  const set = owner.project.deployedVariables.map(({ name }) => name);
  return [...new Set([...set, ...read])].map((label) => ({
    label,
    kind: "variable",
    detail: set.includes(label) ? "set by a deployment file" : "read by the settings",
    rank: 1,
  }));
}

/** Rule ids, for suppression comments. */
export function ruleItems(rules: readonly Rule[]): readonly CompletionItem[] {
  return rules.map((rule) => ({ label: rule.id, kind: "rule", detail: summaryOf(rule), rank: 1 }));
}
