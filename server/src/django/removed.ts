import type { Release } from "./release";

/** How a left-over assignment can be repaired: see `Safety` of fixes. */
export type Repair =
  /** Deleting the assignment changes nothing. */
  | "delete"
  /** The replacement can be written from the old value alone, and means the same. */
  | "rewrite"
  /** A replacement can be proposed, a person must look at it. */
  | "review"
  /** Only described. */
  | "manual";

/** A setting that a Django release ignores, or will. */
export interface RemovedSetting {
  readonly name: string;
  /** The series that announced the removal; `undefined`: none did. */
  readonly deprecated: Release | undefined;
  /** The first series that ignores it. */
  readonly removed: Release;
  /** What to use instead; `undefined`: nothing is needed. */
  readonly replacement: string | undefined;
  /** What a project that still sets it gets now: a clause that completes "is ignored: ...". */
  readonly consequence: string | undefined;
  /** Protection or data is lost without any error. */
  readonly losesSilently: boolean;
  readonly repair: Repair;
  /** Distributions (PEP 503 names) whose code still reads it. */
  readonly readBy: readonly string[];
}

interface Options {
  readonly consequence?: string;
  readonly losesSilently?: boolean;
  readonly readBy?: readonly string[];
}

/** The series after 6.2: from then on Django names its series by their year. */
const AFTER_6_2: Release = [2028, 0];

function row(
  names: string,
  deprecated: Release | undefined,
  removed: Release,
  repair: Repair,
  replacement: string | undefined,
  options: Options = {},
): readonly RemovedSetting[] {
  const { consequence, losesSilently = false, readBy = [] } = options;
  return names
    .split(" ")
    .map((name) => ({ name, deprecated, removed, replacement, consequence, losesSilently, repair, readBy }));
}

/**
 * Sources: Django's deprecation timeline (docs/internals/deprecation), the release notes of 1.4 to 6.1, and for what is
 * still deprecated, `django/conf/__init__.py` and `django/utils/deprecation.py` of 6.1.
 */
