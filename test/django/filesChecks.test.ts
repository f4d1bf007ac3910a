import assert from "node:assert/strict";
import { runChecks, type CheckedSettings } from "../../server/src/django/checks/check";
import { filesChecks } from "../../server/src/django/checks/files";
import { relationOf } from "../../server/src/django/checks/filesPaths";
import { defaultOf } from "../../server/src/django/facts";
import type { Release } from "../../server/src/django/release";
import { dict, list, NONE, path, str, tuple, unknown, UNSET, type Value } from "../../server/src/python/values/value";

const UNKNOWN = unknown("call", "result of a call");
const STATIC = list([str("django.contrib.staticfiles")]);
const fileCache = (location: Value): Value =>
  dict(
    [
      ["BACKEND", str("django.core.cache.backends.filebased.FileBasedCache")],
      ["LOCATION", location],
    ].map(pair),
  );
const caches = (location: Value): Value => dict([["default", fileCache(location)]]);

function pair(entry: readonly (string | Value)[]): readonly [string, Value] {
  return [entry[0] as string, entry[1] as Value];
}

function settings(values: Readonly<Record<string, Value>>, django: Release): CheckedSettings {
  // These checks ask for nothing else.
  const known: Pick<CheckedSettings, "django" | "value" | "isOverridden" | "installs" | "isFolder"> = {
    django,
    value: (name) => values[name] ?? defaultOf(name, django) ?? UNSET,
    isOverridden: (name) => name in values,
    installs: () => values["INSTALLED_APPS"] === STATIC,
    isFolder: (folder) => (folder.startsWith("/project") ? folder === "/project/static" : undefined),
  };
  return known as CheckedSettings;
}

/** The reported ids, and those that are open with a question mark; W042 left out where nothing is said of it. */
function answers(values: Readonly<Record<string, Value>>, django: Release = [5, 2]): string {
  const all = { DEFAULT_AUTO_FIELD: str("django.db.models.BigAutoField"), ...values };
  const { reported, open } = runChecks(filesChecks, settings(all, django));
  return [...reported, ...open.map((id) => `${id}?`)].join(" ");
}

