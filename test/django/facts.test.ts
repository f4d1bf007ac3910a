import assert from "node:assert/strict";
import {
  compareReleases,
  defaultOf,
  djangoSettingNames,
  isDjangoSetting,
  newestRelease,
  releaseText,
  settingFact,
} from "../../server/src/django/facts";
import { removedSettings } from "../../server/src/django/removed";
import { FALSE, list, NONE, str, TRUE, tuple } from "../../server/src/python/values/value";

describe("facts about Django's settings", () => {
  it("know the settings of every release, and no others", () => {
    for (const name of ["DEBUG", "MIDDLEWARE_CLASSES", "STORAGES", "SITE_ID", "ROOT_URLCONF", "MAILERS", "ADMIN_FOR"]) {
      assert.equal(isDjangoSetting(name), true, name);
    }
    for (const name of ["debug", "CORS_ALLOWED_ORIGINS", "SECURE_FRAME_DENY", "toString", "__proto__", ""]) {
      assert.equal(isDjangoSetting(name), false, name);
      assert.equal(settingFact(name), undefined);
    }
    assert.ok(djangoSettingNames().length > 150);
  });

  it("say since when and until when", () => {
    assert.deepEqual(settingFact("STORAGES")?.since, [4, 2]);
    assert.equal(settingFact("DEBUG")?.since, undefined);
    assert.equal(settingFact("DEBUG")?.removed, undefined);
    const storage = settingFact("STATICFILES_STORAGE");
    assert.deepEqual(
      [storage?.deprecated, storage?.removed],
      [
        [4, 2],
        [5, 1],
      ],
    );
    assert.equal(storage?.losesSilently, true);
    assert.equal(storage?.docs, "https://docs.djangoproject.com/en/5.0/ref/settings/#std-setting-STATICFILES_STORAGE");
    assert.equal(
      settingFact("DEBUG")?.docs,
      `https://docs.djangoproject.com/en/${releaseText(newestRelease)}/ref/settings/#std-setting-DEBUG`,
    );
  });

  it("say which types a setting takes", () => {
    assert.deepEqual(settingFact("ALLOWED_HOSTS")?.types, ["list", "tuple"]);
    assert.deepEqual(settingFact("STATIC_ROOT")?.types, ["none", "path", "str"]);
    assert.deepEqual(settingFact("DEBUG")?.types, ["bool"]);
    const untyped = djangoSettingNames().filter((name) => {
      const fact = settingFact(name);
      const current = fact !== undefined && fact.removed === undefined;
      return current && (fact.types.length === 0 || fact.types.join() === "none");
    });
    assert.deepEqual(untyped, []);
  });

  it("know each release's default", () => {
    assert.deepEqual(defaultOf("X_FRAME_OPTIONS", [2, 2]), str("SAMEORIGIN"));
    assert.deepEqual(defaultOf("X_FRAME_OPTIONS", [3, 0]), str("DENY"));
    assert.deepEqual(defaultOf("USE_TZ", [4, 2]), FALSE);
    assert.deepEqual(defaultOf("USE_TZ", [5, 2]), TRUE);
    assert.deepEqual(defaultOf("USE_TZ", [99, 0]), TRUE);
    assert.deepEqual(defaultOf("INSTALLED_APPS", [1, 8]), tuple([]));
    assert.deepEqual(defaultOf("INSTALLED_APPS", [1, 9]), list([]));
    assert.deepEqual(defaultOf("MIDDLEWARE", [1, 11]), NONE);
    assert.equal(defaultOf("STORAGES", [4, 1]), undefined);
    assert.equal(defaultOf("USE_L10N", [5, 0]), undefined);
    assert.equal(defaultOf("ROOT_URLCONF", [5, 2]), undefined);
  });

  it("give a default for an unknown release only where releases agree", () => {
    assert.deepEqual(defaultOf("DEBUG", undefined), FALSE);
    assert.deepEqual(defaultOf("ALLOWED_HOSTS", undefined), list([]));
    assert.deepEqual(defaultOf("INSTALLED_APPS", undefined), list([]));
    assert.equal(defaultOf("USE_TZ", undefined), undefined);
    assert.equal(defaultOf("STORAGES", undefined), undefined);
  });

  it("agree with the releases about what was removed when", () => {
    for (const { name, removed, deprecated } of removedSettings) {
      assert.ok(deprecated === undefined || compareReleases(deprecated, removed) < 0, name);
      // Where the releases themselves stop having the setting, the table must name the next one.
      const seen = djangoSettingNames().includes(name);
      if (seen && compareReleases(removed, newestRelease) <= 0) assert.equal(defaultOf(name, removed), undefined, name);
    }
    const last = settingFact("USE_L10N");
    assert.deepEqual(last?.removed, [5, 0]);
    const unexplained = djangoSettingNames().filter(
      (name) => settingFact(name)?.removed !== undefined && !removedSettings.some((row) => row.name === name),
    );
    // Read by contrib.gis only, and long gone; LOGOUT_URL is what packages read.
    assert.deepEqual(unexplained, [
      "GEOMETRY_BACKEND",
      "GOOGLE_MAPS_API_KEY",
      "GOOGLE_MAPS_API_VERSION",
      "GOOGLE_MAPS_URL",
      "LOGOUT_URL",
      "POSTGIS_TEMPLATE",
    ]);
  });

  it("write releases as people do", () => {
    assert.equal(releaseText([5, 2]), "5.2");
    assert.equal(releaseText([2028, 0]), "2028");
    assert.ok(compareReleases([1, 11], [1, 9]) > 0);
  });
});
