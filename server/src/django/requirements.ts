/** An app that does not work without others. */
export interface AppRequirement {
  readonly app: string;
  readonly needs: string;
  /** `error`: Django or the package raises, or a part of it is dead. */
  readonly severity: "error" | "warning" | "info";
  /** What goes wrong otherwise: completes "X needs Y in INSTALLED_APPS: ...". */
  readonly reason: string;
  /** Django's own check for it. */
  readonly check?: string;
}

const NOT_LOADED =
  "it imports models of that app, and Django raises RuntimeError for models of apps that are not installed";

/** Sources: the apps' models and Django's checks in 5.2, and for packages their installation pages and models. */
export const appRequirements: readonly AppRequirement[] = [
  { app: "django.contrib.admin", needs: "django.contrib.contenttypes", severity: "error", reason: NOT_LOADED },
  {
    app: "django.contrib.admin",
    needs: "django.contrib.auth",
    severity: "error",
    reason: "its users and permissions are models of that app, and everything that asks for them raises RuntimeError",
  },
  {
    app: "django.contrib.admin",
    needs: "django.contrib.messages",
    severity: "error",
    reason: "it tells what has been saved by messages, and Django's checks fail without them",
    check: "admin.E406",
  },
  { app: "django.contrib.auth", needs: "django.contrib.contenttypes", severity: "error", reason: NOT_LOADED },
  { app: "django.contrib.flatpages", needs: "django.contrib.sites", severity: "error", reason: NOT_LOADED },
  { app: "django.contrib.redirects", needs: "django.contrib.sites", severity: "error", reason: NOT_LOADED },
  {
    app: "rest_framework.authtoken",
    needs: "rest_framework",
    severity: "warning",
    reason: "its templates and translations are those of that app",
  },
  ...["drf_spectacular", "drf_yasg", "djoser", "dj_rest_auth"].map((app): AppRequirement => ({
    app,
    needs: "rest_framework",
    severity: "warning",
    reason: "the pages that browsers get of the API are templates of that app, and are not found",
  })),
  {
    app: "allauth.account",
    needs: "allauth",
    severity: "error",
    reason: "its templates are in that app, and no page of it is found without them",
  },
  { app: "allauth.account", needs: "django.contrib.auth", severity: "error", reason: NOT_LOADED },
  { app: "allauth.socialaccount", needs: "allauth.account", severity: "error", reason: NOT_LOADED },
  {
    app: "two_factor",
    needs: "django_otp",
    severity: "error",
    reason: "it keeps the second factors in devices of that app",
  },
  {
    app: "two_factor",
    needs: "django_otp.plugins.otp_static",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    app: "two_factor",
    needs: "django_otp.plugins.otp_totp",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    app: "admin_interface",
    needs: "colorfield",
    severity: "error",
    reason: "the colours of its themes are fields of that app",
  },
  {
    app: "cloudinary_storage",
    needs: "cloudinary",
    severity: "warning",
    reason: "its template tags are in that app",
  },
  {
    app: "debug_toolbar",
    needs: "django.contrib.staticfiles",
    severity: "warning",
    reason: "its scripts and styles are static files that are not served otherwise",
  },
];

/** A class that a setting names and that does not work without an app. */
export interface ClassRequirement {
  readonly setting: string;
  readonly path: string;
  readonly needs: string;
  readonly severity: "error" | "warning" | "info";
  readonly reason: string;
  /** Where REST_FRAMEWORK lists other renderers than this one, nothing needs the app. */
  readonly renderer?: string;
}

/**
 * Sources: `rest_framework.authtoken.models.Token`, abstract without its app, the models of the others, Celery's
 * `BACKEND_ALIASES` with the entry points of django-celery-results, and `DjangoFilterBackend.to_html` of django-filter.
 */
