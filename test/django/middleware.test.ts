import assert from "node:assert/strict";
import { isEntryOfApp, uselessMiddleware } from "../../server/src/django/apps";
import { orderConstraints, placeConstraints } from "../../server/src/django/middleware";
import facts from "../../server/src/django/settings.json";

const djangosOwn = new Set(Object.keys(facts.middleware));
/** What `startproject` of Django 5.2 writes. */
const startproject = [
  "django.middleware.security.SecurityMiddleware",
  "django.contrib.sessions.middleware.SessionMiddleware",
  "django.middleware.common.CommonMiddleware",
  "django.middleware.csrf.CsrfViewMiddleware",
  "django.contrib.auth.middleware.AuthenticationMiddleware",
  "django.contrib.messages.middleware.MessageMiddleware",
  "django.middleware.clickjacking.XFrameOptionsMiddleware",
];

describe("facts about middleware", () => {
  it("name only middleware that Django has", () => {
    const named = [
      ...orderConstraints.flatMap((row) => [...row.before, ...row.after]),
      ...placeConstraints.flatMap((row) => [row.middleware, ...row.allowed]),
      ...uselessMiddleware.map((row) => row.middleware),
    ].filter((path) => path.startsWith("django."));
    for (const path of named) assert.ok(djangosOwn.has(path), path);
  });

  it("are satisfied by a new project", () => {
    for (const { before, after } of orderConstraints) {
      for (const first of before) {
        for (const second of after) {
          const [i, j] = [startproject.indexOf(first), startproject.indexOf(second)];
          assert.ok(i < 0 || j < 0 || i < j, `${first} before ${second}`);
        }
      }
    }
    for (const { middleware, place } of placeConstraints) {
      if (startproject.includes(middleware)) assert.equal(startproject.at(place === "first" ? 0 : -1), middleware);
    }
  });

  it("do not contradict each other", () => {
    const order = new Map<string, Set<string>>();
    for (const { before, after } of orderConstraints) {
      for (const first of before) order.set(first, new Set([...(order.get(first) ?? []), ...after]));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(order.get(from) ?? [])].some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    for (const path of order.keys()) assert.equal(reaches(path, path), false, path);
  });

  it("know an app by its package or its configuration class", () => {
    assert.equal(isEntryOfApp("django.contrib.admin", "django.contrib.admin"), true);
    assert.equal(isEntryOfApp("django.contrib.admin.apps.SimpleAdminConfig", "django.contrib.admin"), true);
    assert.equal(isEntryOfApp("django.contrib.admindocs", "django.contrib.admin"), false);
  });
});