describe("Django's checks of files, caches, mail and URLs", () => {
  it("report nothing about Django's defaults", () => {
    for (const release of [
      [3, 2],
      [4, 2],
      [5, 2],
      [6, 0],
      [6, 1],
    ] as const)
      assert.equal(answers({}, release), "");
  });

  it("know caches without a default", () => {
    assert.equal(answers({ CACHES: dict([]) }), "caches.E001");
    assert.equal(answers({ CACHES: UNKNOWN }), "caches.E001? caches.W003?");
  });

  it("know where a cache in files lies to what is served", () => {
    const CACHES = caches(str("/project/media/cache"));
    assert.equal(answers({ CACHES, MEDIA_ROOT: path("/project/media") }), "caches.W002");
    assert.equal(answers({ CACHES, MEDIA_ROOT: str("/project/media/cache/pages/../..") }), "caches.W002");
    assert.equal(answers({ CACHES, MEDIA_ROOT: str("/project/media/cache/pages") }), "caches.W002");
    assert.equal(answers({ CACHES, MEDIA_ROOT: str("/project/med") }), "");
    assert.equal(answers({ CACHES, MEDIA_ROOT: str("media") }), "caches.W002?");
    assert.equal(
      answers({ CACHES, STATICFILES_DIRS: list([tuple([str("x"), path("/project/media")])]) }),
      "caches.W002",
    );
    assert.equal(answers({ CACHES: caches(UNKNOWN), MEDIA_ROOT: str("/m") }), "caches.W002? caches.W003?");
  });

  it("know relative locations", () => {
    assert.equal(answers({ CACHES: caches(path("var/cache")) }), "caches.W003");
    assert.equal(answers({ CACHES: caches(str("C:/cache")) }), "caches.W003?");
    const without = dict([["BACKEND", str("django.core.cache.backends.filebased.FileBasedCache")]]);
    assert.equal(answers({ CACHES: dict([["default", without]]) }), "");
    const mixed = dict([
      ["default", dict([["BACKEND", str("django_redis.cache.RedisCache")]])],
      ["files", fileCache(str("cache"))],
    ]);
    assert.equal(answers({ CACHES: mixed }), "caches.W003?");
  });

  it("know STATICFILES_DIRS", () => {
    const of = (dirs: Value, more: Readonly<Record<string, Value>> = {}, django: Release = [5, 2]): string =>
      answers({ INSTALLED_APPS: STATIC, STATICFILES_DIRS: dirs, ...more }, django);
    const root = { STATIC_ROOT: path("/project/static") };
    assert.equal(of(list([str("/project/static")])), "");
    assert.equal(of(list([str("/project/static/")]), root), "staticfiles.E002");
    assert.equal(
      of(list([str("/project/assets"), UNKNOWN]), root),
      "staticfiles.W004 staticfiles.E002? staticfiles.E003?",
    );
    assert.equal(of(tuple([tuple([str("img/"), str("/project/static")])])), "staticfiles.E003");
    assert.equal(of(str("/project/static")), "staticfiles.E001");
    assert.equal(of(str("/project/static"), {}, [3, 2]), "staticfiles.E001");
    assert.equal(of(list([str("/project/gone/../static")])), "staticfiles.W004");
    assert.equal(of(path("/project/static")), "");
    assert.equal(of(path("/project/static"), root, [3, 2]), "");
    assert.equal(of(list([tuple([str("a"), str("b"), str("c")])])), "");
    assert.equal(of(list([str("static")])), "staticfiles.W004?");
    assert.equal(of(list([str("/project/assets")]), {}, [3, 2]), "");
    assert.equal(
      of(list([str("/project/assets")]), { STATICFILES_FINDERS: list([str("a.Finder")]) }),
      "staticfiles.W004?",
    );
    assert.equal(answers({ STATICFILES_DIRS: str("/project/static") }), "");
  });

  it("know storages without static files", () => {
    const STORAGES = dict([["default", dict([])]]);
    assert.equal(answers({ INSTALLED_APPS: STATIC, STORAGES }), "staticfiles.E005");
    assert.equal(answers({ INSTALLED_APPS: STATIC, STORAGES }, [4, 2]), "");
  });

  it("know mailers", () => {
    const console = dict([["BACKEND", str("django.core.mail.backends.console.EmailBackend")]]);
    assert.equal(answers({ MAILERS: dict([["default", console]]) }, [6, 1]), "mail.E001");
    assert.equal(answers({ MAILERS: dict([["other", console]]) }, [6, 1]), "mail.W001");
    assert.equal(answers({ MAILERS: dict([["default", dict([])]]) }, [6, 1]), "");
    assert.equal(answers({ MAILERS: dict([]), EMAIL_HOST: str("mail.example") }, [6, 1]), "");
  });

  it("know URLs, upload folders, databases and keys", () => {
    assert.equal(answers({ STATIC_URL: str("static") }), "urls.E006");
    assert.equal(answers({ STATIC_URL: str(""), MEDIA_URL: str("/media/") }), "");
    assert.equal(answers({ STATIC_URL: UNKNOWN, MEDIA_URL: str("media") }), "urls.E006");
    assert.equal(answers({ FILE_UPLOAD_TEMP_DIR: path("/project/tmp") }), "files.E001");
    assert.equal(answers({ FILE_UPLOAD_TEMP_DIR: path("/tmp/up") }), "files.E001?");
    assert.equal(answers({ FILE_UPLOAD_TEMP_DIR: NONE }), "");
    const engine = (name: string): Value => dict([["default", dict([["ENGINE", str(`django.db.backends.${name}`)]])]]);
    assert.equal(answers({ DATABASES: engine("mysql") }), "mysql.W002?");
    assert.equal(answers({ DATABASES: engine("sqlite3") }), "");
    const apps = runChecks(filesChecks, settings({ INSTALLED_APPS: list([str("shop")]) }, [5, 2]));
    assert.deepEqual(apps, { reported: [], open: ["models.W042"] });
  });
});

describe("How a path lies to another", () => {
  it("is told for two of a kind, and not for a relative and an absolute one", () => {
    assert.equal(relationOf("media", "media/"), "matches");
    assert.equal(relationOf("media/cache", "media"), "is inside");
    assert.equal(relationOf("", "media"), "contains");
    assert.equal(relationOf("../media", "media"), undefined);
    assert.equal(relationOf("/", "/srv"), "contains");
    assert.equal(relationOf("media", "/"), "is inside");
    assert.equal(relationOf("media", "/srv"), undefined);
    assert.equal(relationOf("/srv/a", "/srv/b"), "apart");
  });
});
