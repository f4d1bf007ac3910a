import assert from "node:assert/strict";
import {
  entropy,
  isAlwaysSecretName,
  isPlaceholder,
  isSecretName,
  looksRandom,
  secretKeyWeaknesses,
  tokenKind,
  urlWithPassword,
} from "../../server/src/django/secrets";

describe("what is a secret", () => {
  it("is told by the name", () => {
    for (const name of [
      "SECRET_KEY",
      "EMAIL_HOST_PASSWORD",
      "STRIPE_LIVE_SECRET_KEY",
      "MAPS_API_KEY",
      "PAYMENT_WEBHOOK_SECRET",
      "SLACK_TOKEN_PROD",
      "password",
      "client_secret",
      "GATEWAY_TOKEN_2",
      "JWT_PRIVATE_KEY",
    ]) {
      assert.equal(isSecretName(name), true, name);
    }
  });

  it("is not told by a name that only looks alike", () => {
    for (const name of [
      "API_URL",
      "API_VERSION",
      "AUTH_USER_MODEL",
      "AUTH_PASSWORD_VALIDATORS",
      "PASSWORD_HASHERS",
      "PASSWORD_RESET_TIMEOUT",
      "CACHE_MIDDLEWARE_KEY_PREFIX",
      "KEY_FUNCTION",
      "STRIPE_PUBLISHABLE_KEY",
      "RECAPTCHA_SITE_KEY",
      "VAPID_PUBLIC_KEY",
      "CSRF_COOKIE_NAME",
      "SENTRY_DSN",
      "AWS_ACCESS_KEY_ID",
      "COMPASS_BEARING",
      "TOKEN_MODEL",
      "MONKEY_PATCH",
    ]) {
      assert.equal(isSecretName(name), false, name);
    }
  });

  it("is certain for some names", () => {
    assert.equal(isAlwaysSecretName("EMAIL_HOST_PASSWORD"), true);
    assert.equal(isAlwaysSecretName("MAPS_API_KEY"), false);
  });

  it("is told by the shape of well-known tokens", () => {
    // Put together here, so that no scanner takes this file for a leak.
    assert.equal(tokenKind(["AKIA", "Q7N4ZLMB2XTWVC5D"].join("")), "AWS access key");
    assert.equal(tokenKind(["ghp", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_")), "GitHub token");
    assert.equal(tokenKind(["-----BEGIN RSA", "PRIVATE KEY-----\nMIIE"].join(" ")), "private key");
    assert.equal(tokenKind("sk_test_abcdefghijklmnop"), undefined);
    assert.equal(tokenKind("django.core.cache"), undefined);
  });

  it("is not a placeholder", () => {
    for (const text of [
      "changeme",
      "CHANGE_ME",
      "<your key>",
      "{{ secret_key }}",
      "!!!SET DJANGO_SECRET_KEY!!!",
      "***UNSET***",
      "xxxxxxxx",
      "********",
      "",
      "your-secret-key",
      "${SECRET}",
    ]) {
      assert.equal(isPlaceholder(text), true, text);
    }
    for (const text of ["hunter2!Fjord", "q8Zr0T5vLw2N"]) assert.equal(isPlaceholder(text), false, text);
  });

  it("looks random", () => {
    for (const text of ["9f86d081884c7d65", "Jb3!kq8Zr0T5vLw2", "whsec7Qm2LpZx9RtV4"])
      assert.equal(looksRandom(text), true, text);
    for (const text of [
      "https://api.example.org/v1/keys",
      "django.contrib.auth.hashers.Argon2PasswordHasher",
      "/run/secrets/jwt.pem",
      "my-company-realm",
      "A sentence about a Password 42",
      "short1A",
      "shop.tokens.Model",
    ]) {
      assert.equal(looksRandom(text), false, text);
    }
  });

  it("measures entropy in bits a character", () => {
    assert.equal(entropy(""), 0);
    assert.equal(entropy("aaaa"), 0);
    assert.equal(entropy("abab"), 1);
    assert.equal(entropy("abcdefgh"), 3);
    assert.equal(entropy("🔑🔒"), 1);
  });

  it("finds the password in a URL", () => {
    assert.deepEqual(urlWithPassword("postgres://shop:Tr4ctor@db.internal:5432/shop"), {
      scheme: "postgres",
      user: "shop",
      password: "Tr4ctor",
      host: "db.internal",
    });
    assert.equal(urlWithPassword("redis://:Tr4ctor@cache:6379/0")?.user, "");
    for (const text of [
      "postgres://shop@db/shop",
      "https://example.org/a:b@c",
      "postgres://shop:<password>@db/shop",
      "postgres://u:${PW}@db/x",
      "redis://cache:6379",
    ]) {
      assert.equal(urlWithPassword(text), undefined, text);
    }
  });

  it("finds a SECRET_KEY weak as Django does", () => {
    assert.deepEqual(secretKeyWeaknesses("django-insecure-1"), ["short", "insecure-prefix"]);
    assert.deepEqual(secretKeyWeaknesses("a".repeat(60)), ["monotonous"]);
    assert.deepEqual(secretKeyWeaknesses("0123456789".repeat(5)), []);
  });
});
