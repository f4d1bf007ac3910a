/**
 * What reads some settings. `app`: by package, or one of `others`; unless code has what `unlessCode` says. `anywhere`: modules of the
 * project that have no such app, or another value, set them for those that have. `middleware`: by a pattern for its name. `setting`: another one has some value. `release`: those of a
 * package before this one.
 */
export type SettingReader =
  | {
      readonly kind: "app";
      readonly app: string;
      readonly others?: readonly string[];
      readonly anywhere?: true;
      readonly unlessMiddleware?: RegExp;
      readonly unlessCode?: RegExp;
    }
  | {
      readonly kind: "release";
      /** What shows that the package is used: its app, or its middleware. */
      readonly user: { readonly app: string } | { readonly middleware: string };
      readonly release: PackageRelease;
      readonly successor: string;
    }
  | { readonly kind: "middleware"; readonly name: string; readonly like: RegExp; readonly unlessApp?: string }
  | {
      readonly kind: "setting";
      readonly setting: string;
      readonly needs: RegExp | "true" | "false";
      readonly anywhere?: true;
      readonly text: string;
    };

/** A release of a distribution, with the lowest series of Django that it runs on. */
export interface PackageRelease {
  /** PEP 503 name. */
  readonly name: string;
  readonly version: readonly [number, number];
  readonly django: readonly [number, number];
}

/** Settings that do nothing without their reader. */
export interface ReadSettings {
  readonly settings: readonly string[];
  readonly reader: SettingReader;
}

const words = (text: string): readonly string[] => text.split(" ");

