/** A middleware that does not work without some apps. */
export interface AppsOfMiddleware {
  readonly middleware: string;
  readonly apps: readonly string[];
  readonly severity: "error" | "warning";
  /** What goes wrong otherwise: completes "X needs Y in INSTALLED_APPS: ...". */
  readonly reason: string;
  /** Only with these values of a setting (dotted paths, Django's default included). */
  readonly when?: { readonly setting: string; readonly values: readonly string[] };
}

const NO_MODEL =
  "it imports a model of that app, and Django raises RuntimeError for models of apps that are not installed";
const NO_TEMPLATES = "its templates and addresses are those of that app, and are not found";

/** Sources: the modules of the middleware in Django 5.2 and in the packages. */
export const appsOfMiddleware: readonly AppsOfMiddleware[] = [
  {
    middleware: "django.contrib.sessions.middleware.SessionMiddleware",
    apps: ["django.contrib.sessions"],
    severity: "error",
    reason:
      "SESSION_ENGINE keeps sessions in the database, and Django raises RuntimeError for models of apps that are not installed",
    when: {
      setting: "SESSION_ENGINE",
      values: ["django.contrib.sessions.backends.db", "django.contrib.sessions.backends.cached_db"],
    },
  },
  {
    middleware: "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    apps: ["django.contrib.sites", "django.contrib.redirects"],
    severity: "error",
    reason: "Django raises ImproperlyConfigured or RuntimeError when it loads the middleware",
  },
  {
    middleware: "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
    apps: ["django.contrib.flatpages", "django.contrib.sites"],
    severity: "error",
    reason: NO_MODEL,
  },
  { middleware: "silk.middleware.SilkyMiddleware", apps: ["silk"], severity: "error", reason: NO_MODEL },
  { middleware: "waffle.middleware.WaffleMiddleware", apps: ["waffle"], severity: "warning", reason: NO_MODEL },
  {
    middleware: "oauth2_provider.middleware.OAuth2TokenMiddleware",
    apps: ["oauth2_provider"],
    severity: "warning",
    reason: NO_MODEL,
  },
  {
    middleware: "debug_toolbar.middleware.DebugToolbarMiddleware",
    apps: ["debug_toolbar"],
    severity: "warning",
    reason: NO_TEMPLATES,
  },
  {
    middleware: "allauth.account.middleware.AccountMiddleware",
    apps: ["allauth.account"],
    severity: "warning",
    reason: NO_TEMPLATES,
  },
  {
    middleware: "axes.middleware.AxesMiddleware",
    apps: ["axes"],
    severity: "warning",
    reason: "no failed login is counted without it",
  },
];

/** An app that does nothing for logins without a backend of its package. */
export interface BackendOfApp {
  readonly app: string;
  readonly backend: string;
  /** Completes "X ... until Y is in AUTHENTICATION_BACKENDS". */
  readonly effect: string;
  /** Names of backends that do the same. */
  readonly alternatives: RegExp;
  /** Must be the first of the list. */
  readonly isFirst: boolean;
  /** The package's own check for it, and the setting with which the app is turned off. */
  readonly check?: string;
  readonly enabledBy?: string;
  /** Only where allauth logs users in by email address, and the user model is Django's own, which has another name for users. */
  readonly when?: "email-login";
}

/** Sources: the installation pages of the packages. */
export const backendsOfApps: readonly BackendOfApp[] = [
  {
    app: "axes",
    backend: "axes.backends.AxesStandaloneBackend",
    effect: "locks nobody out",
    alternatives: /axes/i,
    isFirst: true,
    check: "axes.W003",
    enabledBy: "AXES_ENABLED",
  },
  {
    app: "guardian",
    backend: "guardian.backends.ObjectPermissionBackend",
    effect: "grants no permission on single objects",
    alternatives: /guardian|objectpermission/i,
    isFirst: false,
    check: "guardian.W001",
  },
  {
    app: "allauth.account",
    backend: "allauth.account.auth_backends.AuthenticationBackend",
    effect: "logs nobody in by email address",
    alternatives: /allauth|email/i,
    isFirst: false,
    when: "email-login",
  },
];

/** Two apps of which one must stand above the other. */
export interface AppOrder {
  readonly above: string;
  readonly below: string;
  readonly severity: "error" | "warning" | "info";
  /** Completes "X must come before Y in INSTALLED_APPS: ...". */
  readonly reason: string;
  readonly check?: string;
}

const STATICFILES = "django.contrib.staticfiles";
const ADMIN = "django.contrib.admin";
const TEMPLATES = "otherwise Django finds the admin's own templates first, and those of the theme are never used";
const COMMANDS = "otherwise Django uses the command of staticfiles";

/** Sources: the installation pages of the packages, and `daphne/checks.py`. */
export const appOrders: readonly AppOrder[] = [
  {
    above: "daphne",
    below: STATICFILES,
    severity: "error",
    reason: "its check stops Django, because runserver would be that of staticfiles",
    check: "daphne.E001",
  },
  { above: "whitenoise.runserver_nostatic", below: STATICFILES, severity: "warning", reason: COMMANDS },
  { above: "collectfasta", below: STATICFILES, severity: "warning", reason: COMMANDS },
  { above: "collectfast", below: STATICFILES, severity: "warning", reason: COMMANDS },
  ...["unfold", "jazzmin", "grappelli", "admin_interface", "suit", "jet", "baton", "admin_tools"].map((above) => ({
    above,
    below: ADMIN,
    severity: "warning" as const,
    reason: TEMPLATES,
  })),
  {
    above: "modeltranslation",
    below: ADMIN,
    severity: "warning",
    reason: "otherwise the fields of its translations are added after the admin has read the models",
  },
];
