/**
 * Names by which a settings module is recognised. Not the catalogue of settings: only names that hardly stand in any
 * other kind of module (https://docs.djangoproject.com/en/stable/ref/settings/).
 */
const CORE_NAMES = new Set(
  `INSTALLED_APPS ROOT_URLCONF DATABASES SECRET_KEY MIDDLEWARE MIDDLEWARE_CLASSES TEMPLATES ALLOWED_HOSTS DEBUG CACHES
  STATIC_URL LOGGING STORAGES`.split(/\s+/),
);

const OTHER_NAMES = new Set(
  `ADMINS APPEND_SLASH AUTHENTICATION_BACKENDS AUTH_PASSWORD_VALIDATORS AUTH_USER_MODEL CSRF_COOKIE_AGE
  CSRF_COOKIE_DOMAIN CSRF_COOKIE_HTTPONLY CSRF_COOKIE_NAME CSRF_COOKIE_SAMESITE CSRF_COOKIE_SECURE CSRF_TRUSTED_ORIGINS
  CSRF_USE_SESSIONS DATABASE_ROUTERS DATA_UPLOAD_MAX_MEMORY_SIZE DEFAULT_AUTO_FIELD DEFAULT_FILE_STORAGE
  DEFAULT_FROM_EMAIL EMAIL_BACKEND EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_SUBJECT_PREFIX
  EMAIL_TIMEOUT EMAIL_USE_SSL EMAIL_USE_TLS FILE_UPLOAD_HANDLERS FILE_UPLOAD_MAX_MEMORY_SIZE FILE_UPLOAD_PERMISSIONS
  FIXTURE_DIRS FORMAT_MODULE_PATH FORM_RENDERER INTERNAL_IPS LANGUAGES LANGUAGE_CODE LANGUAGE_COOKIE_NAME LOCALE_PATHS
  LOGGING_CONFIG LOGIN_REDIRECT_URL LOGIN_URL LOGOUT_REDIRECT_URL MANAGERS MEDIA_ROOT MEDIA_URL MESSAGE_STORAGE
  PASSWORD_HASHERS PASSWORD_RESET_TIMEOUT SECRET_KEY_FALLBACKS SECURE_BROWSER_XSS_FILTER SECURE_CONTENT_TYPE_NOSNIFF
  SECURE_CROSS_ORIGIN_OPENER_POLICY SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD SECURE_HSTS_SECONDS
  SECURE_PROXY_SSL_HEADER SECURE_REFERRER_POLICY SECURE_SSL_HOST SECURE_SSL_REDIRECT SERVER_EMAIL
  SESSION_CACHE_ALIAS SESSION_COOKIE_AGE SESSION_COOKIE_DOMAIN SESSION_COOKIE_HTTPONLY SESSION_COOKIE_NAME
  SESSION_COOKIE_SAMESITE SESSION_COOKIE_SECURE SESSION_ENGINE SESSION_EXPIRE_AT_BROWSER_CLOSE
  SESSION_SAVE_EVERY_REQUEST SESSION_SERIALIZER SILENCED_SYSTEM_CHECKS SITE_ID STATICFILES_DIRS STATICFILES_FINDERS
  STATICFILES_STORAGE STATIC_ROOT TEMPLATE_DIRS TEMPLATE_LOADERS TEST_RUNNER TIME_ZONE USE_I18N USE_L10N
  USE_THOUSAND_SEPARATOR USE_TZ USE_X_FORWARDED_HOST USE_X_FORWARDED_PORT WSGI_APPLICATION ASGI_APPLICATION
  X_FRAME_OPTIONS`.split(/\s+/),
);

export function isDjangoName(name: string): boolean {
  return CORE_NAMES.has(name) || OTHER_NAMES.has(name);
}

/** Whether a module that assigns these names is a Django settings module: two of Django's names, one of them a core one. */
export function looksLikeSettings(assigned: ReadonlySet<string>): boolean {
  let known = 0;
  let core = false;
  for (const name of assigned) {
    if (isDjangoName(name)) known++;
    if (CORE_NAMES.has(name)) core = true;
  }
  return core && known >= 2;
}

/** Whether a module says what it is without naming Django: three core names, one of them Django's alone. */
export function isUnmistakable(assigned: ReadonlySet<string>): boolean {
  const own = ["ALLOWED_HOSTS", "INSTALLED_APPS", "ROOT_URLCONF", "MIDDLEWARE_CLASSES"];
  return [...assigned].filter((name) => CORE_NAMES.has(name)).length >= 3 && own.some((name) => assigned.has(name));
}

/**
 * Whether Django starts with a module that sets these names: it refuses to without a SECRET_KEY, and a module without apps and
 * without URLs runs no project, be it that it says as much as a script with settings does.
 */
export function canStart(assigned: ReadonlySet<string>): boolean {
  if (!assigned.has("SECRET_KEY")) return false;
  return (
    assigned.has("INSTALLED_APPS") ||
    assigned.has("ROOT_URLCONF") ||
    (assigned.has("DEBUG") && assigned.has("ALLOWED_HOSTS"))
  );
}

/** Whether a settings module's name is one that Django reads, as people write them (django.conf.Settings takes `str.isupper`). */
export function isSettingName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

const knownSettingNames = new WeakMap<readonly string[], readonly string[]>();

/** Those of a module's names that are names of settings, in their order. Every rule asks, and the list is long: found once for each. */
export function settingNames(names: readonly string[]): readonly string[] {
  let settings = knownSettingNames.get(names);
  if (settings === undefined) knownSettingNames.set(names, (settings = names.filter(isSettingName)));
  return settings;
}
