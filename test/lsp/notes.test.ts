import assert from "node:assert/strict";
import type { CodeLens, InlayHint } from "vscode-languageserver/node";
import { LspClient, PULLING, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const BASE = "shop/settings/base.py";
const PRODUCTION = "shop/settings/production.py";
const ON = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
const ALL = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
const REFRESHING = {
  ...PULLING,
  workspace: { ...PULLING.workspace, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
};

const FILES: Readonly<Record<string, string>> = {
  ...SHOP,
  [BASE]: [
    "import os",
    "DEBUG = True",
    'TIME_ZONE = "UTC"',
    'INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.messages"]',
    'CURRENCY = "EUR"',
    "CURRENCY = os.environ['CURRENCY']",
    'LABEL = "shop"',
    'SECRET_KEY = "f7e0-not-to-be-seen-9k2"',
    "",
  ].join("\n"),
  "shop/settings/development.py":
    'from .base import *\n\nINSTALLED_APPS += ["debug_toolbar"]\nLABEL = "shop (local)"\nSECRET_KEY = "f7e0-nor-this-one-77"\n',
  [PRODUCTION]: 'from .base import *\n\nDEBUG = False\nLABEL = "Shop"\n',
  "shop/settings/staging.py": "from .production import *\n\nDEBUG = False\n",
};

describe("lsp: code lenses and inlay hints", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  before(() => (shop = new DiskProject(FILES)));
  afterEach(() => client.kill());
  after(() => shop.dispose());

  async function start(settings: object, initializationOptions: object = {}): Promise<void> {
    client = await LspClient.start({ folders: [shop.root], settings, initializationOptions, capabilities: REFRESHING });
    for (const file of [BASE, PRODUCTION]) await client.open(shop.path(file));
  }

  function lenses(file: string): Promise<CodeLens[]> {
    return client.connection.sendRequest("textDocument/codeLens", { textDocument: { uri: uriOf(shop.path(file)) } });
  }

  /** `line: text`, lines counted from one. */
  async function lensTexts(file: string): Promise<string[]> {
    return (await lenses(file)).map(({ range, command }) => `${range.start.line + 1}: ${command?.title ?? ""}`);
  }

  async function hints(file: string): Promise<string[]> {
    const textDocument = { uri: uriOf(shop.path(file)) };
    const found = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: ALL,
    });
    return found.map(
      ({ position, label, tooltip }) =>
        `${position.line + 1}:${position.character} ${JSON.stringify(label)} ${JSON.stringify(tooltip)}`,
    );
  }

  it("are not there unless they are wanted", async () => {
    await start({});
    assert.deepEqual(await lenses(BASE), []);
    assert.deepEqual(await hints(BASE), []);
  });

  it("tell what environments get where that differs, who overrides, and what nobody uses", async () => {
    await start(ON);
    assert.deepEqual(await lensTexts(BASE), [
      "2: production, staging: False · development: True",
      "2: overridden in production.py, staging.py",
      "4: production, staging: 3 items · development: +'debug_toolbar'",
      "5: overridden on line 6",
      "7: production, staging: 'Shop' · development: 'shop (local)'",
      "7: not used by any environment",
      "8: production, staging: '********' · development: '********'",
      "8: overridden in development.py",
    ]);
    assert.deepEqual(await lensTexts(PRODUCTION), ["3: overridden in staging.py"]);
  });

  it("stand behind the statement as hints", async () => {
    await start(ON);
    const whole = "production, staging: False · development: True\\noverridden in production.py, staging.py";
    assert.deepEqual((await hints(BASE)).slice(0, 2), [
      `2:12 "production, staging: False · 1 more" "${whole}"`,
      `4:91 "production, staging: 3 items · 1 more" "production, staging: 3 items · development: +'debug_toolbar'"`,
    ]);
  });

  it("lead to the assignments that override, for a client that can show them", async () => {
    await start(ON, { canShowPlaces: true });
    const lens = (await lenses(BASE)).find(({ command }) => command?.title.startsWith("overridden"));
    assert.equal(lens?.command?.command, "djangoSettingsLint.showPlaces");
    const [uri, at, places] = lens?.command?.arguments ?? [];
    assert.deepEqual([uri, at], [uriOf(shop.path(BASE)), { line: 1, character: 0 }]);
    assert.deepEqual(
      (places as { uri: string }[]).map((place) => place.uri),
      [PRODUCTION, "shop/settings/staging.py"].map((file) => uriOf(shop.path(file))),
    );
  });

  it("lead from what environments get to the tree of effective settings, for a client that has one", async () => {
    await start(ON, { canRevealSettings: true });
    const commands = (await lenses(BASE)).map(({ command }) => command);
    assert.deepEqual(commands[0]?.arguments, [uriOf(shop.root), "DEBUG"]);
    assert.equal(commands[0]?.command, "djangoSettingsLint.revealSetting");
    assert.equal(commands[1]?.command, "", "the client cannot show places");
  });

  it("are asked for again when another file changes them, and when they are switched on", async () => {
    await start({});
    const refreshed: string[] = [];
    for (const method of ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"])
      client.connection.onRequest(method, () => void refreshed.push(method));
    await client.pull(shop.path(BASE));
    client.settings = ON;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.refreshes > 0);
    await client.pull(shop.path(BASE));
    await client.type(shop.path(PRODUCTION), "from .base import *\n");
    await client.pull(shop.path(BASE));
    assert.equal((await lensTexts(BASE))[0], "2: production, development: True · staging: False");
    assert.deepEqual(new Set(refreshed).size, 2);
    assert.ok(refreshed.length >= 4, `${refreshed.length} refreshes`);
  });
});