const ROWS: readonly RemovedSetting[] = [
  row(
    "DATABASE_ENGINE DATABASE_NAME DATABASE_USER DATABASE_PASSWORD DATABASE_HOST DATABASE_PORT DATABASE_OPTIONS",
    [1, 2],
    [1, 4],
    "review",
    'DATABASES["default"]',
    { consequence: "only DATABASES says which database is used" },
  ),
  row("ADMIN_MEDIA_PREFIX", [1, 3], [1, 4], "delete", "STATIC_URL"),
  row("CACHE_BACKEND", [1, 3], [1, 5], "review", "CACHES", {
    consequence: "the cache is whatever CACHES says, by default one in each process's memory",
  }),
  row("IGNORABLE_404_STARTS IGNORABLE_404_ENDS", [1, 4], [1, 6], "review", "IGNORABLE_404_URLS"),
  row("AUTH_PROFILE_MODULE", [1, 5], [1, 7], "manual", "a custom user model or a one-to-one profile"),
  row("ADMIN_FOR", undefined, [1, 7], "delete", undefined),
  row("SEND_BROKEN_LINK_EMAILS", [1, 6], [1, 8], "review", "django.middleware.common.BrokenLinkEmailsMiddleware", {
    consequence: "nobody is told about broken links",
  }),
  row("CACHE_MIDDLEWARE_ANONYMOUS_ONLY", [1, 6], [1, 8], "delete", undefined),
  row("TRANSACTIONS_MANAGED", [1, 6], [1, 8], "review", "AUTOCOMMIT or ATOMIC_REQUESTS in DATABASES"),
  row(
    "COMMENTS_APP COMMENTS_HIDE_REMOVED COMMENT_MAX_LENGTH PROFANITIES_LIST COMMENTS_ALLOW_PROFANITIES",
    [1, 6],
    [1, 8],
    "manual",
    "the django-contrib-comments package",
  ),
  row(
    "TEMPLATE_DIRS TEMPLATE_LOADERS TEMPLATE_CONTEXT_PROCESSORS TEMPLATE_DEBUG TEMPLATE_STRING_IF_INVALID",
    [1, 8],
    [1, 10],
    "review",
    "TEMPLATES",
    { consequence: "templates are configured by TEMPLATES alone" },
  ),
  row("ALLOWED_INCLUDE_ROOTS", [1, 8], [1, 10], "delete", undefined),
  row("MIDDLEWARE_CLASSES", [1, 10], [2, 0], "rewrite", "MIDDLEWARE", {
    consequence: "none of these middleware runs: no sessions, no login, no CSRF protection",
    losesSilently: true,
  }),
  row("USE_ETAGS", [1, 11], [2, 1], "review", "django.middleware.http.ConditionalGetMiddleware"),
  row("DEFAULT_CONTENT_TYPE", [2, 0], [3, 0], "delete", undefined),
  row("FILE_CHARSET", [2, 2], [3, 1], "delete", undefined, { consequence: "files are read as UTF-8" }),
  row("SECURE_BROWSER_XSS_FILTER", undefined, [4, 0], "delete", undefined, {
    consequence: "browsers no longer have the filter that it switched on",
  }),
  row("DEFAULT_HASHING_ALGORITHM", [3, 1], [4, 0], "delete", undefined),
  row("PASSWORD_RESET_TIMEOUT_DAYS", [3, 1], [4, 0], "rewrite", "PASSWORD_RESET_TIMEOUT, in seconds", {
    consequence: "links to reset a password work for three days, whatever it says",
    losesSilently: true,
  }),
  row("USE_L10N", [4, 0], [5, 0], "delete", undefined, { consequence: "localised formats are always used" }),
  row("USE_DEPRECATED_PYTZ", [4, 0], [5, 0], "review", "zoneinfo", {
    consequence: "time zones are zoneinfo's, not pytz's",
  }),
  row("CSRF_COOKIE_MASKED", [4, 1], [5, 0], "delete", undefined),
  row("DEFAULT_FILE_STORAGE", [4, 2], [5, 1], "rewrite", 'STORAGES["default"]', {
    consequence: "uploads go to the local disk under MEDIA_ROOT",
    losesSilently: true,
  }),
  row("STATICFILES_STORAGE", [4, 2], [5, 1], "rewrite", 'STORAGES["staticfiles"]', {
    consequence: "static files are collected to the local disk, without hashes in their names",
    losesSilently: true,
    // Its collectstatic command (cloudinary_storage/management/commands/collectstatic.py).
    readBy: ["django-cloudinary-storage"],
  }),
  row("FORMS_URLFIELD_ASSUME_HTTPS", [5, 0], [6, 0], "delete", undefined, {
    consequence: "URL fields assume https",
  }),
  row("URLIZE_ASSUME_HTTPS", [6, 0], AFTER_6_2, "delete", undefined),
  row(
    "EMAIL_BACKEND EMAIL_FILE_PATH EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_SSL_CERTFILE " +
      "EMAIL_SSL_KEYFILE EMAIL_TIMEOUT EMAIL_USE_SSL EMAIL_USE_TLS",
    [6, 1],
    AFTER_6_2,
    "review",
    "MAILERS",
  ),
  row("USE_BLANK_CHOICE_DASH", [6, 1], AFTER_6_2, "delete", undefined),
  row("SIGNED_COOKIE_LEGACY_SALT_FALLBACK", [6, 1], AFTER_6_2, "delete", undefined),
].flat();

const byName: ReadonlyMap<string, RemovedSetting> = new Map(ROWS.map((each) => [each.name, each]));

/** What became, or will become, of a setting that Django removes; `undefined` for settings that stay and unknown names. */
export function removedSetting(name: string): RemovedSetting | undefined {
  return byName.get(name);
}

/** The setting that took a removed one's place: the name at the head of `replacement`, `undefined` where it is none. */
export function successorOf({ replacement }: RemovedSetting): string | undefined {
  return /^[A-Z][A-Z0-9_]+(?=\[|,|$)/.exec(replacement ?? "")?.[0];
}

/** All settings that some Django release has removed or announced to remove. */
export const removedSettings: readonly RemovedSetting[] = ROWS;
