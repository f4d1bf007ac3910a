import { strict as assert } from "node:assert";
import { runChecks, type CheckedSettings } from "../../server/src/django/checks/check";
import { securityChecks } from "../../server/src/django/checks/security";
import type { FoundView } from "../../server/src/django/dottedPaths";
import { defaultOf } from "../../server/src/django/facts";
import type { Release } from "../../server/src/django/release";
import {
  dict,
  FALSE,
  int,
  list,
  NONE,
  str,
  TRUE,
  tuple,
  unknown,
  UNSET,
  type Value,
} from "../../server/src/python/values/value";

const SECURITY = "django.middleware.security.SecurityMiddleware";
const XFRAME = "django.middleware.clickjacking.XFrameOptionsMiddleware";
const CSRF = "django.middleware.csrf.CsrfViewMiddleware";
const SESSION = "django.contrib.sessions.middleware.SessionMiddleware";
const CSP = "django.middleware.csp.ContentSecurityPolicyMiddleware";
const KEY = "0123456789".repeat(5);
const open = unknown("call", "a call");
const nonce: Value = { kind: "external", name: "django.utils.csp.CSP.NONCE", site: undefined };

/** Settings with which nothing is reported. */
const FINE: Readonly<Record<string, Value>> = {
  ALLOWED_HOSTS: list([str("shop.example")]),
  CSRF_COOKIE_SECURE: TRUE,
  INSTALLED_APPS: list([str("django.contrib.sessions")]),
  MIDDLEWARE: list([SECURITY, SESSION, CSRF, XFRAME].map(str)),
  SECRET_KEY: str(KEY),
  SECURE_HSTS_INCLUDE_SUBDOMAINS: TRUE,
  SECURE_HSTS_PRELOAD: TRUE,
  SECURE_HSTS_SECONDS: int(3600),
  SECURE_SSL_REDIRECT: TRUE,
  SESSION_COOKIE_SECURE: TRUE,
  X_FRAME_OPTIONS: str("DENY"),
};

const views: Readonly<Record<string, FoundView>> = {
  "shop.gone.view": { kind: "absent", isModule: true },
  "shop.gone.views.view": { kind: "not-importable" },
  "shop.views.none": { kind: "callable", parameters: [] },
};

/** The reported ids, and those that are open with a question mark. */
function answers(values: Readonly<Record<string, Value>>, django: Release = [5, 2], variable: Value = UNSET): string {
  const all = { ...FINE, ...values };
  const known: Pick<CheckedSettings, "django" | "value" | "view" | "variable"> = {
    django,
    value: (name) => all[name] ?? defaultOf(name, django) ?? UNSET,
    view: (dotted) => views[dotted] ?? { kind: dotted.includes(".") ? "unknown" : "not-importable" },
    variable: () => variable,
  };
  const report = runChecks(securityChecks, known as CheckedSettings);
  return [...report.reported, ...report.open.map((id) => `${id}?`)].map((id) => id.replace("security.", "")).join(" ");
}

