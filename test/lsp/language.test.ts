import assert from "node:assert/strict";
import type {
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Location,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { LspClient, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const BASE = [
  "import os",
  'CURRENCY = "EUR"',
  'TIME_ZONE = os.environ.get("SHOP_ZONE", "UTC")',
  'INSTALLED_APPS = ["django.contrib.admin", "shop.orders"]',
  'ROOT_URLCONF = "shop.urls"',
  'ROUNDING = "shop.prices.Rounding"',
  'LOGO = "assets/logo.svg"',
  "class Prices:",
  "    VAT = 19",
  "",
].join("\n");

describe("lsp: language features", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  before(async () => {
    shop = new DiskProject({
      ...SHOP,
      "shop/settings/base.py": BASE,
      "shop/settings/production.py": 'from .base import *\n\nCURRENCY = "USD"\nPRICE = CURRENCY\n',
      "shop/orders/__init__.py": "",
      "shop/orders/models.py": "",
      "shop/urls.py": "urlpatterns = []\n",
      "shop/prices.py": "import decimal\n\n\nclass Rounding:\n    pass\n",
      "assets/logo.svg": "<svg/>\n",
      "compose.yml":
        "services:\n  web:\n    build: .\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings.production\n",
      Procfile: "web: DJANGO_SETTINGS_MODULE=shop.settings.production gunicorn shop.wsgi\n",
      ".env": "DJANGO_SETTINGS_MODULE=shop.settings.production\n",
      "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings.development\n",
      "tox.ini": "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE = shop.settings.absent\n",
      "shop/views.py":
        "from django.conf import settings\n\n\ndef price(request):\n    return settings.CURRENCY, getattr(settings, 'CURRENCY')\n",
      Dockerfile:
        "FROM python:3.13\nENV SHOP_ZONE=Europe/Rome\nENV DJANGO_SETTINGS_MODULE=shop.settings.production\nCMD gunicorn shop.wsgi\n",
    });
    client = await LspClient.start({ folders: [shop.root] });
    for (const file of ["shop/settings/base.py", "shop/settings/production.py", "shop/views.py"])
      await client.open(shop.path(file));
  });
  after(() => {
    client.kill();
    shop.dispose();
  });

  /** Asks about the first place of a text in a file, `at` characters into it. */
  async function ask<Result>(
    method: string,
    file: string,
    text: string,
    at = 1,
    further: object = {},
  ): Promise<Result> {
    const source = client.text(shop.path(file));
    const offset = source.indexOf(text);
    assert.notEqual(offset, -1, `${file} holds no ${text}`);
    const lines = source.slice(0, offset + at).split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    const textDocument = { uri: uriOf(shop.path(file)) };
    return client.connection.sendRequest(`textDocument/${method}`, { textDocument, position, ...further });
  }

  async function hover(file: string, text: string, at = 1): Promise<string> {
    const found = await ask<{ contents: { value: string } } | null>("hover", file, text, at);
    return found?.contents.value ?? "";
  }

  function shown(locations: readonly Location[]): string[] {
    return locations.map(({ uri, range }) => `${uri.slice(uriOf(shop.root).length + 1)}:${range.start.line + 1}`);
  }

  async function labels(file: string, text: string, at: number): Promise<readonly string[]> {
    const { items } = await ask<CompletionList>("completion", file, text, at);
    return items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)).map(({ label }) => label);
  }

  describe("hover", () => {
    it("shows what each environment gets where other code reads a setting", async () => {
      const text = await hover("shop/views.py", "settings.CURRENCY", 10);
      assert.match(text, /^\*\*CURRENCY\*\*/);
      assert.match(
        text,
        /\| development \(`shop\.settings\.development`\) \| `'EUR'` \| \[shop\/settings\/base\.py:2\]/,
      );
      assert.match(text, /\| production \(`shop\.settings\.production`\) \| `'USD'` \|/);
      assert.match(await hover("shop/views.py", "'CURRENCY'", 3), /^\*\*CURRENCY\*\*/);
    });

    it("shows who sets and who needs a variable", async () => {
      const text = await hover("shop/settings/base.py", "SHOP_ZONE");
      assert.match(text, /^\*\*SHOP_ZONE\*\*: environment variable, read as str, `'UTC'` when it is not set/);
      assert.match(text, /Decides `TIME_ZONE`/);
      assert.match(text, /Set in \[Dockerfile:2\]/);
    });

    it("says what a dotted path is, or where", async () => {
      assert.equal(
        await hover("shop/settings/base.py", "django.contrib.admin"),
        "**django.contrib.admin**: app of Django",
      );
      assert.match(
        await hover("shop/settings/base.py", "shop.urls"),
        /^\*\*shop\.urls\*\*: \[shop\/urls\.py:1\]\(file:/,
      );
    });

    it("says what a star import brings and what is set again", async () => {
      const text = await hover("shop/settings/production.py", "from .base", 2);
      assert.match(text, /^\*\*shop\.settings\.base\*\* brings 6 settings\.\n\nSet again in this module: `CURRENCY`$/);
    });

    it("says nothing of other names", async () => {
      assert.equal(await hover("shop/views.py", "request"), "");
    });
  });

  describe("go to", () => {
    it("leads to the assignments that win first, then to those that are overridden", async () => {
      const found = await ask<Location[]>("definition", "shop/views.py", "settings.CURRENCY", 10);
      assert.deepEqual(shown(found), ["shop/settings/base.py:2", "shop/settings/production.py:3"]);
    });

    it("leads from paths, variables and star imports to their files", async () => {
      const goTo = async (file: string, text: string): Promise<string[]> =>
        shown(await ask("definition", file, text, 2));
      assert.deepEqual(await goTo("shop/settings/base.py", "shop.urls"), ["shop/urls.py:1"]);
      assert.deepEqual(await goTo("shop/settings/base.py", "SHOP_ZONE"), ["Dockerfile:2"]);
      assert.deepEqual(await goTo("shop/settings/production.py", "from .base"), ["shop/settings/base.py:1"]);
    });

    it("lists what names a setting, in settings modules and in other code", async () => {
      const context = { includeDeclaration: true };
      const all = await ask<Location[]>("references", "shop/settings/base.py", "CURRENCY", 1, { context });
      assert.deepEqual(shown(all).toSorted(), [
        "shop/settings/base.py:2",
        "shop/settings/production.py:3",
        "shop/settings/production.py:4",
        "shop/views.py:5",
        "shop/views.py:5",
      ]);
      const uses = await ask<Location[]>("references", "shop/settings/base.py", "CURRENCY", 1, {
        context: { includeDeclaration: false },
      });
      assert.equal(uses.length, 3);
    });

    it("highlights a setting in its file", async () => {
      const found = await ask<DocumentHighlight[]>("documentHighlight", "shop/settings/production.py", "CURRENCY");
      assert.deepEqual(
        found.map(({ range }) => range.start.line),
        [2, 3],
      );
    });
  });

  it("folds a settings module by the titles in its comments, and leaves other code to the editor", async () => {
    const text = "# -- Shop --\nCURRENCY = [\n    1,\n]\n\n# -- Web --\nPORT = 1\n";
    await client.open(shop.path("shop/settings/development.py"), text);
    const folds = await ask<FoldingRange[]>("foldingRange", "shop/settings/development.py", "Shop");
    await client.close(shop.path("shop/settings/development.py"));
    assert.deepEqual(folds, [
      { startLine: 0, endLine: 3, kind: "region" },
      { startLine: 1, endLine: 2 },
      { startLine: 5, endLine: 6, kind: "region" },
    ]);
    assert.equal(await ask<FoldingRange[] | null>("foldingRange", "shop/views.py", "settings"), null);
  });

  it("outlines a settings module", async () => {
    const symbols = await ask<DocumentSymbol[]>("documentSymbol", "shop/settings/base.py", "import");
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["CURRENCY", "TIME_ZONE", "INSTALLED_APPS", "ROOT_URLCONF", "ROUNDING", "LOGO", "Prices"],
    );
    assert.deepEqual(
      symbols.at(-1)?.children?.map(({ name }) => name),
      ["VAT"],
    );
  });

  describe("links", () => {
    /** `text -> target`, the target relative to the project. */
    async function links(file: string): Promise<string[]> {
      const uri = uriOf(shop.path(file));
      const found = await client.connection.sendRequest<DocumentLink[]>("textDocument/documentLink", {
        textDocument: { uri },
      });
      const lines = shop.read(file).split("\n");
      return found.map(({ range, target }) => {
        const text = lines[range.start.line]?.slice(range.start.character, range.end.character) ?? "";
        return `${text} -> ${target?.slice(uriOf(shop.root).length + 1) ?? ""}`;
      });
    }

    it("lead from dotted paths and files of a settings module to what they name", async () => {
      assert.deepEqual(await links("shop/settings/base.py"), [
        "shop.orders -> shop/orders/__init__.py",
        "shop.urls -> shop/urls.py",
        "shop.prices.Rounding -> shop/prices.py#L4",
        "assets/logo.svg -> assets/logo.svg",
      ]);
    });

    it("lead from every file that selects a settings module to it", async () => {
      const production = "shop.settings.production -> shop/settings/production.py";
      assert.deepEqual(await links("manage.py"), ["shop.settings.development -> shop/settings/development.py"]);
      assert.deepEqual(await links("shop/wsgi.py"), [production]);
      assert.deepEqual(await links("Dockerfile"), [production]);
      assert.deepEqual(await links("compose.yml"), [production]);
      assert.deepEqual(await links("Procfile"), [production]);
      assert.deepEqual(await links(".env"), [production]);
      assert.deepEqual(await links("pytest.ini"), ["shop.settings.development -> shop/settings/development.py"]);
    });

    it("are not made of what other code holds, nor to what is not there", async () => {
      assert.deepEqual(await links("shop/views.py"), []);
      assert.deepEqual(await links("tox.ini"), []);
    });
  });

  it("finds settings of all modules by letters of their names", async () => {
    const find = async (query: string): Promise<string[]> => {
      const found = await client.connection.sendRequest<SymbolInformation[]>("workspace/symbol", { query });
      return found.map(({ name, containerName, location }) => {
        return `${name} ${containerName ?? ""}:${location.range.start.line + 1}`;
      });
    };
    assert.deepEqual(await find("curr"), [
      "CURRENCY shop/settings/base.py:2",
      "CURRENCY shop/settings/production.py:3",
    ]);
    assert.deepEqual(await find("vat"), [], "an attribute of a class is no setting");
    assert.deepEqual(await find("nosuchsetting"), []);
    assert.ok((await find("")).length > 4);
  });

  describe("rename", () => {
    it("changes a project's own setting everywhere", async () => {
      const range = await ask<Range>("prepareRename", "shop/views.py", "settings.CURRENCY", 10);
      assert.deepEqual(range, { start: { line: 4, character: 20 }, end: { line: 4, character: 28 } });
      const edit = await ask<WorkspaceEdit>("rename", "shop/views.py", "settings.CURRENCY", 10, { newName: "MONEY" });
      assert.equal(
        client.applied(edit, shop.path("shop/settings/production.py")),
        'from .base import *\n\nMONEY = "USD"\nPRICE = MONEY\n',
      );
      assert.match(client.applied(edit, shop.path("shop/views.py")), /settings\.MONEY, getattr\(settings, 'MONEY'\)/);
    });

    it("refuses settings of Django, and names that Django would not read", async () => {
      await assert.rejects(
        ask("prepareRename", "shop/settings/base.py", "TIME_ZONE"),
        /TIME_ZONE is a setting of Django: only a project's own settings can be renamed\./,
      );
      await assert.rejects(
        ask("rename", "shop/settings/base.py", "CURRENCY", 1, { newName: "currency" }),
        /"currency" is no name for a setting/,
      );
    });
  });

  describe("completion", () => {
    /** Types something at the end of base.py, asks there, and takes it away again. */
    async function typed(text: string, file = "shop/settings/base.py"): Promise<readonly string[]> {
      const path = shop.path(file);
      const before = client.text(path);
      await client.type(path, before + text);
      try {
        return await labels(file, before + text, (before + text).length);
      } finally {
        await client.type(path, before);
      }
    }

    it("offers settings of the project's Django, those already set last", async () => {
      const names = await typed("SEC");
      assert.ok(names.includes("SECURE_HSTS_SECONDS") && names.includes("SECRET_KEY"));
      assert.ok(!names.includes("MIDDLEWARE_CLASSES"), "removed long ago");
      assert.ok(!names.includes("SECURE_CSP"), "not there yet in 5.2");
      assert.ok(names.indexOf("TIME_ZONE") > names.indexOf("USE_TZ"));
    });

    it("offers settings behind settings. in other code", async () => {
      assert.ok((await typed("print(settings.", "shop/views.py")).includes("CURRENCY"));
    });

    it("offers values", async () => {
      assert.deepEqual(await typed("DEBUG = "), ["False", "True"]);
      assert.deepEqual(await typed('X_FRAME_OPTIONS = "'), ["DENY", "SAMEORIGIN"]);
      assert.ok((await typed('TIME_ZONE = "')).includes("Europe/Rome"));
    });

    it("offers apps and middleware, the project's own and missing ones first", async () => {
      const apps = await typed('INSTALLED_APPS += [\n    "');
      assert.ok(apps.includes("shop.orders") && apps.includes("django.contrib.auth"));
      assert.ok(apps.indexOf("django.contrib.admin") > apps.indexOf("django.contrib.auth"));
      assert.ok((await typed('MIDDLEWARE = ["')).includes("django.middleware.security.SecurityMiddleware"));
    });

    it("offers keys and backends in dicts", async () => {
      assert.ok((await typed('DATABASES = {"default": {"')).includes("CONN_MAX_AGE"));
      assert.ok(
        (await typed('CACHES = {"default": {"BACKEND": "')).includes("django.core.cache.backends.redis.RedisCache"),
      );
    });

    it("offers variables of deployment files, and rules in suppression comments", async () => {
      assert.deepEqual(await typed('ZONE = os.environ["'), ["SHOP_ZONE"]);
      assert.ok((await typed("DEBUG = True  # django-settings-lint: ignore[")).includes("debug-enabled"));
    });

    it("offers nothing in other code", async () => {
      assert.deepEqual(await typed("DEBUG = ", "shop/views.py"), []);
    });
  });
});
