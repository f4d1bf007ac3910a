import { table } from "../base/table";
import { dict, FALSE, int, list, NONE, str, TRUE, tuple, type Value } from "../python/values/value";
import { keyOf } from "../python/values/symbolic";
import type { Release } from "./release";
import { removedSetting } from "./removed";
import introspected from "./settings.json";

/** What Python types a setting may have. `list` and `tuple` always come together: Django takes either. */
export type SettingType = "bool" | "int" | "float" | "str" | "path" | "none" | "list" | "tuple" | "dict" | "callable";

/** What is known about one of Django's own settings. */
export interface SettingFact {
  readonly name: string;
  readonly types: readonly SettingType[];
  /** The first series that has it; `undefined`: 1.8 or earlier. */
  readonly since: Release | undefined;
  /** The series that announced its removal. */
  readonly deprecated: Release | undefined;
  /** The first series without it. */
  readonly removed: Release | undefined;
  /** What to use instead, for people. */
  readonly replacement: string | undefined;
  /** What happens to a project that still sets it after the removal, for people. */
  readonly consequence: string | undefined;
  /** Its removal silently takes away protection or sends data elsewhere. */
  readonly losesSilently: boolean;
  /** Its place in Django's settings reference. */
  readonly docs: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface Lifetime {
  readonly since?: string;
  /** The last series that has it. */
  readonly until?: string;
}
interface Introspected extends Lifetime {
  readonly types?: readonly string[];
  /** From series to default, in order; only where it changed. */
  readonly defaults?: Readonly<Record<string, Json>>;
}

const settings: Readonly<Record<string, Introspected>> = introspected.settings;
const releases = introspected.releases.map(releaseOf);

/** The newest series that the bundled facts know. */
export const newestRelease: Release = releases.at(-1) ?? [0, 0];

const TYPE_NAMES: Readonly<Record<string, SettingType>> = table({
  bool: "bool",
  int: "int",
  str: "str",
  list: "list",
  tuple: "tuple",
  dict: "dict",
  NoneType: "none",
});

/** Types that a setting may have beside its default's: Django's settings reference says so in words only. */
const FURTHER_TYPES: Readonly<Record<string, readonly SettingType[]>> = table({
  CSRF_COOKIE_AGE: ["none"],
  CSRF_COOKIE_DOMAIN: ["str"],
  CSRF_COOKIE_SAMESITE: ["none", "bool"],
  DATA_UPLOAD_MAX_MEMORY_SIZE: ["none"],
  DATA_UPLOAD_MAX_NUMBER_FIELDS: ["none"],
  DATA_UPLOAD_MAX_NUMBER_FILES: ["none"],
  EMAIL_FILE_PATH: ["str", "path"],
  EMAIL_SSL_CERTFILE: ["str", "path"],
  EMAIL_SSL_KEYFILE: ["str", "path"],
  EMAIL_TIMEOUT: ["int", "float"],
  FILE_UPLOAD_DIRECTORY_PERMISSIONS: ["int"],
  FILE_UPLOAD_PERMISSIONS: ["none"],
  FILE_UPLOAD_TEMP_DIR: ["str", "path"],
  FORCE_SCRIPT_NAME: ["str"],
  FORMAT_MODULE_PATH: ["str", "list", "tuple"],
  GDAL_LIBRARY_PATH: ["str", "path", "none"],
  GEOIP_CITY: ["str"],
  GEOIP_COUNTRY: ["str"],
  GEOIP_PATH: ["str", "path"],
  GEOS_LIBRARY_PATH: ["str", "path", "none"],
  LANGUAGE_COOKIE_AGE: ["int"],
  LANGUAGE_COOKIE_DOMAIN: ["str"],
  LANGUAGE_COOKIE_SAMESITE: ["str", "bool"],
  LOGGING_CONFIG: ["none", "callable"],
  LOGIN_REDIRECT_URL: ["callable"],
  LOGIN_URL: ["callable"],
  LOGOUT_REDIRECT_URL: ["str", "callable"],
  MAILERS: ["dict"],
  MEDIA_ROOT: ["path"],
  MESSAGE_LEVEL: ["int"],
  MESSAGE_TAGS: ["dict"],
  NUMBER_GROUPING: ["list", "tuple"],
  POSTGIS_VERSION: ["list", "tuple"],
  ROOT_URLCONF: ["str"],
  SECURE_CROSS_ORIGIN_OPENER_POLICY: ["none"],
  SECURE_PROXY_SSL_HEADER: ["list", "tuple"],
  SECURE_REFERRER_POLICY: ["list", "tuple"],
  SECURE_SSL_HOST: ["str"],
  SERIALIZATION_MODULES: ["dict"],
  SESSION_COOKIE_DOMAIN: ["str"],
  SESSION_COOKIE_SAMESITE: ["none", "bool"],
  SESSION_FILE_PATH: ["str", "path"],
  SITE_ID: ["int"],
  SPATIALITE_LIBRARY_PATH: ["str", "path"],
  STATIC_ROOT: ["str", "path"],
  STATIC_URL: ["str"],
  WSGI_APPLICATION: ["str"],
});

/** Where a few settings stand in the reference of the contrib app that reads them, not in the main one. */
const OTHER_REFERENCE: Readonly<Record<string, string>> = table({
  GDAL_LIBRARY_PATH: "ref/contrib/gis/geos",
  GEOIP_CITY: "ref/contrib/gis/geoip2",
  GEOIP_COUNTRY: "ref/contrib/gis/geoip2",
  GEOIP_PATH: "ref/contrib/gis/geoip2",
  GEOS_LIBRARY_PATH: "ref/contrib/gis/geos",
  SPATIALITE_LIBRARY_PATH: "ref/contrib/gis/install/spatialite",
});

/** Whether Django 1.8 or a later release has, or any release had, a setting of this name. */
export function isDjangoSetting(name: string): boolean {
  return Object.hasOwn(settings, name) || removedSetting(name) !== undefined;
}

/** The names of all settings that Django 1.8 or later has or had, sorted. */
export function djangoSettingNames(): readonly string[] {
  return Object.keys(settings);
}

/** What is known about a setting of Django's own; `undefined` for any other name. */
export function settingFact(name: string): SettingFact | undefined {
  if (!isDjangoSetting(name)) return undefined;
  const row = Object.hasOwn(settings, name) ? settings[name] : undefined;
  const removal = removedSetting(name);
  const removed = removal?.removed ?? firstWithout(row?.until);
  return {
    name,
    types: typesOf(name, row?.types ?? []),
    since: row?.since === undefined ? undefined : releaseOf(row.since),
    deprecated: removal?.deprecated,
    removed,
    replacement: removal?.replacement,
    consequence: removal?.consequence,
    losesSilently: removal?.losesSilently ?? false,
    docs: docsOf(name, row),
  };
}

/**
 * Django's default for a setting, as the release's `global_settings` has it; of a later series than the bundled facts know,
 * that of the newest known one. Without a version: the default where 1.9 and all later series agree about it.
 * `undefined`: no such setting in that series, none in `global_settings` (ROOT_URLCONF), or too long to be bundled (LANGUAGES).
 */
export function defaultOf(name: string, version: Release | undefined): Value | undefined {
  const row = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (row?.defaults === undefined) return undefined;
  if (version === undefined) return undisputedDefault(row);
  const series = compareReleases(version, newestRelease) > 0 ? newestRelease : version;
  return existsIn(row, series) ? defaultIn(row.defaults, series) : undefined;
}

/** Django's default for a setting where a release and all later ones agree; without a version, where all do. */
export function certainDefault(name: string, version: Release | undefined): Value | undefined {
  const first = defaultOf(name, version);
  if (first === undefined || version === undefined) return first;
  const later = releases.filter((release) => compareReleases(release, version) > 0);
  const isSame = (value: Value | undefined): boolean => value !== undefined && keyOf(value) === keyOf(first);
  return later.every((release) => isSame(defaultOf(name, release))) ? first : undefined;
}

/** Negative, zero or positive, as `Array.sort` wants it. */
export function compareReleases(a: Release, b: Release): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** `[5, 2]` as people write it: `5.2`. */
export function releaseText(release: Release): string {
  // From 2028 on a series is named by its year alone.
  return release[0] > 2000 ? String(release[0]) : `${release[0]}.${release[1]}`;
}

function existsIn(row: Lifetime, release: Release): boolean {
  const tooEarly = row.since !== undefined && compareReleases(release, releaseOf(row.since)) < 0;
  const tooLate = row.until !== undefined && compareReleases(release, releaseOf(row.until)) > 0;
  return !tooEarly && !tooLate;
}

function defaultIn(defaults: Readonly<Record<string, Json>>, release: Release): Value | undefined {
  const key = Object.keys(defaults).findLast((series) => compareReleases(releaseOf(series), release) <= 0);
  const value = key === undefined ? undefined : defaults[key];
  return value === undefined ? undefined : valueOf(value);
}

/** 1.8 is left out: it has tuples where all later series have lists, and would leave nothing to agree on. */
function undisputedDefault(row: Introspected): Value | undefined {
  const [first, ...others] = Object.entries(row.defaults ?? {}).filter(([series], index, all) => {
    const next = all[index + 1];
    return !(series === "1.8" && next?.[0] === "1.9");
  });
  if (first === undefined || others.length > 0 || row.since !== undefined || row.until !== undefined) return undefined;
  return valueOf(first[1]);
}

function valueOf(json: Json): Value {
  if (json === null) return NONE;
  if (typeof json === "boolean") return json ? TRUE : FALSE;
  if (typeof json === "number") return int(json);
  if (typeof json === "string") return str(json);
  if (isList(json)) return list(json.map(valueOf));
  const items = json["tuple"];
  if (items !== undefined && isList(items)) return tuple(items.map(valueOf));
  return dict(Object.entries(json).map(([key, value]) => [key, valueOf(value)] as const));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function typesOf(name: string, ofDefaults: readonly string[]): readonly SettingType[] {
  const types = new Set<SettingType>(FURTHER_TYPES[name] ?? []);
  for (const type of ofDefaults) types.add(TYPE_NAMES[type] ?? "callable");
  if (types.has("list") || types.has("tuple")) types.add("list").add("tuple");
  return [...types].toSorted();
}

/** The series after the last one that has it; `undefined` when the newest still has. */
function firstWithout(until: string | undefined): Release | undefined {
  return until === undefined
    ? undefined
    : releases[releases.findIndex((release) => releaseText(release) === until) + 1];
}

function docsOf(name: string, row: Introspected | undefined): string {
  const series = row?.until ?? releaseText(newestRelease);
  const page = OTHER_REFERENCE[name] ?? "ref/settings";
  return `https://docs.djangoproject.com/en/${row === undefined ? "1.8" : series}/${page}/#std-setting-${name}`;
}

function releaseOf(text: string): Release {
  const [major, minor] = text.split(".");
  return [Number(major), Number(minor ?? 0)];
}