export const classRequirements: readonly ClassRequirement[] = [
  {
    setting: "REST_FRAMEWORK",
    path: "rest_framework.authentication.TokenAuthentication",
    needs: "rest_framework.authtoken",
    severity: "error",
    reason: "without it there is no table of tokens, and each request with one gets a server error",
  },
  {
    setting: "REST_FRAMEWORK",
    path: "knox.auth.TokenAuthentication",
    needs: "knox",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    setting: "REST_FRAMEWORK",
    path: "oauth2_provider.contrib.rest_framework.OAuth2Authentication",
    needs: "oauth2_provider",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    setting: "REST_FRAMEWORK",
    path: "django_filters.rest_framework.DjangoFilterBackend",
    needs: "django_filters",
    severity: "warning",
    reason:
      "the template of its form is in that app, and the browsable API answers with a server error where a view has filters",
    renderer: "rest_framework.renderers.BrowsableAPIRenderer",
  },
  {
    setting: "AUTHENTICATION_BACKENDS",
    path: "allauth.account.auth_backends.AuthenticationBackend",
    needs: "allauth.account",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    setting: "AUTHENTICATION_BACKENDS",
    path: "guardian.backends.ObjectPermissionBackend",
    needs: "guardian",
    severity: "warning",
    reason: "its permissions are models of that app, and each check of a permission on an object raises RuntimeError",
  },
  {
    setting: "STATICFILES_FINDERS",
    path: "compressor.finders.CompressorFinder",
    needs: "compressor",
    severity: "info",
    reason: "the template tags that make the files which it finds are in that app",
  },
  {
    setting: "CELERY_BEAT_SCHEDULER",
    path: "django_celery_beat.schedulers:DatabaseScheduler",
    needs: "django_celery_beat",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    setting: "CELERY_BEAT_SCHEDULER",
    path: "django_celery_beat.schedulers.DatabaseScheduler",
    needs: "django_celery_beat",
    severity: "error",
    reason: NOT_LOADED,
  },
  {
    setting: "CELERY_RESULT_BACKEND",
    path: "django-db",
    needs: "django_celery_results",
    severity: "error",
    reason: NOT_LOADED,
  },
];

/** Views of a package that do not work without an app. */
export interface RouteRequirement {
  /** The module or class that a URLconf names. */
  readonly path: string;
  readonly needs: string;
  readonly severity: "error" | "warning";
  readonly reason: string;
}

const NO_PAGES = "the pages that it shows are templates of that app, and are not found";

/** Sources: the templates that the packages' views render, and the models that their modules of URLs import. */
export const routeRequirements: readonly RouteRequirement[] = [
  { path: "rest_framework.urls", needs: "rest_framework", severity: "warning", reason: NO_PAGES },
  ...["SpectacularSwaggerView", "SpectacularSwaggerSplitView", "SpectacularRedocView"].map(
    (view): RouteRequirement => ({
      path: `drf_spectacular.views.${view}`,
      needs: "drf_spectacular",
      severity: "warning",
      reason: NO_PAGES,
    }),
  ),
  { path: "rosetta.urls", needs: "rosetta", severity: "warning", reason: NO_PAGES },
  ...[
    ["allauth.account.urls", "allauth.account"],
    ["oauth2_provider.urls", "oauth2_provider"],
    ["knox.urls", "knox"],
    ["silk.urls", "silk"],
    ["captcha.urls", "captcha"],
    ["explorer.urls", "explorer"],
    ["wagtail.admin.urls", "wagtail.admin"],
  ].map(([path = "", needs = ""]): RouteRequirement => ({ path, needs, severity: "error", reason: NOT_LOADED })),
];

/** An app that only works with middleware of its package, or of Django. */
export interface MiddlewareRequirement {
  readonly app: string;
  readonly middleware: string;
  readonly severity: "error" | "warning" | "info";
  /** What goes wrong otherwise: completes "X needs Y in MIDDLEWARE: ...". */
  readonly reason: string;
  /** Names of middleware that may do the same, beside those that contain the class's own. */
  readonly alternatives: RegExp;
  /** Middleware below which it goes, where one is listed. */
  readonly after: readonly string[];
  /** Middleware above which it goes otherwise. */
  readonly before?: readonly string[];
  /** The first release of the package that needs it, with the lowest series of Django that it runs on. */
  readonly since?: {
    readonly name: string;
    readonly version: readonly [number, number];
    readonly django: readonly [number, number];
  };
  /** Django's own check for it: then it is asked, and decides. */
  readonly check?: string;
}

const SECURITY = "django.middleware.security.SecurityMiddleware";
const SESSION = "django.contrib.sessions.middleware.SessionMiddleware";
const COMMON = "django.middleware.common.CommonMiddleware";
const CSRF = "django.middleware.csrf.CsrfViewMiddleware";
const AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware";
const MESSAGES = "django.contrib.messages.middleware.MessageMiddleware";
const GZIP = "django.middleware.gzip.GZipMiddleware";

