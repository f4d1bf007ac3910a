import assert from "node:assert/strict";
import { productionDeployment, ProductionView } from "../../server/src/lint/production";
import { resolve } from "../../server/src/python/semantics/resolve";
import { show } from "../python/comparison";
import { lintFiles } from "../harness/lintCase";
import { readOracleCases } from "../oracle/cases";
import { discover, reportOf } from "./projects";

/** By case and module: its role, the confidence where it counts, and the first reason for it. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "A: one module that variables drive": {
    "cafe.settings": "single, assumed: It is the project's only settings module.",
  },
  "A: one module in a container, with a module for tests": {
    "fleet.settings": "single, confirmed: Dockerfile:7 starts it for production; Dockerfile:5 selects it.",
    "fleet.test_settings": "test: Its name says test.",
  },
  "B: wsgi.py and asgi.py name production, manage.py development": {
    "config.settings.base": "base: Nothing selects it; config/settings/production.py imports it.",
    "config.settings.local": "development: Its name says development.",
    "config.settings.production": "production, confirmed: Its name says production.",
    "config.settings.test": "test: Its name says test.",
  },
  "C: production is named by a compose file only": {
    "market.settings.base": "base: Nothing selects it; market/settings/prod.py imports it.",
    "market.settings.dev": "development: Its name says development.",
    "market.settings.prod":
      "production, confirmed: docker-compose.prod.yml:4 starts it for production; docker-compose.prod.yml:6 selects it.",
  },
  "C: a generic name that a Dockerfile selects": {
    "tracker.settings.common": "base: Nothing selects it; tracker/settings/docker.py imports it.",
    "tracker.settings.development": "development: Its name says development.",
    "tracker.settings.docker": "production, confirmed: Dockerfile:6 starts it for production; Dockerfile:4 selects it.",
  },
  "D: nothing selects production and wsgi.py defaults to development": {
    "blog.settings.base": "base: Nothing selects it; blog/settings/development.py imports it.",
    "blog.settings.development": "development: Its name says development.",
    "blog.settings.production": "production, confirmed: Its name says production.",
    "blog.settings.staging": "staging, confirmed: Its name says staging.",
  },
  "D: the package itself chooses, and falls back to development": {
    "wiki.settings": "single, assumed: It chooses between environments: it imports wiki.settings.production.",
    "wiki.settings.base": "base: Nothing selects it; wiki/settings/production.py imports it.",
    "wiki.settings.development": "development: Its name says development.",
    "wiki.settings.production": "production, confirmed: Its name says production.",
  },
  "E: wsgi.py names the base module and no other is for production": {
    "vote.settings.base": "production, assumed: No other settings module is for production.",
    "vote.settings.dev": "development: Its name says development.",
  },
  "F: wsgi.py computes the name": {
    "news.settings.defaults": "base: Nothing selects it; news/settings/development.py imports it.",
    "news.settings.development": "development: Its name says development.",
    "news.settings.production": "production, confirmed: Its name says production.",
  },
  "G: no wsgi.py; a systemd unit starts it": {
    "meter.settings":
      "development: It sets DEBUG to True, and production has a module of its own: meter.settings_live.",
    "meter.settings_live":
      "production, confirmed: deploy/meter.service:6 starts it for production; deploy/meter.service:5 selects it.",
  },
  "G: only manage.py, and a module for development beside": {
    "tool.settings":
      "production, assumed: All other settings modules are for development or tests, or nothing selects them.",
    "tool.settings_dev": "development: Its name says development.",
  },
};

const cases = readOracleCases("situations");

function filesOf(title: string): Readonly<Record<string, string>> {
  const found = cases.find((one) => one.title === title);
  assert.ok(found, `there is no case "${title}"`);
  return found.files;
}

/** What names can be in production, each with all its values there. */
async function inProduction(
  title: string,
  module: string,
  names: readonly string[],
): Promise<Record<string, readonly string[]>> {
  const { projects } = await lintFiles(new Map(Object.entries(filesOf(title))), []);
  const [analysed] = projects;
  const entry = analysed?.entries.find((each) => each.module.name === module);
  assert.ok(analysed && entry, `${module} was not evaluated`);
  const view = new ProductionView(entry.evaluation, productionDeployment(analysed.project, analysed.config));
  const texts = (name: string): readonly string[] =>
    view.outcomes(name).map(({ value }) => show(resolve(value, view.variables)) ?? "open");
  return Object.fromEntries(names.map((name) => [name, [...new Set(texts(name))]]));
}

describe("the ways in which repositories say what production is", () => {
  it("are all here", () => {
    assert.deepEqual(
      cases.map(({ title }) => title),
      Object.keys(EXPECTED),
    );
  });

  for (const [title, expected] of Object.entries(EXPECTED))
    it(title, async () => {
      const { projects } = await discover({ ...filesOf(title) });
      assert.equal(projects.length, 1);
      const modules = projects[0]?.modules ?? [];
      assert.deepEqual(Object.fromEntries(modules.map((each) => [each.name, reportOf(each)])), expected);
    });
});

describe("the worlds of production", () => {
  it("are those without DEBUG where variables drive one module", async () => {
    const names = ["DEBUG", "SECURE_SSL_REDIRECT", "CSRF_COOKIE_SECURE", "EMAIL_BACKEND"];
    assert.deepEqual(await inProduction("A: one module that variables drive", "cafe.settings", names), {
      DEBUG: ["open"],
      SECURE_SSL_REDIRECT: ["True"],
      CSRF_COOKIE_SECURE: ["True"],
      EMAIL_BACKEND: ["unset"],
    });
  });

  it("have the variables that the compose file of production sets", async () => {
    const names = ["ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"];
    assert.deepEqual(
      await inProduction("C: production is named by a compose file only", "market.settings.prod", names),
      {
        ALLOWED_HOSTS: ["['market.example']"],
        SECURE_SSL_REDIRECT: ["True"],
        CSRF_COOKIE_SECURE: ["True"],
        SECURE_HSTS_SECONDS: ["3600"],
      },
    );
  });

  it("are the production branch of a package that chooses", async () => {
    const title = "D: the package itself chooses, and falls back to development";
    const names = ["DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "INSTALLED_APPS"];
    assert.deepEqual(await inProduction(title, "wiki.settings", names), {
      DEBUG: ["False", "True"],
      ALLOWED_HOSTS: ["['.wiki.example']"],
      SESSION_COOKIE_SECURE: ["True"],
      INSTALLED_APPS: ["['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions']"],
    });
  });
});
