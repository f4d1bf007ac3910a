import assert from "node:assert/strict";
import { codesOf, LspClient, uriOf } from "../harness/lspClient";
import { DiskProject } from "./shop";

const BASE = "shop/settings/base.py";

describe("lsp: configuration", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(() => (shop = new DiskProject()));
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  async function start(settings: object = {}): Promise<void> {
    client = await LspClient.start({ folders: [shop.root], settings });
  }

  async function reconfigure(settings: object): Promise<void> {
    client.settings = settings;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  it("regrades and hides as the editor's settings say, and asks the client to pull again when they change", async () => {
    await start();
    const path = shop.path(BASE);
    assert.equal((await client.diagnostics(path))[0]?.severity, 1);
    await reconfigure({ severityOverrides: { "debug-enabled": "hint" } });
    await client.until(() => client.refreshes === 1, "the refresh");
    assert.equal((await client.diagnostics(path))[0]?.severity, 4);
    await reconfigure({ severityOverrides: { "debug-enabled": "off" } });
    await client.until(() => client.refreshes === 2, "the refresh");
    assert.deepEqual(await client.diagnostics(path), []);
    const line = { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } };
    assert.deepEqual(await client.actions(path, line), []);
    await reconfigure({ severityOverrides: { "debug-enabled": "off" } });
    await client.pull(path);
    assert.equal(client.refreshes, 2);
  });

  it("falls silent when it is switched off, and comes back", async () => {
    await start({ enable: false });
    const path = shop.path(BASE);
    assert.deepEqual(await client.diagnostics(path), []);
    assert.equal(await client.hover(path, 6, 1), undefined);
    const status = await client.connection.sendRequest<{ state: string }>("djangoSettingsLint/status", {
      uri: uriOf(path),
    });
    assert.equal(status.state, "disabled");
    await reconfigure({ enable: true });
    await client.until(() => client.refreshes === 1, "the refresh");
    assert.deepEqual(await client.rules(path), ["debug-enabled"]);
  });

  it("leaves closed files out when it is told to", async () => {
    await start({ workspaceFindings: false });
    const path = shop.path(BASE);
    const anchor = { uri: uriOf(shop.path("anchor.py")), value: "nothing" };
    const full = async (): Promise<string[]> =>
      (await client.pullWorkspace([anchor])).items.flatMap((item) => (item.kind === "full" ? codesOf(item.items) : []));
    assert.deepEqual(await full(), []);
    await client.open(path);
    assert.deepEqual(await full(), ["debug-enabled"]);
  });

  it("takes settings of the wrong type as if they were not set", async () => {
    await start({ enable: "yes", severityOverrides: ["off"], workspaceFindings: 7 });
    assert.deepEqual(await client.rules(shop.path(BASE)), ["debug-enabled"]);
    await reconfigure({ severityOverrides: { "debug-enabled": "fatal" } });
    assert.deepEqual(await client.rules(shop.path(BASE)), ["debug-enabled"]);
  });

  it("follows pyproject.toml, in the editor and on disk", async () => {
    await start();
    const path = shop.path(BASE);
    const config = shop.path("pyproject.toml");
    assert.deepEqual(await client.rules(path), ["debug-enabled"]);
    await client.open(config, '[tool.django-settings-lint]\npreset = "none"\n', "toml");
    assert.deepEqual(await client.rules(path), []);
    await client.close(config);
    assert.deepEqual(await client.rules(path), ["debug-enabled"]);
    shop.write("pyproject.toml", '[tool.django-settings-lint]\npreset = "none"\nrules = { debug-enabled = "info" }\n');
    await client.changedOnDisk([config, 2]);
    assert.equal((await client.diagnostics(path))[0]?.severity, 3);
  });

  it("shows what is wrong with the configuration where it is, and keeps the rest in force", async () => {
    shop.write(
      "pyproject.toml",
      '[tool.django-settings-lint]\npreset = "none"\nrules = { debug-enabled = "error", debug-enable = "info" }\ncolour = "red"\n',
    );
    await start();
    const problems = await client.diagnostics(shop.path("pyproject.toml"));
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, range.start.line]),
      [
        ["configuration", 2, 2],
        ["configuration", 2, 3],
      ],
    );
    assert.deepEqual(await client.rules(shop.path(BASE)), ["debug-enabled"]);
  });

  it("shows where a configuration is not TOML, and goes on with the defaults", async () => {
    shop.write("pyproject.toml", "[tool.django-settings-lint\npreset = none\n");
    await start();
    assert.deepEqual(await client.rules(shop.path("pyproject.toml")), ["configuration"]);
    assert.ok((await client.rules(shop.path(BASE))).includes("debug-enabled"));
  });

  it("has the nearest configuration for each project", async () => {
    shop.write("other/pyproject.toml", '[tool.django-settings-lint]\npreset = "none"\n');
    shop.write("other/manage.py", 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.production")\n');
    shop.write("other/site1/__init__.py", "");
    shop.write(
      "other/site1/production.py",
      'INSTALLED_APPS = []\nROOT_URLCONF = "urls"\nMIDDLEWARE = []\nDEBUG = True\n',
    );
    await start();
    assert.deepEqual(await client.rules(shop.path(BASE)), ["debug-enabled"]);
    assert.deepEqual(await client.rules(shop.path("other/site1/production.py")), []);
  });
});