/** Sources: `check_dependencies` of Django's admin, and for packages their installation pages and checks. */
export const middlewareRequirements: readonly MiddlewareRequirement[] = [
  {
    app: "django.contrib.admin",
    middleware: SESSION,
    severity: "error",
    reason: "nobody can log in to the admin without sessions, and Django's checks fail",
    alternatives: /session/i,
    after: [SECURITY],
    before: [COMMON, CSRF, AUTHENTICATION, MESSAGES],
    check: "admin.E410",
  },
  {
    app: "django.contrib.admin",
    middleware: AUTHENTICATION,
    severity: "error",
    reason: "its pages ask for request.user, which nothing sets, and Django's checks fail",
    alternatives: /auth/i,
    after: [SESSION, COMMON, CSRF],
    before: [MESSAGES],
    check: "admin.E408",
  },
  {
    app: "django.contrib.admin",
    middleware: MESSAGES,
    severity: "error",
    reason: "saving anything in it raises MessageFailure, and Django's checks fail",
    alternatives: /message/i,
    after: [SESSION, AUTHENTICATION],
    check: "admin.E409",
  },
  {
    app: "allauth.account",
    middleware: "allauth.account.middleware.AccountMiddleware",
    severity: "error",
    reason: "it raises ImproperlyConfigured at start since 0.56",
    alternatives: /allauth|account/i,
    after: [AUTHENTICATION, MESSAGES],
    since: { name: "django-allauth", version: [0, 56], django: [3, 2] },
  },
  {
    app: "two_factor",
    middleware: "django_otp.middleware.OTPMiddleware",
    severity: "error",
    reason: "its pages ask whether the user is verified, which nothing answers",
    alternatives: /otp|two_?factor/i,
    after: [AUTHENTICATION],
  },
  {
    app: "django_otp",
    middleware: "django_otp.middleware.OTPMiddleware",
    severity: "warning",
    reason: "no user counts as verified without it",
    alternatives: /otp|two_?factor/i,
    after: [AUTHENTICATION],
  },
  {
    app: "axes",
    middleware: "axes.middleware.AxesMiddleware",
    severity: "warning",
    reason: "logins that are locked out get an error instead of the answer that says so",
    alternatives: /axes/i,
    after: [],
    since: { name: "django-axes", version: [5, 0], django: [1, 11] },
  },
  {
    app: "corsheaders",
    middleware: "corsheaders.middleware.CorsMiddleware",
    severity: "warning",
    reason: "no answer gets CORS headers without it",
    alternatives: /cors/i,
    after: [],
    before: [COMMON],
  },
  {
    app: "debug_toolbar",
    middleware: "debug_toolbar.middleware.DebugToolbarMiddleware",
    severity: "warning",
    reason: "the toolbar is not shown without it",
    alternatives: /toolbar/i,
    after: [GZIP],
    before: [SECURITY, SESSION, COMMON],
  },
  {
    app: "hijack",
    middleware: "hijack.middleware.HijackUserMiddleware",
    severity: "warning",
    reason: "nothing says in whose name a request is made without it",
    alternatives: /hijack/i,
    after: [AUTHENTICATION],
    since: { name: "django-hijack", version: [3, 0], django: [2, 2] },
  },
  {
    app: "silk",
    middleware: "silk.middleware.SilkyMiddleware",
    severity: "warning",
    reason: "no request is recorded without it",
    alternatives: /silk/i,
    after: [GZIP],
    before: [SECURITY, SESSION, COMMON],
  },
  {
    app: "simple_history",
    middleware: "simple_history.middleware.HistoryRequestMiddleware",
    severity: "info",
    reason: "changes are kept without the user who made them",
    alternatives: /histor/i,
    after: [AUTHENTICATION],
  },
  {
    app: "auditlog",
    middleware: "auditlog.middleware.AuditlogMiddleware",
    severity: "info",
    reason: "changes are kept without the user who made them",
    alternatives: /audit/i,
    after: [AUTHENTICATION],
  },
  {
    app: "waffle",
    middleware: "waffle.middleware.WaffleMiddleware",
    severity: "info",
    reason: "flags that are on for a share of visitors are drawn anew for each request",
    alternatives: /waffle/i,
    after: [],
  },
  {
    app: "django_browser_reload",
    middleware: "django_browser_reload.middleware.BrowserReloadMiddleware",
    severity: "info",
    reason: "pages do not reload by themselves without it or its template tag",
    alternatives: /reload/i,
    after: [],
  },
];