/** Sources: where Django's code and that of the packages asks for each of them. What several things read is left out. */
export const settingReaders: readonly ReadSettings[] = [
  {
    settings: ["IGNORABLE_404_URLS"],
    reader: { kind: "middleware", name: "BrokenLinkEmailsMiddleware", like: /brokenlink|404/i },
  },
  {
    settings: words("PREPEND_WWW DISALLOWED_USER_AGENTS"),
    reader: { kind: "middleware", name: "CommonMiddleware", like: /common/i },
  },
  {
    settings: words(
      "LANGUAGE_COOKIE_NAME LANGUAGE_COOKIE_AGE LANGUAGE_COOKIE_DOMAIN LANGUAGE_COOKIE_PATH LANGUAGE_COOKIE_SECURE LANGUAGE_COOKIE_HTTPONLY LANGUAGE_COOKIE_SAMESITE",
    ),
    reader: { kind: "middleware", name: "LocaleMiddleware", like: /locale|language|i18n/i },
  },
  {
    settings: words("CACHE_MIDDLEWARE_SECONDS"),
    reader: { kind: "middleware", name: "UpdateCacheMiddleware", like: /cache/i },
  },
  {
    settings: words(
      "SESSION_ENGINE SESSION_COOKIE_AGE SESSION_COOKIE_NAME SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE SESSION_SAVE_EVERY_REQUEST SESSION_EXPIRE_AT_BROWSER_CLOSE SESSION_SERIALIZER",
    ),
    reader: { kind: "middleware", name: "SessionMiddleware", like: /session/i },
  },
  {
    settings: words(
      "CORS_ALLOWED_ORIGINS CORS_ALLOWED_ORIGIN_REGEXES CORS_ALLOW_ALL_ORIGINS CORS_ORIGIN_ALLOW_ALL CORS_ORIGIN_WHITELIST CORS_ALLOW_CREDENTIALS CORS_ALLOW_HEADERS CORS_ALLOW_METHODS",
    ),
    // With the app installed, its missing middleware is reported by itself.
    reader: { kind: "middleware", name: "CorsMiddleware", like: /cors/i, unlessApp: "corsheaders" },
  },
  {
    settings: words("STATICFILES_DIRS STATICFILES_FINDERS STATIC_ROOT"),
    reader: { kind: "app", app: "django.contrib.staticfiles", unlessMiddleware: /whitenoise|static/i },
  },
  { settings: ["SITE_ID"], reader: { kind: "app", app: "django.contrib.sites" } },
  {
    settings: words("AXES_ENABLED AXES_FAILURE_LIMIT AXES_COOLOFF_TIME AXES_RESET_ON_SUCCESS"),
    reader: { kind: "app", app: "axes" },
  },
  {
    settings: words(
      "ACCOUNT_ADAPTER ACCOUNT_AUTHENTICATION_METHOD ACCOUNT_CONFIRM_EMAIL_ON_GET ACCOUNT_EMAIL_REQUIRED ACCOUNT_EMAIL_VERIFICATION ACCOUNT_LOGIN_METHODS ACCOUNT_LOGOUT_ON_GET ACCOUNT_SIGNUP_FIELDS ACCOUNT_USERNAME_REQUIRED ACCOUNT_USER_MODEL_USERNAME_FIELD",
    ),
    reader: { kind: "app", app: "allauth.account" },
  },
  {
    settings: words(
      "SOCIALACCOUNT_ADAPTER SOCIALACCOUNT_AUTO_SIGNUP SOCIALACCOUNT_PROVIDERS SOCIALACCOUNT_QUERY_EMAIL",
    ),
    reader: { kind: "app", app: "allauth.socialaccount" },
  },
  {
    settings: words("CRISPY_ALLOWED_TEMPLATE_PACKS CRISPY_TEMPLATE_PACK"),
    reader: { kind: "app", app: "crispy_forms" },
  },
  {
    settings: words("DEBUG_TOOLBAR_CONFIG DEBUG_TOOLBAR_PANELS"),
    reader: { kind: "app", app: "debug_toolbar", anywhere: true },
  },
  {
    settings: words("REST_USE_JWT REST_AUTH_SERIALIZERS REST_AUTH_REGISTER_SERIALIZERS"),
    reader: { kind: "app", app: "dj_rest_auth", others: ["rest_auth"] },
  },
  {
    // dj_rest_auth/app_settings.py of 3.0, which reads one dict.
    settings: words(
      "REST_USE_JWT REST_SESSION_LOGIN REST_AUTH_SERIALIZERS REST_AUTH_REGISTER_SERIALIZERS REST_AUTH_TOKEN_MODEL REST_AUTH_TOKEN_CREATOR JWT_AUTH_COOKIE JWT_AUTH_REFRESH_COOKIE JWT_AUTH_REFRESH_COOKIE_PATH JWT_AUTH_SECURE JWT_AUTH_SAMESITE JWT_AUTH_HTTPONLY JWT_AUTH_COOKIE_USE_CSRF JWT_AUTH_RETURN_EXPIRATION JWT_SERIALIZER OLD_PASSWORD_FIELD_ENABLED LOGOUT_ON_PASSWORD_CHANGE",
    ),
    reader: {
      kind: "release",
      user: { app: "dj_rest_auth" },
      release: { name: "dj-rest-auth", version: [3, 0], django: [3, 2] },
      successor: "REST_AUTH",
    },
  },
  {
    // csp/checks.py of 4.0, which refuses them where the app is installed.
    settings: words(
      "CSP_DEFAULT_SRC CSP_SCRIPT_SRC CSP_SCRIPT_SRC_ATTR CSP_SCRIPT_SRC_ELEM CSP_STYLE_SRC CSP_STYLE_SRC_ATTR CSP_STYLE_SRC_ELEM CSP_IMG_SRC CSP_FONT_SRC CSP_CONNECT_SRC CSP_FRAME_SRC CSP_FRAME_ANCESTORS CSP_FORM_ACTION CSP_BASE_URI CSP_OBJECT_SRC CSP_MEDIA_SRC CSP_CHILD_SRC CSP_WORKER_SRC CSP_MANIFEST_SRC CSP_PREFETCH_SRC CSP_SANDBOX CSP_INCLUDE_NONCE_IN CSP_REPORT_ONLY CSP_REPORT_URI CSP_REPORT_TO CSP_REPORT_PERCENTAGE CSP_EXCLUDE_URL_PREFIXES CSP_UPGRADE_INSECURE_REQUESTS CSP_BLOCK_ALL_MIXED_CONTENT",
    ),
    reader: {
      kind: "release",
      user: { middleware: "csp.middleware.CSPMiddleware" },
      release: { name: "django-csp", version: [4, 0], django: [3, 2] },
      successor: "CONTENT_SECURITY_POLICY",
    },
  },
  {
    // Users without the app are possible: their module imports `django.contrib.auth.base_user` or the hashers.
    settings: words("AUTH_PASSWORD_VALIDATORS PASSWORD_HASHERS PASSWORD_RESET_TIMEOUT"),
    reader: {
      kind: "app",
      app: "django.contrib.auth",
      anywhere: true,
      unlessMiddleware: /\bcontrib\.auth\.|authentication/i,
      unlessCode: /\b(?:from|import) django\.contrib\.auth\b|\bfrom django\.contrib import auth\b/,
    },
  },
  {
    settings: words(
      "COMPRESS_ENABLED COMPRESS_OFFLINE COMPRESS_OFFLINE_CONTEXT COMPRESS_ROOT COMPRESS_URL COMPRESS_STORAGE COMPRESS_OUTPUT_DIR COMPRESS_PRECOMPILERS COMPRESS_FILTERS COMPRESS_CSS_FILTERS COMPRESS_JS_FILTERS COMPRESS_CSS_HASHING_METHOD",
    ),
    reader: { kind: "app", app: "compressor", anywhere: true },
  },
  {
    // The backends of databases and caches and the middleware read them without the app.
    settings: words(
      "PROMETHEUS_METRIC_NAMESPACE PROMETHEUS_LATENCY_BUCKETS PROMETHEUS_METRICS_EXPORT_PORT PROMETHEUS_METRICS_EXPORT_PORT_RANGE PROMETHEUS_EXPORT_MIGRATIONS",
    ),
    reader: {
      kind: "app",
      app: "django_prometheus",
      anywhere: true,
      unlessMiddleware: /prometheus/i,
      unlessCode: /\bdjango_prometheus\b/,
    },
  },
  { settings: words("Q_CLUSTER"), reader: { kind: "app", app: "django_q", anywhere: true } },
  { settings: words("HAYSTACK_CONNECTIONS"), reader: { kind: "app", app: "haystack", anywhere: true } },
  {
    settings: words("CRONJOBS CRONTAB_COMMAND_SUFFIX"),
    reader: { kind: "app", app: "django_crontab", anywhere: true },
  },
  { settings: words("SUMMERNOTE_CONFIG"), reader: { kind: "app", app: "django_summernote", anywhere: true } },
  { settings: words("AUDITLOG_INCLUDE_ALL_MODELS"), reader: { kind: "app", app: "auditlog" } },
  { settings: words("JAZZMIN_SETTINGS JAZZMIN_UI_TWEAKS"), reader: { kind: "app", app: "jazzmin" } },
  {
    settings: words("RATELIMIT_VIEW"),
    reader: { kind: "middleware", name: "RatelimitMiddleware", like: /rate_?limit/i },
  },
  {
    settings: words("SESSION_FILE_PATH"),
    reader: {
      kind: "setting",
      setting: "SESSION_ENGINE",
      needs: /file/,
      text: "SESSION_ENGINE does not keep sessions in files",
    },
  },
  {
    settings: words("SESSION_CACHE_ALIAS"),
    reader: {
      kind: "setting",
      setting: "SESSION_ENGINE",
      needs: /cache/,
      text: "SESSION_ENGINE does not keep sessions in a cache",
    },
  },
  {
    settings: words("EMAIL_FILE_PATH"),
    reader: {
      kind: "setting",
      setting: "EMAIL_BACKEND",
      needs: /file|\.(?!smtp|console|dummy|locmem)\w+\.EmailBackend$/i,
      anywhere: true,
      text: "EMAIL_BACKEND does not write mail to files",
    },
  },
  {
    settings: words("CSRF_COOKIE_AGE CSRF_COOKIE_DOMAIN CSRF_COOKIE_PATH CSRF_COOKIE_SAMESITE CSRF_COOKIE_HTTPONLY"),
    reader: {
      kind: "setting",
      setting: "CSRF_USE_SESSIONS",
      needs: "false",
      text: "CSRF_USE_SESSIONS keeps the token in the session",
    },
  },
  {
    settings: words("SECURE_REDIRECT_EXEMPT SECURE_SSL_HOST"),
    reader: { kind: "setting", setting: "SECURE_SSL_REDIRECT", needs: "true", text: "SECURE_SSL_REDIRECT is False" },
  },
];

/** Settings of packages that still work and whose names a release has replaced. */
export interface RenamedSettings {
  readonly release: PackageRelease;
  readonly app: string;
  readonly settings: readonly string[];
  readonly successor: string;
}

/** Sources: the checks that the package itself makes (allauth/account/checks.py). */
export const renamedSettings: readonly RenamedSettings[] = [
  {
    release: { name: "django-allauth", version: [65, 4], django: [4, 2] },
    app: "allauth.account",
    settings: ["ACCOUNT_AUTHENTICATION_METHOD"],
    successor: "ACCOUNT_LOGIN_METHODS",
  },
  {
    release: { name: "django-allauth", version: [65, 5], django: [4, 2] },
    app: "allauth.account",
    settings: words(
      "ACCOUNT_EMAIL_REQUIRED ACCOUNT_USERNAME_REQUIRED ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE",
    ),
    successor: "ACCOUNT_SIGNUP_FIELDS",
  },
];
