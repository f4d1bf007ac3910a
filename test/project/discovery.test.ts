import assert from "node:assert/strict";
import { SourceCache } from "../../server/src/project/sourceCache";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { discoverProjects } from "../../server/src/project/discovery";
import { FULL, discover, moduleLines, modulesOf, selects } from "./projects";

const ON_BASE = "from .base import *\n";

describe("discovery", () => {
  it("takes no module called settings for Django's by its name", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings"),
        "shop/settings.py": FULL,
        "cart/settings.py": 'from django.conf import settings\nDEBUG = getattr(settings, "CART_DEBUG", False)\n',
        "cart/settings_utils.py": "def read_settings(): ...\n",
        "projects/settings/views.py": "INSTALLED = []\n",
        "projects/settings/__init__.py": "",
      }),
      { "/w": ["* shop.settings single?"] },
    );
  });

  it("wants evidence of Django", async () => {
    const contents = {
      "config/dev.py": "DEBUG = True\nDATABASES = {}\n",
      "app/settings.py": 'DEBUG = True\nSECRET_KEY = ""\n',
    };
    assert.deepEqual(await modulesOf(contents), {});
    assert.deepEqual(await modulesOf({ ...contents, "requirements.txt": "fastapi\n" }), {});
  });

  it("takes the little with which Django starts for settings, and another framework's for none", async () => {
    const little = 'DEBUG = False\nSECRET_KEY = "x"\nALLOWED_HOSTS = ["shop.example"]\n';
    assert.deepEqual(await modulesOf({ "settings/production.py": little, "settings/__init__.py": "" }), {
      "/w": ["* settings.production production"],
    });
    const other = `from starlette.config import Config\n${little}`;
    assert.deepEqual(await modulesOf({ "settings/production.py": other, "settings/__init__.py": "" }), {});
  });

  it("makes a project of a manage.py whose settings module is missing", async () => {
    const files = { "manage.py": selects("shop.settings.prod"), "shop/__init__.py": "", "shop/urls.py": "" };
    assert.deepEqual(await modulesOf(files), { "/w": [] });
    assert.deepEqual(await modulesOf({ ...files, ".gitignore": "/shop/settings/prod.py\n" }), {});
    assert.deepEqual(await modulesOf({ "manage.py": selects("shop.settings.prod") }), {});
  });

  it("finds modules that nothing names, in the settings folder and below it", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.dev"),
        "shop/settings/base.py": FULL,
        "shop/settings/dev.py": ON_BASE,
        "shop/settings/production.py": "from shop.settings.base import *\nSECURE_HSTS_SECONDS = 60\n",
        "shop/settings/email.py": 'EMAIL_HOST = "mail.shop.test"\n',
        "shop/settings/helpers.py": "def env_bool(): ...\n",
        "shop/settings/parts/logging.py": "LOGGING = {}\n",
        "shop/urls.py": "DEBUG = 1\nDATABASES = 2\n",
      }),
      {
        "/w": [
          "shop.settings.base base",
          "* shop.settings.dev development",
          "shop.settings.email base",
          "shop.settings.parts.logging base",
          "* shop.settings.production production",
        ],
      },
    );
  });

  it("finds modules named after where they run, above and apart from the settings that they build on", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.local"),
        "shop/__init__.py": "",
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": FULL,
        "shop/settings/local.py": ON_BASE,
        "shop/production.py": "from .settings.base import *\nDEBUG = False\n",
        "deploy/staging.py": "from shop.settings.base import *\nDEBUG = False\n",
        "shop/live.py": "from shop.models import *\nDEBUG = False\n",
        "tools/stage.py": "from shop.settings.base import *\nprint(BASE_DIR)\n",
        "shop/models.py": "",
      }),
      {
        "/w": [
          "* deploy.staging staging",
          "* shop.production production",
          "shop.settings.base base",
          "* shop.settings.local development",
        ],
      },
    );
  });

  it("gives modules their names where a folder of a package forgot its __init__.py", async () => {
    assert.deepEqual(
      await modulesOf({
        "config/__init__.py": "",
        "config/settings/base.py": FULL,
        "config/settings/production.py": ON_BASE,
      }),
      { "/w": ["config.settings.base base", "* config.settings.production production"] },
    );
  });

  it("leaves examples and templates alone, unless a live module includes one", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.settings"),
        "shop/settings/settings.py":
          'from split_settings.tools import include, optional\ninclude("settings.dist.py", optional("local.py"))\n',
        "shop/settings/settings.dist.py": FULL,
        "shop/settings/production.example.py": FULL,
        "shop/settings/.example.local.py": FULL,
        "shop/settings/local_example.py": FULL,
        "skeleton/project_name/settings/dev.py": `SECRET_KEY = "{{ secret_key }}"\n${FULL}`,
        "{{cookiecutter.slug}}/config/settings.py": FULL,
        "{{cookiecutter.slug}}/manage.py": selects("config.settings"),
      }),
      { "/w": ["shop.settings.settings.dist base", "* shop.settings.settings single?"] },
    );
  });

  it("follows what split-settings includes, computed names too", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("server.settings"),
        "server/settings/__init__.py":
          'from split_settings.tools import include\nENV = "x"\ninclude("components/*.py", f"environments/{ENV}.py")\n',
        "server/settings/components/common.py": FULL,
        "server/settings/components/caches.py": "CACHES = {}\n",
        "server/settings/environments/production.py": "DEBUG = False\n",
        "server/settings/environments/development.py": "DEBUG = True\n",
      }),
      {
        "/w": [
          "* server.settings single",
          "server.settings.components.caches base",
          "server.settings.components.common base",
          "server.settings.environments.development development",
          "server.settings.environments.production production",
        ],
      },
    );
  });

  it("knows hyphens in names", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.settings.base"),
        "docker-compose.prod.yml":
          "services:\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings.production-debug\n",
        "shop/settings/base.py": FULL,
        "shop/settings/production-debug.py": ON_BASE,
        "shop/settings/production.py": ON_BASE,
      }),
      {
        "/w": [
          "shop.settings.base base",
          "* shop.settings.production-debug development",
          "* shop.settings.production production",
        ],
      },
    );
  });

  it("sees that a package hides a module, and a module a plain folder", async () => {
    const hidden = await discover({
      "manage.py": selects("config.settings"),
      "config/settings.py": FULL,
      "config/settings/base.py": FULL,
      "other/__init__.py": "",
      "other/settings.py": FULL,
      "other/settings/__init__.py": FULL,
    });
    assert.deepEqual(
      hidden.projects.flatMap((project) => moduleLines(project)),
      ["* config.settings production?", "other.settings base"],
    );
    assert.deepEqual(
      hidden.notes.map((note) => `${note.file}: ${note.message}`),
      [
        "/w/config/settings/base.py: This module is never imported: config/settings.py stands in front of it.",
        "/w/other/settings.py: This module is never imported: other/settings/__init__.py stands in front of it.",
      ],
    );
  });

  it("keeps several projects of a workspace apart", async () => {
    const service = {
      "manage.py": selects("config.settings"),
      "config/settings.py": FULL,
      "config/wsgi.py": selects("config.settings"),
    };
    const contents: Record<string, string> = {
      "docker-compose.yml":
        "services:\n  cart:\n    build: ./cart\n    environment:\n      DJANGO_SETTINGS_MODULE: config.settings\n  all:\n    environment:\n      DJANGO_SETTINGS_MODULE: config.settings\n",
    };
    for (const name of ["cart", "stock"])
      for (const [path, text] of Object.entries(service)) contents[`${name}/${path}`] = text;
    const { projects } = await discover(contents);
    assert.deepEqual(
      projects.map((project) => [project.root, project.importRoots, project.entryPoints.length]),
      [
        ["/w/cart", ["/w/cart"], 3],
        ["/w/stock", ["/w/stock"], 2],
      ],
    );
  });

  it("finds the import root below src and the project around it", async () => {
    const { projects } = await discover({
      "manage.py": selects("shop.settings"),
      "src/shop/__init__.py": "",
      "src/shop/settings/__init__.py": "from .base import *\n",
      "src/shop/settings/base.py": "from shop.settings.parts import *\n",
      "src/shop/settings/parts.py": FULL,
      "tests/settings.py": "from shop.settings import *\n",
      "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n",
    });
    assert.deepEqual(
      projects.map((project) => [project.root, project.importRoots, moduleLines(project)]),
      [
        [
          "/w",
          ["/w", "/w/src"],
          ["* shop.settings single?", "shop.settings.base base", "shop.settings.parts base", "* tests.settings test"],
        ],
      ],
    );
  });

  it("tells a missing module from an ignored and an external one", async () => {
    const { projects } = await discover({
      ".gitignore": "shop/settings/local.py\n",
      "manage.py": selects("shop.settings.local"),
      "shop/wsgi.py": selects("shop.settings.live"),
      "shop/asgi.py": selects("mysite.settings"),
      "shop/celery.py": selects("shop.settings"),
      "shop/settings/__init__.py": "",
      "shop/settings/production.py": FULL,
    });
    assert.deepEqual(
      projects[0]?.entryPoints.map((point) => `${point.value} ${point.resolution} ${point.module ?? ""}`),
      [
        "shop.settings.local ignored ",
        "mysite.settings external ",
        "shop.settings file /w/shop/settings/__init__.py",
        "shop.settings.live missing ",
      ],
    );
    assert.ok(!projects[0]?.modules.some((module) => module.file.endsWith("local.py")));
  });

  it("gives the classes of django-configurations roles of their own", async () => {
    const contents = {
      "manage.py":
        'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nos.environ.setdefault("DJANGO_CONFIGURATION", "Dev")\n',
      Procfile: "web: DJANGO_SETTINGS_MODULE=shop.settings DJANGO_CONFIGURATION=Heroku gunicorn shop.wsgi\n",
      "shop/settings.py":
        "from configurations import Configuration, values\nclass Base(Configuration):\n    SECRET_KEY = values.SecretValue()\n    INSTALLED_APPS = []\nclass Dev(Base):\n    DEBUG = True\nclass Heroku(Base):\n    DEBUG = False\nclass Tests(Dev):\n    pass\nclass Helper:\n    pass\n",
    };
    const { projects } = await discover(contents);
    assert.deepEqual(moduleLines(projects[0]), [
      "shop.settings:Base base",
      "* shop.settings:Dev development",
      "* shop.settings:Heroku production",
      "* shop.settings:Tests test",
    ]);
  });

  it("finds settings without any entry point", async () => {
    assert.deepEqual(await modulesOf({ "site/shop/__init__.py": "", "site/shop/settings.py": FULL }), {
      "/w/site": ["* shop.settings single?"],
    });
  });

  it("reads the server from what production runs", async () => {
    const contents = { "manage.py": selects("shop.settings"), "shop/settings.py": FULL };
    const asgi = await discover({
      ...contents,
      Procfile: "web: daphne shop.asgi:application\n",
      Makefile: "run:\n\tgunicorn shop.wsgi # DJANGO_SETTINGS_MODULE\n",
    });
    assert.equal(asgi.projects[0]?.server, "asgi");
    const both = await discover({
      ...contents,
      Procfile: "web: gunicorn shop.wsgi\nws: daphne shop.asgi:application\n",
    });
    assert.equal(both.projects[0]?.server, undefined);
  });

  it("names files that cannot be read and goes on", async () => {
    const { projects, notes } = await discover({
      "manage.py": selects("shop.settings"),
      "shop/settings.py": `${FULL}from .latin import *\nfrom .big import *\n`,
      "shop/latin.py": { failure: "not-utf8" },
      "shop/big.py": { failure: "too-large" },
      "shop/settings_dangling.py": { link: "gone.py" },
    });
    assert.deepEqual(moduleLines(projects[0]), ["* shop.settings single?"]);
    assert.deepEqual(
      notes.map((note) => `${note.file}: ${note.message}`),
      [
        "/w/shop/latin.py: This file was skipped: it is not UTF-8 text.",
        "/w/shop/big.py: This file was skipped: it is larger than 5 MB.",
      ],
    );
  });

  it("survives files nested thousands deep", async () => {
    const chain = Array.from({ length: 1_000 }, (_, i) => `elif x == ${i}:\n    A = ${i}\n`).join("");
    const levels = Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}if x:\n`).join("");
    const brackets = `A = ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`;
    assert.deepEqual(
      await modulesOf({
        "manage.py": `${selects("shop.settings")}if x == "a":\n    pass\n${chain}`,
        "shop/settings.py": `${FULL}if x == "a":\n    pass\n${chain}`,
        "shop/settings_local.py": `from .settings import *\n${brackets}`,
        "shop/settings_test.py": `from .settings import *\n${levels}${" ".repeat(300)}A = 1\n`,
      }),
      {
        "/w": ["* shop.settings production?", "* shop.settings_local development", "* shop.settings_test test"],
      },
    );
  });

  it("survives circles of imports", async () => {
    assert.deepEqual(
      await modulesOf({
        "manage.py": selects("shop.a"),
        "shop/a.py": `from .b import *\n${FULL}`,
        "shop/b.py": "from .a import *\nDEBUG = True\n",
      }),
      { "/w": ["* shop.a single?", "shop.b base"] },
    );
  });

  it("uses what open editors show, and reads nothing twice", async () => {
    const files = new MemoryFileSystem({ "manage.py": selects("shop.settings"), "shop/settings.py": FULL }, "/w");
    const parser = await testParser();
    const cache = new SourceCache(parser);
    const first = await discoverProjects(files, "/w", { parser, cache });
    const reads = files.reads.length;
    const overlays = new Map([
      ["/w/manage.py", selects("shop.production")],
      ["/w/shop/production.py", "from .settings import *\n"],
    ]);
    const { listing } = first.snapshot;
    const second = await discoverProjects(files, "/w", { parser, cache, listing, overlays });
    assert.deepEqual(moduleLines(second.projects[0]), ["* shop.production production", "shop.settings base"]);
    assert.equal(files.reads.length, reads);
  });
});
