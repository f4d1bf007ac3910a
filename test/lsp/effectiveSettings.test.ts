import assert from "node:assert/strict";
import { LspClient, uriOf } from "../harness/lspClient";
import type {
  EffectiveSettingsParams,
  EffectiveSettingsResult,
  ProjectSettings,
  SettingInfo,
  SettingPart,
} from "../../server/src/protocol";
import { DiskProject, SHOP } from "./shop";

const KEY = "f7e0-not-to-be-seen-9k2";

const FILES: Readonly<Record<string, string>> = {
  ...SHOP,
  "shop/settings/base.py": [
    "import os",
    "import vault",
    "DEBUG = True",
    'INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.messages"]',
    "USE_TZ = True",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.sqlite3"}}',
    'BROKER_URL = vault.read("broker")',
    `SECRET_KEY = "${KEY}"`,
    'CURRENCY = "EUR" if os.environ.get("EUROPE") else "USD"',
    "",
  ].join("\n"),
  "shop/settings/development.py": 'from .base import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n',
  "shop/settings/production.py": [
    "from .base import *",
    "DEBUG = False",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": "db"}}',
    'LANGUAGE_CODE = "en-gb"',
    "try:",
    "    from .local import *",
    "except ImportError:",
    "    pass",
    "",
  ].join("\n"),
};

describe("lsp: effective settings", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  before(async () => {
    shop = new DiskProject(FILES);
    client = await LspClient.start({ folders: [shop.root] });
  });
  after(() => {
    client.kill();
    shop.dispose();
  });

  async function ask(params: EffectiveSettingsParams = {}): Promise<ProjectSettings> {
    const method = "djangoSettingsLint/effectiveSettings";
    const { projects } = await client.connection.sendRequest<EffectiveSettingsResult>(method, params);
    assert.equal(projects.length, 1);
    const [project] = projects;
    assert.ok(project);
    return project;
  }

  function named({ settings }: ProjectSettings, name: string): SettingInfo {
    const found = settings.find((setting) => setting.name === name);
    assert.ok(found, name);
    return found;
  }

  /** `environments: text`, one for each group. */
  function groups(setting: SettingInfo): string[] {
    return setting.groups.map(({ environments, text }) => `${environments.join(", ")}: ${text}`);
  }

  function parts(list: readonly SettingPart[] = []): unknown[] {
    return list.map(({ label, text, change }) => [change ?? "", label ?? "", text]);
  }

  it("names the environments, production first", async () => {
    const { root, environments } = await ask();
    assert.equal(root, uriOf(shop.root));
    assert.deepEqual(
      environments.map(({ name, module, role, uri }) => [name, module, role, uri.slice(root.length)]),
      [
        ["production", "shop.settings.production", "production", "/shop/settings/production.py"],
        ["development", "shop.settings.development", "development", "/shop/settings/development.py"],
      ],
    );
  });

  it("puts environments together that get the same, with the place it comes from", async () => {
    const project = await ask();
    const debug = named(project, "DEBUG");
    assert.deepEqual(groups(debug), ["production: False", "development: True"]);
    assert.deepEqual(
      debug.groups.map(({ place }) => place?.label),
      ["shop/settings/production.py:2", "shop/settings/base.py:3"],
    );
  });

  it("tells what is set, and what is other than Django's default", async () => {
    const project = await ask();
    const told = (name: string): unknown[] => {
      const { isSet, isChanged, groups: own } = named(project, name);
      return [isSet, isChanged, own.map(({ isDefault, text }) => (isDefault ? `default ${text}` : text)).join(" ")];
    };
    assert.deepEqual(told("USE_TZ"), [true, false, "True"]);
    assert.deepEqual(told("APPEND_SLASH"), [false, false, "default True"]);
    assert.deepEqual(told("LANGUAGE_CODE"), [true, true, "'en-gb' default 'en-us'"]);
    assert.deepEqual(told("CURRENCY").slice(0, 2), [true, true]);
    assert.match(named(project, "USE_TZ").docs ?? "", /^https:\/\/docs\.djangoproject\.com/);
  });

  it("expands lists and dicts, and tells them against the first group", async () => {
    const project = await ask();
    const [production, development] = named(project, "INSTALLED_APPS").groups;
    assert.equal(production?.parts.length, 3);
    assert.deepEqual(parts(development?.parts), [["added", "", "'debug_toolbar'"]]);
    const [own, other] = named(project, "DATABASES").groups;
    assert.deepEqual(parts(own?.parts[0]?.parts), [
      ["", "'ENGINE'", "'django.db.backends.postgresql'"],
      ["", "'NAME'", "'shop'"],
      ["", "'HOST'", "'db'"],
    ]);
    assert.deepEqual(parts(other?.parts), [
      ["changed", "'default' 'ENGINE'", "'django.db.backends.sqlite3'"],
      ["changed", "'default' 'NAME'", "'shop.sqlite3'"],
      ["removed", "'default' 'HOST'", "'db'"],
    ]);
  });

  it("says why a value is not known, what may replace it, and on what it depends", async () => {
    const project = await ask();
    const broker = named(project, "BROKER_URL").groups[0];
    assert.match(broker?.unknown ?? "", /vault\.read/);
    assert.equal(broker?.overridable, "from .local import *");
    assert.equal(named(project, "DEBUG").groups[1]?.overridable, undefined);
    assert.ok(JSON.stringify(named(project, "CURRENCY").groups).includes("EUROPE"));
  });

  it("masks secrets", async () => {
    const project = await ask();
    const key = named(project, "SECRET_KEY").groups[0];
    assert.equal(key?.isMasked, true);
    assert.equal(key.text, "'********'");
    assert.ok(!JSON.stringify(project).includes(KEY));
  });

  it("compares the environments that are asked for, and says when something has changed", async () => {
    const params = {
      project: uriOf(shop.root),
      environments: ["shop.settings.development", "shop.settings.production"],
    };
    assert.deepEqual(groups(named(await ask(params), "DEBUG")), ["development: True", "production: False"]);
    let changes = 0;
    client.connection.onNotification("djangoSettingsLint/settingsChanged", () => void (changes += 1));
    const production = shop.path("shop/settings/production.py");
    await client.open(production);
    await client.type(production, client.text(production).replace("DEBUG = False", "DEBUG = True"));
    assert.deepEqual(groups(named(await ask(params), "DEBUG")), ["development, production: True"]);
    assert.ok(changes > 0);
  });
});
