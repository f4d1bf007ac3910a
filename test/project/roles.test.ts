import assert from "node:assert/strict";
import { usageOfModulePart, usageOfPath } from "../../server/src/project/nameWords";
import { FULL, discover, modulesOf, selects } from "./projects";

const BASE = `${FULL}DEBUG = True\n`;
const ON_BASE = "from .base import *\n";

describe("roles", () => {
  it("A: one module that runs everywhere", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings"),
        "shop/__init__.py": "",
        "shop/wsgi.py": selects("shop.settings"),
        "shop/settings.py": FULL,
      }),
      { "/w": ["* shop.settings single?"] },
    );
  });

  it("A: one module, confirmed by the file that deploys it, and one for tests", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings"),
        Dockerfile: "ENV DJANGO_SETTINGS_MODULE=shop.settings\nCMD gunicorn shop.wsgi\n",
        "shop/__init__.py": "",
        "shop/settings.py": FULL,
        "shop/test_settings.py": "from .settings import *\n",
      }),
      { "/w": ["* shop.settings single", "* shop.test_settings test"] },
    );
  });

  it("takes a module for a base when deployment selects one beside it that git ignores", async () => {
    assert.deepEqual(
      await modulesOf({
        ".gitignore": "settings/config.py\n",
        "manage.py": selects("settings.common"),
        Dockerfile: "ENV DJANGO_SETTINGS_MODULE=settings.config\n",
        "settings/__init__.py": "",
        "settings/common.py": BASE,
      }),
      { "/w": ["* settings.common base"] },
    );
  });

  it("B: wsgi.py names a module called production", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.local"),
        "shop/wsgi.py": selects("shop.settings.production"),
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": BASE,
        "shop/settings/local.py": ON_BASE,
        "shop/settings/production.py": ON_BASE,
      }),
      {
        "/w": ["shop.settings.base base", "* shop.settings.local development", "* shop.settings.production production"],
      },
    );
  });

  it("C: only a deployment file names production; a generic name is confirmed by it", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.dev"),
        "docker-compose.prod.yml":
          "services:\n  web:\n    environment:\n      - DJANGO_SETTINGS_MODULE=shop.settings.docker\n",
        "shop/settings/base.py": BASE,
        "shop/settings/dev.py": ON_BASE,
        "shop/settings/docker.py": ON_BASE,
      }),
      { "/w": ["shop.settings.base base", "* shop.settings.dev development", "* shop.settings.docker production"] },
    );
  });

  it("D: nothing names the production module, and wsgi.py names the base", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.base"),
        "shop/wsgi.py": selects("shop.settings.base"),
        "shop/settings/base.py": BASE,
        "shop/settings/production.py": ON_BASE,
        "shop/settings/heroku.py": ON_BASE,
      }),
      {
        "/w": ["shop.settings.base base", "* shop.settings.heroku production", "* shop.settings.production production"],
      },
    );
  });

  it("D: wsgi.py names the development module", async () => {
    const { projects } = await discover({
      "manage.py": selects("shop.settings.dev"),
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/prod.py": ON_BASE,
    });
    const dev = projects[0]?.modules.find((module) => module.name === "shop.settings.dev");
    assert.equal(dev?.role, "development");
    assert.deepEqual(
      dev?.evidence.map((one) => one.text),
      ["Its name says development.", "shop/wsgi.py:2 selects it by default."],
    );
  });

  it("E: wsgi.py names the generic module and no other is for production", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.dev"),
        "shop/wsgi.py": selects("shop.settings.base"),
        "shop/settings/base.py": BASE,
        "shop/settings/dev.py": ON_BASE,
      }),
      { "/w": ["* shop.settings.base production?", "* shop.settings.dev development"] },
    );
  });

  it("F: wsgi.py's value is computed", async () => {
    const { projects } = await discover({
      "manage.py": selects("shop.settings.dev"),
      "shop/wsgi.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"shop.settings.{ENV}")\n',
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/live.py": ON_BASE,
    });
    const [project] = projects;
    assert.deepEqual(
      project?.modules.map((module) => module.role),
      ["base", "development", "production"],
    );
    const computed = project?.entryPoints.find((point) => point.kind === "wsgi");
    assert.equal(computed?.value, undefined);
    assert.equal(computed?.resolution, undefined);
  });

  it("G: no wsgi.py at all; the module that is neither for development nor for tests", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings"),
        "shop/settings.py": FULL,
        "shop/local_dev.py": "from shop.settings import *\n",
      }),
      { "/w": ["* shop.local_dev development", "* shop.settings production?"] },
    );
  });

  it("takes a module that imports the production one for the one that chooses", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings"),
        "shop/settings/__init__.py":
          'import os\nif os.environ.get("ENV") == "prod":\n    from .prod import *\nelse:\n    from .dev import *\n',
        "shop/settings/base.py": BASE,
        "shop/settings/dev.py": ON_BASE,
        "shop/settings/prod.py": ON_BASE,
      }),
      {
        "/w": [
          "* shop.settings single?",
          "shop.settings.base base",
          "* shop.settings.dev development",
          "* shop.settings.prod production",
        ],
      },
    );
  });

  it("names the parts that a package takes for environments", async () => {
    const parts = {
      "manage.py": selects("shop.settings"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": "DEBUG = True\n",
      "shop/settings/prod.py": "DEBUG = False\n",
      "shop/settings/components/production.py": "LOGIN_URL = '/in/'\n",
    };
    const choice = `from .base import *\nfrom .components.production import *\nif os.environ.get("ENV") == "prod":
    from .prod import *\nelse:\n    from .dev import *\n`;
    assert.deepEqual(await modulesOf({ ...parts, "shop/settings/__init__.py": `import os\n${choice}` }), {
      "/w": [
        "* shop.settings single",
        "shop.settings.base base",
        "shop.settings.components.production base",
        "shop.settings.dev development",
        "shop.settings.prod production",
      ],
    });
    const always = "from .base import *\nfrom .prod import *\n";
    const taken = await modulesOf({ ...parts, "shop/settings/__init__.py": always });
    assert.deepEqual(taken["/w"]?.slice(0, 2), ["* shop.settings single?", "shop.settings.base base"]);
    assert.ok(taken["/w"].includes("shop.settings.prod production"));
  });

  it("does what the configuration says", async () => {
    const contents = {
      "manage.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/other.py": `${ON_BASE}DEBUG = False\n`,
    };
    const roles = { "shop.settings.dev": "production", "shop/settings/o*.py": "staging" } as const;
    assert.deepEqual(await modulesOf(contents, { roles }), {
      "/w": ["shop.settings.base base", "* shop.settings.dev production", "* shop.settings.other staging"],
    });
  });

  it("says why, strongest first, with the place", async () => {
    const { projects } = await discover({
      "manage.py": selects("shop.settings"),
      "deploy/Dockerfile": "FROM x\nENV DJANGO_SETTINGS_MODULE=shop.production\n",
      "shop/wsgi.py": selects("shop.production"),
      "shop/settings.py": FULL,
      "shop/production.py": "from .settings import *\n",
    });
    const [production] = projects[0]?.modules ?? [];
    assert.deepEqual(
      production?.evidence.map((one) => [one.kind, one.text, one.file]),
      [
        ["name", "Its name says production.", undefined],
        ["entry-point", "deploy/Dockerfile:2 selects it for production.", "/w/deploy/Dockerfile"],
        ["entry-point", "shop/wsgi.py:2 selects it by default.", "/w/shop/wsgi.py"],
      ],
    );
  });

  for (const [name, expected] of [
    ["production", "production"],
    ["settings_prod", "production"],
    ["prodDocker", "production"],
    ["live2", "production"],
    ["clever-cloud", "production"],
    ["deploy", "production"],
    ["product", "production"],
    ["production-debug", "development"],
    ["production-ci", "test"],
    ["local_prod", "development"],
    ["pre-production", "staging"],
    ["stage", "staging"],
    ["test_settings", "test"],
    ["unittests", "test"],
    ["jenkins", "test"],
    ["settings_teamcity", "test"],
    ["tox", "test"],
    ["drone", "test"],
    ["devstack", "development"],
    ["local_settings", "development"],
    ["products", undefined],
    ["delivery", undefined],
    ["docker", undefined],
    ["base", undefined],
  ] as const)
    it(`takes the name ${name} for ${expected ?? "nothing"}`, () => {
      assert.equal(usageOfModulePart(name), expected);
    });

  it("takes a top-level package named as a CI server for a project's own name", async () => {
    const modules = await modulesOf({
      "manage.py": selects("bamboo.settings"),
      "bamboo/__init__.py": "",
      "bamboo/settings.py": FULL,
    });
    assert.deepEqual(modules, { "/w": ["* bamboo.settings single?"] });
  });

  it("reads paths from their end", () => {
    assert.equal(usageOfPath("local/deploy/prod/Dockerfile"), "production");
    assert.equal(usageOfPath("compose/local/django/Dockerfile"), "development");
    assert.equal(usageOfPath("src/Dockerfile"), undefined);
    assert.equal(usageOfPath(".devcontainer/docker-compose.yml"), "development");
  });
});
