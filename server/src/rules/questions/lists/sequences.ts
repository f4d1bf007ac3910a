/** What becomes of a text where a list is expected. */
type Mistake =
  | "refused"
  | "dotted paths"
  | "folders"
  | "origins"
  | "cors"
  | "recipients"
  | "patterns"
  | "exemptions"
  | "formats"
  | "prefixes"
  | "parts";

const CONSEQUENCES: Readonly<Record<Mistake, string>> = {
  refused: "Django refuses to start",
  "dotted paths": "each of its characters is imported as a dotted path, which fails",
  folders: "each of its characters is taken for a folder",
  origins: "each of its characters is taken for an origin",
  cors: "the checks of django-cors-headers stop",
  recipients: "mail to these people fails",
  patterns: "each of its characters is used as a compiled pattern, which fails",
  exemptions: "each of its characters is a pattern, and paths with it are not redirected to HTTPS",
  formats: "each of its characters is taken for a format",
  prefixes: "each of its characters is taken for a prefix",
  parts: "anything that is a part of the text counts as an entry",
};

/** A place in a setting: the parts behind its name, joined by dots. */
type Place = readonly [RegExp, Mistake];

const whole = (mistake: Mistake): readonly Place[] => [[/^$/, mistake]];

/**
 * The settings in which a list or tuple is expected, at their top or deeper: django/conf/__init__.py for those that Django
 * refuses, else the code that goes through them.
 */
export const SEQUENCES: ReadonlyMap<string, readonly Place[]> = new Map([
  ...["ALLOWED_HOSTS", "INSTALLED_APPS", "LOCALE_PATHS", "SECRET_KEY_FALLBACKS"].map(
    (name) => [name, whole("refused")] as const,
  ),
  ...[
    "MIDDLEWARE",
    "AUTHENTICATION_BACKENDS",
    "DATABASE_ROUTERS",
    "STATICFILES_FINDERS",
    "PASSWORD_HASHERS",
    "FILE_UPLOAD_HANDLERS",
  ].map((name) => [name, whole("dotted paths")] as const),
  ...["STATICFILES_DIRS", "FIXTURE_DIRS"].map((name) => [name, whole("folders")] as const),
  ...["ADMINS", "MANAGERS"].map((name) => [name, whole("recipients")] as const),
  ...["IGNORABLE_404_URLS", "DISALLOWED_USER_AGENTS"].map((name) => [name, whole("patterns")] as const),
  ...["INTERNAL_IPS", "LANGUAGES_BIDI", "SILENCED_SYSTEM_CHECKS"].map((name) => [name, whole("parts")] as const),
  ...["CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ALLOW_HEADERS", "CORS_ALLOW_METHODS"].map(
    (name) => [name, whole("cors")] as const,
  ),
  ["CSRF_TRUSTED_ORIGINS", whole("origins")],
  ["SECURE_REDIRECT_EXEMPT", whole("exemptions")],
  ["CELERY_ACCEPT_CONTENT", whole("formats")],
  [
    "TEMPLATES",
    [
      [/^\d+\.DIRS$/, "folders"],
      [/^\d+\.OPTIONS\.(?:context_processors|loaders|builtins)$/, "dotted paths"],
    ],
  ],
  ["REST_FRAMEWORK", [[/^DEFAULT_\w+_CLASSES$/, "dotted paths"]]],
  ["CONTENT_SECURITY_POLICY", [[/^EXCLUDE_URL_PREFIXES$/, "prefixes"]]],
]);

function mistakeAt([name = "", ...rest]: readonly string[]): Mistake | undefined {
  return SEQUENCES.get(name)?.find(([pattern]) => pattern.test(rest.join(".")))?.[1];
}

/** Whether a list is expected at a place of a setting: its name, then the keys that lead there. */
export function isSequence(path: readonly string[]): boolean {
  return mistakeAt(path) !== undefined;
}

/** A clause that says what a text at that place leads to. */
export function consequenceOf(path: readonly string[]): string {
  const mistake = mistakeAt(path);
  return mistake === undefined ? "" : CONSEQUENCES[mistake];
}

/** Whether something stops or fails; of some settings a text is taken apart without anybody noticing. */
export function failsLoudly(path: readonly string[]): boolean {
  return mistakeAt(path) !== "parts";
}
