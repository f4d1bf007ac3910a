/**
 * Settings that people write beside each other, a family a line; `X_*` stands for all that begin with that word. Findings about a
 * setting that is not there and the lines that fixes add both go by it. Order: that of Django's `startproject`.
 */
const FAMILIES = [
  "DEBUG SECRET_* ALLOWED_HOSTS INTERNAL_IPS SECURE_* SESSION_* CSRF_* CORS_* CSP_* X_FRAME_OPTIONS APPEND_SLASH PREPEND_WWW USE_X_FORWARDED_HOST USE_X_FORWARDED_PORT",
  "INSTALLED_APPS MIDDLEWARE TEMPLATES ROOT_URLCONF WSGI_APPLICATION ASGI_APPLICATION FORM_RENDERER SITE_ID",
  "DATABASES DATABASE_* DEFAULT_AUTO_FIELD",
  "AUTH_* AUTHENTICATION_* PASSWORD_* LOGIN_* LOGOUT_*",
  "LANGUAGE_* LANGUAGES LOCALE_* TIME_ZONE USE_TZ USE_I18N USE_L10N USE_THOUSAND_SEPARATOR",
  "STATIC_* STATICFILES_* MEDIA_* STORAGES DEFAULT_FILE_STORAGE FILE_UPLOAD_* WHITENOISE_* AWS_*",
  "EMAIL_* DEFAULT_FROM_EMAIL SERVER_EMAIL ADMINS MANAGERS MAILERS",
  "CACHES CACHE_*",
  "LOGGING LOGGING_*",
  "CELERY_* TASKS",
  "REST_FRAMEWORK SIMPLE_JWT SPECTACULAR_SETTINGS",
] as const;

/** What is missed because another setting is there, in whatever file that one stands. */
const COMPANIONS: ReadonlyMap<string, string> = new Map([
  ["STATIC_ROOT", "STATIC_URL"],
  ["MEDIA_ROOT", "MEDIA_URL"],
]);

/** First words that settings of all kinds have. */
const GENERIC = /^(?:DEFAULT|USE|DJANGO|BASE)$/;

/** What counts: the family, each word that two names begin with alike, and more than that: cookies are a kind of their own. */
const [FAMILY, WORD, COOKIE] = [1, 2, 3];

/** A setting's name, taken apart to be compared with others. */
export interface NamedSetting {
  readonly name: string;
  readonly words: readonly string[];
  readonly family: number | undefined;
}

let families: ReadonlyMap<string, number> | undefined;

/** Takes a setting's name apart. */
export function readName(name: string): NamedSetting {
  families ??= new Map(FAMILIES.flatMap((line, at) => line.split(" ").map((each) => [each, at] as const)));
  const words = name.split("_");
  return { name, words, family: families.get(name) ?? families.get(`${words[0] ?? ""}_*`) };
}

/** The setting because of which one is missed, if there is one. */
export function companionOf(name: string): string | undefined {
  return COMPANIONS.get(name);
}

/**
 * The setting of some that is most related to one, the last where several are: EMAIL_HOST for EMAIL_BACKEND. A setting is no
 * relative of itself. `isClose`: their names begin alike, or both are about cookies.
 */
export function mostRelated<T extends NamedSetting>(
  name: string,
  others: readonly T[],
): { readonly relative: T; readonly isClose: boolean } | undefined {
  const setting = readName(name);
  let best: T | undefined;
  let most = 0;
  for (const other of others) {
    const score = other.name === name ? 0 : kinship(setting, other);
    if (score > 0 && score >= most) [best, most] = [other, score];
  }
  return best && { relative: best, isClose: most > FAMILY };
}

function kinship(a: NamedSetting, b: NamedSetting): number {
  const kin = a.family !== undefined && a.family === b.family ? FAMILY : 0;
  const areCookies = a.words.includes("COOKIE") && b.words.includes("COOKIE");
  return kin + WORD * alike(a.words, b.words) + (areCookies ? COOKIE : 0);
}

/** How many words two names begin with alike. */
function alike(words: readonly string[], others: readonly string[]): number {
  if (words[0] !== others[0] || GENERIC.test(words[0] ?? "")) return 0;
  const differing = words.findIndex((word, index) => word !== others[index]);
  return differing < 0 ? words.length : differing;
}
