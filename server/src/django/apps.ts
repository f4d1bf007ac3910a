/** Why a middleware does nothing in a project. */
export type UselessWhen =
  /** None of `apps` is in INSTALLED_APPS. */
  | { readonly kind: "without-apps"; readonly apps: readonly string[] }
  /** USE_I18N is False. */
  | { readonly kind: "without-translations" }
  /** LANGUAGES has no other language than LANGUAGE_CODE, and no address names one. */
  | { readonly kind: "with-one-language" }
  /** Static files are stored where another server serves them. */
  | { readonly kind: "static-elsewhere" }
  /** DEBUG is False. */
  | { readonly kind: "without-debug" }
  /** The middleware is an empty shell in the releases that have it. */
  | { readonly kind: "always" };

/** A middleware that does nothing under a condition. */
export interface UselessMiddleware {
  readonly middleware: string;
  readonly when: UselessWhen;
  /** A clause that completes "does nothing here: ...". */
  readonly reason: string;
  /** Apps and middleware (dotted paths) that need it to be listed all the same: with one of them, say nothing. */
  readonly neededBy: readonly string[];
  /** A setting that can give it something to do: where it is set, say nothing. */
  readonly unlessSet?: string;
}

/** Sources: the code of each middleware in Django 5.2, and for third parties their documentation. */
export const uselessMiddleware: readonly UselessMiddleware[] = [
  {
    middleware: "django.middleware.locale.LocaleMiddleware",
    when: { kind: "without-translations" },
    reason: "USE_I18N is False, so there is only one language to choose from",
    neededBy: [],
  },
  {
    middleware: "django.middleware.locale.LocaleMiddleware",
    when: { kind: "with-one-language" },
    reason: "LANGUAGES has no other language than LANGUAGE_CODE, and no address begins with one",
    // They read the request's language themselves.
    neededBy: ["cms", "parler"],
  },
  {
    middleware: "django.contrib.messages.middleware.MessageMiddleware",
    when: { kind: "without-apps", apps: ["django.contrib.messages"] },
    reason: "django.contrib.messages is not installed",
    neededBy: ["django.contrib.admin", "allauth.account", "allauth.account.middleware.AccountMiddleware"],
  },
  {
    middleware: "django.contrib.admindocs.middleware.XViewMiddleware",
    when: { kind: "without-apps", apps: ["django.contrib.admindocs"] },
    reason: "only the admin's documentation pages use the header that it adds, and they are not installed",
    neededBy: [],
  },
  {
    middleware: "django.contrib.auth.middleware.SessionAuthenticationMiddleware",
    when: { kind: "always" },
    reason: "since Django 1.10 sessions are verified without it",
    neededBy: [],
  },
  {
    middleware: "whitenoise.middleware.WhiteNoiseMiddleware",
    when: { kind: "static-elsewhere" },
    reason: "static files are stored in the cloud and served from there",
    neededBy: [],
    unlessSet: "WHITENOISE_ROOT",
  },
  {
    middleware: "debug_toolbar.middleware.DebugToolbarMiddleware",
    when: { kind: "without-debug" },
    reason: "the toolbar only shows while DEBUG is True",
    neededBy: [],
    unlessSet: "DEBUG_TOOLBAR_CONFIG",
  },
  {
    middleware: "django_browser_reload.middleware.BrowserReloadMiddleware",
    when: { kind: "without-debug" },
    reason: "it only reloads pages while DEBUG is True",
    neededBy: [],
  },
];

/**
 * Whether an INSTALLED_APPS entry is an app: named by its package or by a configuration class in it
 * (`django.contrib.admin.apps.SimpleAdminConfig`). Takes dotted paths.
 */
export function isEntryOfApp(entry: string, app: string): boolean {
  return entry === app || entry.startsWith(`${app}.apps.`);
}
