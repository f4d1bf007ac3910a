import { table } from "../base/table";

/** What Django's own classes that settings name derive from, where that is another of them (read in 3.2 to 6.1). */
const BASES: Readonly<Record<string, string>> = table({
  "django.contrib.auth.backends.AllowAllUsersModelBackend": "django.contrib.auth.backends.ModelBackend",
  "django.contrib.auth.backends.RemoteUserBackend": "django.contrib.auth.backends.ModelBackend",
  "django.contrib.auth.backends.AllowAllUsersRemoteUserBackend": "django.contrib.auth.backends.RemoteUserBackend",
  "django.contrib.auth.middleware.PersistentRemoteUserMiddleware":
    "django.contrib.auth.middleware.RemoteUserMiddleware",
  // Packages, as their code has it.
  "allauth.account.auth_backends.AuthenticationBackend": "django.contrib.auth.backends.ModelBackend",
  "axes.backends.AxesBackend": "django.contrib.auth.backends.ModelBackend",
  "mozilla_django_oidc.auth.OIDCAuthenticationBackend": "django.contrib.auth.backends.ModelBackend",
});

/** Modules of packages whose classes derive from none of Django's middleware, authentication backends or template backends that are asked for. */
const UNRELATED: readonly string[] = [
  "allauth.account.middleware",
  "auditlog.middleware",
  "axes.middleware",
  "axes.backends.AxesStandaloneBackend",
  "corsheaders",
  "csp.middleware",
  "debug_toolbar",
  "django_browser_reload",
  "django_htmx",
  "django_permissions_policy",
  "django_prometheus",
  "guardian.backends",
  "hijack.middleware",
  "htmlmin",
  "oauth2_provider.middleware",
  "reversion.middleware",
  "silk",
  "simple_history",
  "social_core.backends",
  "waffle",
  "wagtail.contrib.redirects",
  "whitenoise",
];

/**
 * Whether a class of Django's or of a well-known package is, or derives from, another (both dotted paths, as settings name
 * them); `undefined` for all others.
 */
export function isSubclassByName(dotted: string, base: string): boolean | undefined {
  if (dotted === base) return true;
  const own = BASES[dotted];
  if (own !== undefined) return isSubclassByName(own, base);
  const isKnown =
    dotted.startsWith("django.") || UNRELATED.some((one) => dotted === one || dotted.startsWith(`${one}.`));
  return isKnown ? false : undefined;
}