describe("Django's security checks", () => {
  it("report nothing about settings that are fine", () => {
    for (const release of [
      [3, 2],
      [4, 2],
      [5, 2],
      [6, 0],
      [6, 1],
    ] as const)
      assert.equal(answers({}, release), "", release.join("."));
  });

  it("report a project's defaults as Django does", () => {
    const none = { MIDDLEWARE: list([]), ALLOWED_HOSTS: list([]), SECRET_KEY: str(""), DEBUG: TRUE };
    assert.equal(answers(none), "W001 W002 W003 W009 W018 W020");
    const unset = Object.fromEntries(
      Object.keys(FINE)
        .filter(
          (name) => !["ALLOWED_HOSTS", "INSTALLED_APPS", "MIDDLEWARE", "SECRET_KEY", "X_FRAME_OPTIONS"].includes(name),
        )
        .map((name) => [name, defaultOf(name, [5, 2]) ?? UNSET]),
    );
    assert.equal(answers(unset), "W004 W008 W012 W016");
    assert.equal(
      answers({ ...unset, SECURE_HSTS_SECONDS: int(60), SESSION_COOKIE_HTTPONLY: FALSE }),
      "W005 W008 W012 W015 W016 W021",
    );
  });

  it("hold to the release", () => {
    assert.equal(answers({}, [2, 2]), "W006 W007");
    assert.equal(answers({}, [3, 0]), "W022");
    assert.equal(answers({ CSRF_COOKIE_SECURE: int(1), SESSION_COOKIE_SECURE: int(1) }, [4, 0]), "");
    assert.equal(answers({ CSRF_COOKIE_SECURE: int(1), SESSION_COOKIE_SECURE: int(1) }, [4, 1]), "W012 W016");
    assert.equal(answers({ SECRET_KEY: str(`django-insecure-${KEY}`) }, [3, 1]), "");
    assert.equal(answers({ SECRET_KEY: str(`django-insecure-${KEY}`) }, [3, 2]), "W009");
    assert.equal(answers({ DEFAULT_HASHING_ALGORITHM: str("md5") }, [3, 2]), "E100");
    assert.equal(answers({ DEFAULT_HASHING_ALGORITHM: str("md5") }, [4, 0]), "");
    assert.equal(answers({ MIDDLEWARE_CLASSES: FINE["MIDDLEWARE"] ?? UNSET, MIDDLEWARE: NONE }, [1, 11]), "W006 W007");
  });

  it("tell the session's ids apart by app and middleware", () => {
    const off = { SESSION_COOKIE_SECURE: FALSE };
    assert.equal(
      answers({ ...off, INSTALLED_APPS: list([str("django.contrib.sessions.apps.SessionsConfig")]) }),
      "W011",
    );
    assert.equal(answers({ ...off, MIDDLEWARE: list([SECURITY, CSRF, XFRAME].map(str)) }), "W010");
    assert.equal(answers({ ...off, INSTALLED_APPS: open }), "W011? W012?");
  });

  it("judge policies, keys, origins and content policies", () => {
    const judged: readonly (readonly [Readonly<Record<string, Value>>, string])[] = [
      [{ SECURE_REFERRER_POLICY: NONE }, "W022"],
      [{ SECURE_REFERRER_POLICY: str("same-origin, origin") }, ""],
      [{ SECURE_REFERRER_POLICY: str("same_origin") }, "E023"],
      [{ SECURE_REFERRER_POLICY: tuple([str("origin"), int(1)]) }, "E023"],
      [{ SECURE_REFERRER_POLICY: int(1) }, ""],
      [{ SECURE_REFERRER_POLICY: open }, "E023? W022?"],
      [{ SECURE_CROSS_ORIGIN_OPENER_POLICY: NONE }, ""],
      [{ SECURE_CROSS_ORIGIN_OPENER_POLICY: FALSE }, "E024"],
      [{ SECURE_CROSS_ORIGIN_OPENER_POLICY: list([str("same-origin")]) }, ""],
      [{ SECRET_KEY: NONE }, "W009"],
      [{ SECRET_KEY: int(5) }, ""],
      [{ SECRET_KEY_FALLBACKS: list([str("short")]) }, "W025"],
      [{ SECRET_KEY_FALLBACKS: list([str("short"), int(1)]) }, ""],
      [{ CSRF_TRUSTED_ORIGINS: list([str("https://a.example"), str("b.example")]) }, "4_0.E001"],
      [{ CSRF_TRUSTED_ORIGINS: list([open]) }, "4_0.E001?"],
      [{ CSRF_TRUSTED_ORIGINS: str("https://a.example") }, "4_0.E001"],
      [{ SECURE_CSP: list([]), SECURE_CSP_REPORT_ONLY: NONE }, "E026"],
      [{ CSRF_FAILURE_VIEW: str("view") }, "E102"],
      [{ CSRF_FAILURE_VIEW: str("shop.gone.view") }, ""],
      [{ CSRF_FAILURE_VIEW: str("shop.gone.views.view") }, "E102"],
      [{ CSRF_FAILURE_VIEW: str("shop.views.none") }, "E101"],
      [{ CSRF_FAILURE_VIEW: str("other.views.view") }, "E101? E102?"],
    ];
    for (const [values, ids] of judged) assert.equal(answers(values, [6, 1]), ids, Object.keys(values).join());
  });

  it("want the nonce's context processor where a policy uses the nonce", () => {
    const engine = (processors: readonly string[]): Value =>
      list([dict([["OPTIONS", dict([["context_processors", list(processors.map(str))]])]])]);
    const policy = {
      MIDDLEWARE: list([SECURITY, SESSION, CSRF, XFRAME, CSP].map(str)),
      SECURE_CSP: dict([["script-src", list([nonce])]]),
    };
    assert.equal(answers({ ...policy, TEMPLATES: engine([]) }, [6, 1]), "W027");
    assert.equal(answers({ ...policy, TEMPLATES: engine(["django.template.context_processors.csp"]) }, [6, 1]), "");
    assert.equal(answers({ ...policy, TEMPLATES: engine([]) }, [6, 0]), "");
    assert.equal(answers({ ...policy, TEMPLATES: list([open]) }, [6, 1]), "W027?");
  });

  it("see the variable that switches async safety off", () => {
    assert.equal(answers({}, [5, 2], str("true")), "async.E001");
    assert.equal(answers({}, [5, 2], str("")), "");
    assert.equal(answers({}, [5, 2], open), "async.E001?");
  });
});
