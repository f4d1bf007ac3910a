import { equals, truthOf } from "../../python/semantics/operators";
import { str } from "../../python/values/value";
import { takesRequestAndReason } from "../dottedPaths";
import { compareReleases } from "../facts";
import type { Release } from "../release";
import { secretKeyWeaknesses } from "../secrets";
import { both, either, not, type CheckedSettings, type DjangoCheck } from "./check";
import {
  hasCspProcessor,
  hasOriginWithoutScheme,
  hasWeakFallback,
  holdsText,
  isInvalidCsp,
  isInvalidOpenerPolicy,
  isInvalidReferrerPolicy,
  isNone,
  isTheTrue,
  judgeKey,
  orRaises,
  usesNonce,
} from "./securityValues";

/*
 * django/core/checks/security/{base,csrf,sessions}.py, async_checks.py and compatibility/django_4_0.py of 1.11 to 6.1. Ids
 * that 1.11 has already stand without `since`.
 */

type Answer = boolean | undefined;
type Asks = (settings: CheckedSettings) => Answer;
type Options = Pick<DjangoCheck, "since" | "until"> & { readonly always?: true };

function row(id: string, options: Options, asks: Asks): DjangoCheck {
  const { always, ...releases } = options;
  return { id, ...releases, isDeployOnly: always !== true, reports: (settings) => orRaises(() => asks(settings)) };
}

const MIDDLEWARE = {
  security: "django.middleware.security.SecurityMiddleware",
  xframe: "django.middleware.clickjacking.XFrameOptionsMiddleware",
  csp: "django.middleware.csp.ContentSecurityPolicyMiddleware",
  csrf: "django.middleware.csrf.CsrfViewMiddleware",
  session: "django.contrib.sessions.middleware.SessionMiddleware",
} as const;

function isBefore(settings: CheckedSettings, release: Release): boolean {
  return compareReleases(settings.django, release) < 0;
}

/** Until 1.11 both lists of middleware are looked at. */
function runs(settings: CheckedSettings, middleware: keyof typeof MIDDLEWARE): Answer {
  const path = MIDDLEWARE[middleware];
  const current = settings.value("MIDDLEWARE");
  if (!isBefore(settings, [2, 0])) return holdsText(current, path);
  const old = holdsText(settings.value("MIDDLEWARE_CLASSES"), path);
  if (current.kind === "unset") return old;
  return either(old, () => both(truthOf(current), () => holdsText(current, path)));
}

/** One of SecurityMiddleware's settings is not True. */
function isNotTrue(settings: CheckedSettings, name: string): Answer {
  return both(runs(settings, "security"), () => not(isTheTrue(settings.value(name))));
}

/** The same of one that only matters with SECURE_HSTS_SECONDS. */
function isHstsWithout(settings: CheckedSettings, name: string): Answer {
  return both(isNotTrue(settings, name), () => truthOf(settings.value("SECURE_HSTS_SECONDS")));
}

/** Until 4.0 anything true switches a cookie's flag on, then only True does. */
function isFlagOff(settings: CheckedSettings, name: string): Answer {
  const value = settings.value(name);
  return not(isBefore(settings, [4, 1]) ? truthOf(value) : isTheTrue(value));
}

/** One id where only the app or only the middleware is there, another where both are. */
function cookieRow(id: string, flag: string, app: boolean, middleware: boolean): DjangoCheck {
  const matches = (answer: Answer, wanted: boolean): Answer => (wanted ? answer : not(answer));
  return row(id, {}, (settings) =>
    both(
      both(isFlagOff(settings, flag), () =>
        matches(holdsText(settings.value("INSTALLED_APPS"), "django.contrib.sessions"), app),
      ),
      () => matches(runs(settings, "session"), middleware),
    ),
  );
}

function isKeyReported(settings: CheckedSettings): Answer {
  const key = settings.value("SECRET_KEY");
  // Django raises ImproperlyConfigured for an empty key, and the check catches that.
  const isThere = key.kind === "unset" ? false : truthOf(key);
  if (isThere !== true) return isThere === false ? true : undefined;
  // The prefix of keys that startproject makes counts since 3.2.
  if (key.kind === "str" && isBefore(settings, [3, 2]))
    return secretKeyWeaknesses(key.value).some((weakness) => weakness !== "insecure-prefix");
  const judged = judgeKey(key);
  return judged === undefined ? undefined : judged === "weak";
}

function isPolicyReported(settings: CheckedSettings): Answer {
  const policy = settings.value("SECURE_REFERRER_POLICY");
  return both(runs(settings, "security"), () => isInvalidReferrerPolicy(policy));
}

function isNonceUnused(settings: CheckedSettings): Answer {
  const hasNonce = either(usesNonce(settings.value("SECURE_CSP")), () =>
    usesNonce(settings.value("SECURE_CSP_REPORT_ONLY")),
  );
  return both(
    both(runs(settings, "csp"), () => hasNonce),
    () => not(hasCspProcessor(settings.value("TEMPLATES"))),
  );
}

