/** Must stand in that order where both are listed. Dotted paths; the classes of one side are alternatives, each is held to it. */
export interface OrderConstraint {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly severity: "error" | "warning" | "info" | "hint";
  /** What goes wrong otherwise: one clause, it completes "Y must come after X: ...", and its "it" is Y. */
  readonly reason: string;
  /** Django's (or the package's) own system check for the same mistake. */
  readonly check?: string;
  /** Only under that condition. `csrf-in-session`: CSRF_USE_SESSIONS is True. `messages-in-session`: MESSAGE_STORAGE is not the cookie storage. */
  readonly when?: "csrf-in-session" | "messages-in-session";
}

/** Must be the first or the last of the list, but for those in `allowed`. */
export interface PlaceConstraint {
  readonly middleware: string;
  readonly place: "first" | "last";
  /** Those that may stand outside of it. */
  readonly allowed: readonly string[];
  readonly severity: "error" | "warning" | "info";
  readonly reason: string;
}

const SECURITY = "django.middleware.security.SecurityMiddleware";
const SESSION = "django.contrib.sessions.middleware.SessionMiddleware";
const AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware";
const REMOTE_USER = [
  "django.contrib.auth.middleware.RemoteUserMiddleware",
  "django.contrib.auth.middleware.PersistentRemoteUserMiddleware",
];
const LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware";
const MESSAGES = "django.contrib.messages.middleware.MessageMiddleware";
const CSRF = "django.middleware.csrf.CsrfViewMiddleware";
const LOCALE = "django.middleware.locale.LocaleMiddleware";
const COMMON = "django.middleware.common.CommonMiddleware";
const GZIP = "django.middleware.gzip.GZipMiddleware";
const CONDITIONAL_GET = "django.middleware.http.ConditionalGetMiddleware";
const UPDATE_CACHE = "django.middleware.cache.UpdateCacheMiddleware";
const FETCH_FROM_CACHE = "django.middleware.cache.FetchFromCacheMiddleware";
const FALLBACKS = [
  "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
  "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
];
const CORS = "corsheaders.middleware.CorsMiddleware";
const WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware";
const PROMETHEUS_BEFORE = "django_prometheus.middleware.PrometheusBeforeMiddleware";
const PROMETHEUS_AFTER = "django_prometheus.middleware.PrometheusAfterMiddleware";
const TOOLBAR = "debug_toolbar.middleware.DebugToolbarMiddleware";
const TENANT = "django_tenants.middleware.main.TenantMainMiddleware";

/**
 * Sources: Django's "Middleware ordering" (docs/ref/middleware), the cache and translation topics, the code of the
 * middleware named, and the documentation of the packages. Where two packages' documentation disagrees
 * (CorsMiddleware and WhiteNoiseMiddleware) there is no row.
 */
