import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LspClient, PULLING, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject } from "./shop";

describe("lsp: lifecycle", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(() => (shop = new DiskProject()));
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  it("declares what it can do, and no more", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    const manifest = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
      version: string;
    };
    const { capabilities, serverInfo } = client.initialized;
    assert.deepEqual(serverInfo, { name: "django-settings-lint", version: manifest.version });
    assert.equal(capabilities.positionEncoding, "utf-16");
    assert.deepEqual(capabilities.diagnosticProvider, {
      identifier: "django-settings-lint",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    assert.deepEqual(capabilities.codeActionProvider, {
      codeActionKinds: ["quickfix", "source.fixAll.djangoSettingsLint"],
      resolveProvider: true,
    });
    assert.equal(capabilities.hoverProvider, true);
    assert.equal(capabilities.definitionProvider, true);
    assert.deepEqual(capabilities.renameProvider, { prepareProvider: true });
    assert.equal(capabilities.documentFormattingProvider, undefined);
  });

  it("declares no pull to a client that cannot pull", async () => {
    client = await LspClient.start({ folders: [shop.root], capabilities: PUSHED });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
  });

  it("asks for news of files and settings where the client offers it", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    await client.until(() => client.registered.length >= 2, "registrations");
    assert.deepEqual(client.registered.toSorted(), [
      "workspace/didChangeConfiguration",
      "workspace/didChangeWatchedFiles",
    ]);
  });

  it("registers nothing where the client offers nothing", async () => {
    client = await LspClient.start({ folders: [shop.root], capabilities: PUSHED });
    await client.until(() => client.published.size > 0, "diagnostics");
    assert.deepEqual(client.registered, []);
  });

  it("ends with 0 after shutdown, also while a request is held", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    const [item] = (await client.pullWorkspace()).items;
    assert.ok(item?.resultId !== undefined && item.resultId !== null);
    const held = client.pullWorkspace([{ uri: item.uri, value: item.resultId }]);
    held.catch(() => {});
    assert.equal(await client.stop(), 0);
  });

  it("ends with 1 when the client exits without shutdown", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    await client.connection.sendNotification("exit");
    assert.equal(await client.exited, 1);
  });

  it("ends when the client goes away", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    client.process.stdin?.end();
    assert.equal(await client.exited, 1);
  });

  it("refuses requests after shutdown", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    await client.connection.sendRequest("shutdown");
    await assert.rejects(client.pull(shop.path("shop/settings/base.py")), /shut down/);
  });

  it("answers nothing before it was initialized, and is initialized once", async () => {
    client = LspClient.connect({ folders: [shop.root] });
    const { connection } = client;
    const early = connection.sendRequest("djangoSettingsLint/rules");
    await assert.rejects(early, { code: -32002 });
    await assert.rejects(connection.sendRequest("shutdown"), { code: -32002 });
    const params = { processId: null, rootUri: null, capabilities: {} };
    await connection.sendRequest("initialize", params);
    await assert.rejects(connection.sendRequest("initialize", params), { code: -32600 });
    assert.equal(await client.stop(), 0);
  });

  it("outlives messages that make no sense", async () => {
    client = LspClient.connect({ folders: [shop.root] });
    const { connection } = client;
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
    for (const text of ['{"jsonrpc": "2.0", "method": "$/cancelRequest"}', "{{{", "[]", "null", "7"])
      client.process.stdin?.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
    assert.ok(await connection.sendRequest("djangoSettingsLint/rules"));
    assert.equal(await client.stop(), 0);
  });

  it("serves a client that does not say what its settings are, and follows them when it does", async () => {
    const capabilities = { ...PUSHED, workspace: { configuration: true } };
    client = await LspClient.start({ folders: [shop.root], capabilities, isMute: true });
    const uri = uriOf(shop.path("shop/settings/base.py"));
    const published = (): number | undefined => client.published.get(uri)?.diagnostics.length;
    await client.until(() => published() === 1, "diagnostics with the defaults");
    client.answerSettings({ enable: false });
    await client.until(() => published() === 0, "the settings to count");
  });

  it("works without any folder", async () => {
    client = await LspClient.start({ folders: [] });
    const path = shop.path("shop/settings/base.py");
    await client.open(path);
    assert.deepEqual(await client.diagnostics(path), []);
    assert.equal(await client.stop(), 0);
  });

  it("answers the requests of its own", async () => {
    client = await LspClient.start({ folders: [shop.root], initializationOptions: { canExplainRule: true } });
    const production = shop.path("shop/settings/production.py");
    await client.diagnostics(production);
    const status = await client.connection.sendRequest<Record<string, unknown>>("djangoSettingsLint/status", {
      uri: uriOf(production),
    });
    assert.equal(status["state"], "ready");
    assert.equal(status["role"], "production");
    assert.equal(status["module"], "shop.settings.production");
    assert.equal(status["django"], "5.2");
    const views = await client.connection.sendRequest<Record<string, unknown>>("djangoSettingsLint/status", {
      uri: uriOf(shop.path("shop/views.py")),
    });
    assert.equal(views["state"], "notSettings");
    assert.deepEqual(status["environment"], { name: "production", problems: 1 });
    assert.deepEqual(views["environment"], { name: "production", problems: 1 });
    const development = await client.connection.sendRequest<Record<string, unknown>>("djangoSettingsLint/status", {
      uri: uriOf(shop.path("shop/settings/development.py")),
    });
    assert.deepEqual(development["environment"], { name: "development", problems: 0 });
    const { rules } = await client.connection.sendRequest<{ rules: { id: string; summary: string }[] }>(
      "djangoSettingsLint/rules",
    );
    assert.ok(rules.some(({ id, summary }) => id === "debug-enabled" && summary.length > 10));
    const page = await client.connection.sendRequest<{ markdown?: string }>("djangoSettingsLint/explainRule", {
      rule: "debug-enabled",
    });
    assert.match(page.markdown ?? "", /^# debug-enabled\n[\s\S]*## Why it matters/);
    assert.deepEqual(
      await client.connection.sendRequest("djangoSettingsLint/explainRule", { rule: "no-such-rule" }),
      {},
    );
    const config = await client.connection.sendRequest<{ markdown: string }>("djangoSettingsLint/resolvedConfig", {});
    assert.match(config.markdown, /`preset` \| `none` \| `pyproject\.toml:2`/);
    assert.match(config.markdown, /shop\.settings\.production`: production/);
  });

  it("logs its version, what it found and how long that took, again when the numbers change", async () => {
    client = await LspClient.start({ folders: [shop.root] });
    const base = shop.path("shop/settings/base.py");
    await client.open(base);
    await client.pull(base);
    const told = (findings: string): boolean =>
      client.logged.some((message) =>
        new RegExp(
          `^Django Settings Lint \\d+\\.\\d+\\.\\d+: .*: 1 project, 3 settings modules, ${findings}, [\\d.]+ ms$`,
        ).test(message),
      );
    await client.until(() => told("1 finding"));
    await client.type(base, client.text(base).replace("DEBUG = True", "DEBUG = False"));
    await client.pull(base);
    await client.until(() => told("0 findings"));
  });

  it("says nothing of its state but when that changes", async () => {
    const states: unknown[] = [];
    client = await LspClient.start({ folders: [shop.root], capabilities: PULLING });
    client.connection.onNotification("djangoSettingsLint/stateChanged", (params) => void states.push(params));
    const path = shop.path("shop/settings/base.py");
    await client.open(path);
    await client.diagnostics(path);
    await client.type(path, `${readFileSync(path, "utf8")}\nTIME_ZONE = "UTC"\n`);
    await client.diagnostics(path);
    assert.deepEqual(states, [{ state: "loading" }, { state: "ready" }]);
  });
});