/** What CSRF_FAILURE_VIEW leads to; a view that is not there at all raises ViewDoesNotExist, which has no id. */
function isViewReported(settings: CheckedSettings, id: "not-importable" | "wrong-arguments"): Answer {
  const view = settings.value("CSRF_FAILURE_VIEW");
  if (view.kind !== "str")
    return /^(none|bool|int|float|bytes|path|list|tuple|dict)$/.test(view.kind) ? false : undefined;
  if (view.value === "django.views.csrf.csrf_failure") return false;
  const found = settings.view(view.value);
  if (found.kind === "unknown") return undefined;
  if (id === "not-importable") return found.kind === "not-importable";
  if (found.kind !== "callable") return false;
  return found.parameters === undefined ? undefined : !takesRequestAndReason(found.parameters);
}

function isHashingReported(settings: CheckedSettings): Answer {
  const algorithm = settings.value("DEFAULT_HASHING_ALGORITHM");
  return not(either(equals(algorithm, str("sha1")), () => equals(algorithm, str("sha256"))));
}

/** The checks of Django's security, async and compatibility tags. */
export const securityChecks: readonly DjangoCheck[] = [
  row("security.W001", {}, (settings) => not(runs(settings, "security"))),
  row("security.W002", {}, (settings) => not(runs(settings, "xframe"))),
  row("security.W003", {}, (settings) => not(runs(settings, "csrf"))),
  row("security.W004", {}, (settings) =>
    both(runs(settings, "security"), () => not(truthOf(settings.value("SECURE_HSTS_SECONDS")))),
  ),
  row("security.W005", {}, (settings) => isHstsWithout(settings, "SECURE_HSTS_INCLUDE_SUBDOMAINS")),
  row("security.W006", {}, (settings) => isNotTrue(settings, "SECURE_CONTENT_TYPE_NOSNIFF")),
  row("security.W007", { until: [2, 2] }, (settings) => isNotTrue(settings, "SECURE_BROWSER_XSS_FILTER")),
  row("security.W008", {}, (settings) => isNotTrue(settings, "SECURE_SSL_REDIRECT")),
  row("security.W009", {}, isKeyReported),
  cookieRow("security.W010", "SESSION_COOKIE_SECURE", true, false),
  cookieRow("security.W011", "SESSION_COOKIE_SECURE", false, true),
  cookieRow("security.W012", "SESSION_COOKIE_SECURE", true, true),
  cookieRow("security.W013", "SESSION_COOKIE_HTTPONLY", true, false),
  cookieRow("security.W014", "SESSION_COOKIE_HTTPONLY", false, true),
  cookieRow("security.W015", "SESSION_COOKIE_HTTPONLY", true, true),
  row("security.W016", {}, (settings) =>
    both(
      both(not(truthOf(settings.value("CSRF_USE_SESSIONS"))), () => runs(settings, "csrf")),
      () => isFlagOff(settings, "CSRF_COOKIE_SECURE"),
    ),
  ),
  row("security.W018", {}, (settings) => truthOf(settings.value("DEBUG"))),
  row("security.W019", {}, (settings) =>
    both(runs(settings, "xframe"), () => not(equals(settings.value("X_FRAME_OPTIONS"), str("DENY")))),
  ),
  row("security.W020", {}, (settings) => not(truthOf(settings.value("ALLOWED_HOSTS")))),
  row("security.W021", {}, (settings) => isHstsWithout(settings, "SECURE_HSTS_PRELOAD")),
  row("security.W022", { since: [3, 0] }, (settings) =>
    both(runs(settings, "security"), () => isNone(settings.value("SECURE_REFERRER_POLICY"))),
  ),
  row("security.E023", { since: [3, 0] }, isPolicyReported),
  row("security.E024", { since: [4, 0] }, (settings) =>
    both(runs(settings, "security"), () => isInvalidOpenerPolicy(settings.value("SECURE_CROSS_ORIGIN_OPENER_POLICY"))),
  ),
  row("security.W025", { since: [4, 1] }, (settings) => hasWeakFallback(settings.value("SECRET_KEY_FALLBACKS"))),
  row("security.E026", { since: [6, 0], always: true }, (settings) =>
    either(isInvalidCsp(settings.value("SECURE_CSP")), () => isInvalidCsp(settings.value("SECURE_CSP_REPORT_ONLY"))),
  ),
  row("security.W027", { since: [6, 1], always: true }, isNonceUnused),
  row("security.E100", { since: [3, 1], until: [3, 2], always: true }, isHashingReported),
  row("security.E101", { since: [3, 2], always: true }, (settings) => isViewReported(settings, "wrong-arguments")),
  row("security.E102", { since: [3, 2], always: true }, (settings) => isViewReported(settings, "not-importable")),
  row("async.E001", { since: [3, 1] }, ({ variable }) => {
    const value = variable("DJANGO_ALLOW_ASYNC_UNSAFE");
    return value.kind === "unset" ? false : truthOf(value);
  }),
  row("4_0.E001", { since: [4, 0], always: true }, (settings) =>
    hasOriginWithoutScheme(settings.value("CSRF_TRUSTED_ORIGINS")),
  ),
];