export const orderConstraints: readonly OrderConstraint[] = [
  {
    before: [SESSION],
    after: [AUTHENTICATION],
    severity: "error",
    // admin.E410 only asks whether both are there; its hint names the order.
    reason: "it looks for the user in the session, and raises ImproperlyConfigured without one",
  },
  {
    before: [AUTHENTICATION],
    after: [LOGIN_REQUIRED],
    severity: "error",
    reason: "it asks who the user is before anyone has said so",
    check: "auth.E013",
  },
  {
    before: [SESSION],
    after: [MESSAGES],
    severity: "error",
    reason: "it raises ImproperlyConfigured while the request has no session",
    when: "messages-in-session",
  },
  {
    before: [AUTHENTICATION],
    after: REMOTE_USER,
    severity: "error",
    reason: "it raises ImproperlyConfigured while the request has no user",
  },
  {
    before: [CSRF],
    after: REMOTE_USER,
    severity: "warning",
    reason: "logging in replaces the CSRF token that has not been read yet",
  },
  {
    before: [SESSION],
    after: [CSRF],
    severity: "error",
    reason: "the token is kept in the session, which is not there yet",
    when: "csrf-in-session",
  },
  {
    before: [SESSION],
    after: [LOCALE],
    // Django kept the language in the session until 4.0.
    severity: "info",
    reason: "the order that Django documents, because it may look for the language in the session",
  },
  {
    before: [LOCALE],
    after: [COMMON],
    severity: "info",
    reason: "it looks addresses up, for which the language must be known",
  },
  {
    before: [UPDATE_CACHE],
    after: [SESSION, LOCALE, GZIP],
    severity: "warning",
    reason: "it adds to the Vary header after the page was stored, so that one visitor may get another's page",
  },
  {
    before: [UPDATE_CACHE],
    after: [FETCH_FROM_CACHE],
    severity: "error",
    reason: "it must be the last to see the request, and UpdateCacheMiddleware the last to see the answer",
  },
  {
    before: [SESSION, LOCALE, GZIP],
    after: [FETCH_FROM_CACHE],
    severity: "warning",
    reason: "the key of a cached page is made from headers that are not complete yet",
  },
  {
    before: [GZIP],
    after: [CONDITIONAL_GET],
    severity: "warning",
    reason: "the ETag would be made from the compressed bytes, which may differ each time",
  },
  {
    before: [GZIP],
    after: [TOOLBAR, "silk.middleware.SilkyMiddleware", "htmlmin.middleware.HtmlMinifyMiddleware"],
    severity: "warning",
    reason: "it cannot read a body that is already compressed",
    check: "debug_toolbar.W003",
  },
  {
    before: [GZIP],
    after: ["django_browser_reload.middleware.BrowserReloadMiddleware"],
    severity: "info",
    reason: "it cannot add its script to a body that is already compressed",
  },
  {
    before: [COMMON],
    after: FALLBACKS,
    severity: "warning",
    reason: "it would look for pages under addresses that still lack their slash",
  },
  {
    before: [AUTHENTICATION],
    after: ["django_otp.middleware.OTPMiddleware", "hijack.middleware.HijackUserMiddleware"],
    severity: "error",
    reason: "it changes request.user, which is set only later",
  },
  {
    before: [AUTHENTICATION],
    after: [
      "impersonate.middleware.ImpersonateMiddleware",
      "auditlog.middleware.AuditlogMiddleware",
      "oauth2_provider.middleware.OAuth2TokenMiddleware",
    ],
    severity: "warning",
    reason: "it reads request.user, which is set only later",
  },
  {
    before: [AUTHENTICATION],
    after: ["allauth.usersessions.middleware.UserSessionsMiddleware"],
    severity: "warning",
    reason: "it records the session of request.user, which is set only later",
  },
  {
    // allauth/account/middleware.py: the stage of a login that was not finished, once the view has answered.
    before: [SESSION],
    after: ["allauth.account.middleware.AccountMiddleware"],
    severity: "info",
    reason: "what it takes out of the session after the view is not saved any more",
  },
  {
    // https://django-debug-toolbar.readthedocs.io/en/latest/installation.html: as early as possible.
    before: [TOOLBAR],
    after: [MESSAGES],
    severity: "hint",
    reason: "the toolbar belongs as early as possible, because it sees nothing of what stands above it",
  },
  {
    before: [CORS],
    after: [COMMON],
    severity: "warning",
    reason: "CommonMiddleware's redirects leave without the CORS headers, and browsers refuse them",
  },
  {
    before: [SECURITY],
    after: [WHITENOISE],
    severity: "info",
    reason: "static files are served without the redirect to HTTPS and the security headers",
  },
];

/** Middleware that package documentation wants at an end of the list. */
export const placeConstraints: readonly PlaceConstraint[] = [
  {
    middleware: SECURITY,
    place: "first",
    allowed: [
      CORS,
      WHITENOISE,
      PROMETHEUS_BEFORE,
      TENANT,
      UPDATE_CACHE,
      GZIP,
      "elasticapm.contrib.django.middleware.TracingMiddleware",
      "log_request_id.middleware.RequestIDMiddleware",
      "django_guid.middleware.guid_middleware",
      "allow_cidr.middleware.AllowCIDRMiddleware",
      "django.middleware.csp.ContentSecurityPolicyMiddleware",
      TOOLBAR,
      "silk.middleware.SilkyMiddleware",
      "django_permissions_policy.PermissionsPolicyMiddleware",
    ],
    severity: "info",
    reason: "what stands above it also runs for requests that it then redirects to HTTPS",
  },
  {
    // https://whitenoise.readthedocs.io/en/stable/django.html: above all others but SecurityMiddleware.
    middleware: WHITENOISE,
    place: "first",
    allowed: [SECURITY, UPDATE_CACHE, GZIP, "django.middleware.csp.ContentSecurityPolicyMiddleware"],
    severity: "info",
    reason: "every request for a static file runs through what stands above it for nothing",
  },
  {
    // Django's cache topic (docs/topics/cache): the last of the list, but for fallbacks that answer what nobody else did.
    middleware: FETCH_FROM_CACHE,
    place: "last",
    allowed: FALLBACKS,
    severity: "info",
    reason: "what stands below it does not run for pages that come from the cache",
  },
  {
    middleware: PROMETHEUS_BEFORE,
    place: "first",
    allowed: [TENANT],
    severity: "warning",
    reason: "the time spent in what stands above it is not measured",
  },
  {
    middleware: PROMETHEUS_AFTER,
    place: "last",
    allowed: [],
    severity: "warning",
    reason: "requests that others answer before it are not counted",
  },
  {
    middleware: TENANT,
    place: "first",
    allowed: [PROMETHEUS_BEFORE, SECURITY],
    severity: "warning",
    reason: "what stands above it may read the database before the tenant's schema is chosen",
  },
  {
    middleware: "axes.middleware.AxesMiddleware",
    place: "last",
    allowed: [PROMETHEUS_AFTER],
    severity: "info",
    reason: "its documentation wants it to be the first to see the answer to a failed login",
  },
];
