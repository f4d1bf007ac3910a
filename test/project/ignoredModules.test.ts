import assert from "node:assert/strict";
import { concernsListing } from "../../server/src/features/fileChanges";
import { discoverProjects } from "../../server/src/project/discovery";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { discover, FULL, modulesOf, selects } from "./projects";

const IGNORES_SETTINGS = { ".gitignore": "settings.py\nlocal_settings.py\n" };

describe("modules that git ignores", () => {
  it("are analysed where something that starts the project names them", async () => {
    const starts: Record<string, string> = {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/asgi.py": selects("shop.settings"),
      "shop/celery.py": selects("shop.settings"),
      "docker-compose.prod.yml": "services:\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings\n",
    };
    for (const [file, text] of Object.entries(starts)) {
      const contents = { ...IGNORES_SETTINGS, "requirements.txt": "django\n", "shop/urls.py": "" };
      const { projects, notes } = await discover({ ...contents, "shop/settings.py": FULL, [file]: text });
      const names = projects.flatMap((project) => project.modules.map(({ name }) => name));
      assert.deepEqual(names, ["shop.settings"], file);
      assert.deepEqual(notes, [
        { file: "/w/shop/settings.py", message: `Git ignores this file. It is analysed because ${file} names it.` },
      ]);
    }
  });

  it("stay out where nothing names them, or only a test or a tool does", async () => {
    const contents = {
      ...IGNORES_SETTINGS,
      "manage.py": selects("shop.conf"),
      "shop/conf.py": `${FULL}try:\n    from .local_settings import *\nexcept ImportError:\n    pass\n`,
      "shop/local_settings.py": "DEBUG = True\n",
      "shop/settings.py": FULL,
      "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.local_settings\n",
    };
    assert.deepEqual(await modulesOf(contents), { "/w": ["* shop.conf single?"] });
  });

  it("bring along what they import, but not what they only import where it is there", async () => {
    const contents = {
      ".gitignore": "/config/\n",
      "manage.py": selects("config.settings.production"),
      "shop/models.py": "",
      "config/__init__.py": "",
      "config/settings/__init__.py": "",
      "config/settings/base.py": `from . import paths\n${FULL}`,
      "config/settings/paths.py": "ROOT = '/srv'\n",
      "config/settings/production.py":
        "from .base import *\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n",
      "config/settings/local.py": "DEBUG = True\n",
      "config/settings/development.py": "from .base import *\nDEBUG = True\n",
    };
    const { projects, snapshot } = await discover(contents);
    assert.deepEqual(
      projects.flatMap((project) => project.modules.map(({ name, role }) => `${name} ${role}`)),
      ["config.settings.base base", "config.settings.production production"],
    );
    assert.ok(snapshot.isFile("/w/config/settings/paths.py"));
    assert.equal(snapshot.exists("/w/config/settings/local.py"), "unknown");
  });

  it("are analysed where a named module builds on them and they are no machine's own", async () => {
    const contents = {
      ".gitignore": "base.py\nlocal.py\n",
      "shop/wsgi.py": selects("shop.settings.production"),
      "requirements.txt": "django\n",
      "shop/settings/base.py": FULL,
      "shop/settings/local.py": "DEBUG = True\n",
      "shop/settings/production.py": "from .base import *\nfrom .local import *\n",
    };
    assert.deepEqual(await modulesOf(contents), {
      "/w": ["shop.settings.base base", "* shop.settings.production production"],
    });
  });

  it("are looked for beside the file that names them before any of the same name elsewhere", async () => {
    const contents = {
      ".gitignore": "/mill/config/settings.py\n",
      "mill/manage.py": selects("config.settings"),
      "mill/config/settings.py": FULL,
      "loom/manage.py": selects("config.settings"),
      "loom/config/settings.py": FULL,
    };
    const modules = await modulesOf(contents);
    assert.deepEqual(modules, {
      "/w/loom": ["* config.settings single?"],
      "/w/mill": ["* config.settings single?"],
    });
  });

  it("stay out where the configuration excludes them, and in environments and folders of tools", async () => {
    const contents = {
      ".gitignore": "/config/\n/venv/\n",
      "manage.py": selects("config.settings"),
      "requirements.txt": "django\n",
      "config/settings.py": FULL,
    };
    assert.deepEqual(await modulesOf(contents, { exclude: ["config/**"] }), {});
    const environment = {
      "config/pyvenv.cfg": "",
    };
    assert.deepEqual(await modulesOf({ ...contents, ...environment }), {});
  });

  it("are noticed when they are written, and the listing stays the same object between edits", async () => {
    const contents = { ...IGNORES_SETTINGS, "manage.py": selects("shop.settings"), "shop/urls.py": "" };
    const files = new MemoryFileSystem(contents, "/w");
    const options = { parser: await testParser(), listing: await listWorkspace(files, "/w") };
    const before = await discoverProjects(files, "/w", options);
    assert.deepEqual(before.projects, []);
    const change = { path: "/w/shop/settings.py", kind: "created" } as const;
    assert.ok(concernsListing(change, before.snapshot));
    assert.ok(!concernsListing({ ...change, path: "/w/shop/local_settings.py" }, before.snapshot));

    const written = new MemoryFileSystem({ ...contents, "shop/settings.py": FULL }, "/w");
    const again = { ...options, listing: await listWorkspace(written, "/w") };
    const first = await discoverProjects(written, "/w", again);
    const second = await discoverProjects(written, "/w", again);
    assert.equal(first.snapshot.listing, second.snapshot.listing);
    assert.equal(first.projects[0]?.modules.length, 1);
    assert.ok(concernsListing({ ...change, kind: "deleted" }, first.snapshot));
  });
});
