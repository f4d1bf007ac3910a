import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  CancellationTokenSource,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { codesOf, LspClient, PULLING, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const BASE = "shop/settings/base.py";
const PRODUCTION = "shop/settings/production.py";
const TURNED_OFF = `${SHOP[PRODUCTION] ?? ""}DEBUG = False\n`;

/** What a client answers for reports that it has. */
function previous(items: readonly WorkspaceDocumentDiagnosticReport[]): { uri: string; value: string }[] {
  return items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("lsp: diagnostics", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;
  let base: string;
  let production: string;

  async function start(options: Partial<Parameters<typeof LspClient.start>[0]> = {}): Promise<void> {
    client = await LspClient.start({ folders: [shop.root], ...options });
  }

  beforeEach(() => {
    shop = new DiskProject();
    base = shop.path(BASE);
    production = shop.path(PRODUCTION);
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  it("gives a finding with its place, severity, rule and chain", async () => {
    await start();
    await client.open(base);
    const [finding, ...rest] = await client.diagnostics(base);
    assert.deepEqual(rest, []);
    assert.equal(finding?.code, "debug-enabled");
    assert.equal(finding.severity, 1);
    assert.equal(finding.source, "django-settings");
    assert.deepEqual(finding.range, { start: { line: 6, character: 0 }, end: { line: 6, character: 5 } });
    const related = finding.relatedInformation?.map(({ location }) => location.uri) ?? [];
    assert.deepEqual(related, [uriOf(production), uriOf(shop.path("shop/wsgi.py"))], "never what is underlined itself");
    assert.equal(finding.codeDescription, undefined);
  });

  it("links to the rule's page for a client that has it", async () => {
    const diagnostic = { ...PULLING.textDocument?.diagnostic, codeDescriptionSupport: true };
    const capabilities = { ...PULLING, textDocument: { ...PULLING.textDocument, diagnostic } };
    await start({ capabilities, initializationOptions: { canExplainRule: true } });
    const [finding] = await client.diagnostics(base);
    assert.deepEqual(finding?.codeDescription, { href: "django-settings-lint:/rule/debug-enabled.md" });
  });

  it("answers `unchanged` while nothing changed, and anew when it did", async () => {
    await start();
    await client.open(production);
    await client.open(base);
    const first = await client.pull(base);
    assert.ok(first.kind === "full" && first.resultId !== undefined);
    assert.deepEqual(await client.pull(base, first.resultId), { kind: "unchanged", resultId: first.resultId });
    // An edit in another file of the project changes this one's findings.
    await client.type(production, TURNED_OFF);
    const second = await client.pull(base, first.resultId);
    assert.ok(second.kind === "full" && second.items.length === 0 && second.resultId !== first.resultId);
    await client.type(production, SHOP[PRODUCTION] ?? "");
    const third = await client.pull(base, second.resultId);
    assert.equal(third.resultId, first.resultId);
  });

  it("asks the client to pull again when an edit elsewhere has changed what it shows", async () => {
    await start();
    await client.open(production);
    await client.open(base);
    const first = await client.pull(base);
    await client.type(production, TURNED_OFF);
    await client.until(() => client.refreshes === 1, "the refresh");
    const second = await client.pull(base, first.resultId ?? undefined);
    assert.ok(second.kind === "full" && second.items.length === 0);
    await client.type(production, `${TURNED_OFF}# a remark\n`);
    await client.pull(base, second.resultId);
    await pause(1000);
    assert.equal(client.refreshes, 1);
  });

  it("takes edits of ranges, in UTF-16 columns, with any line break", async () => {
    await start();
    await client.open(base, (SHOP[BASE] ?? "").replaceAll("\n", "\r\n"));
    await client.change(base, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: 'GREETING = "👋🏽"; ' },
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\r\n" },
    ]);
    const [finding] = await client.diagnostics(base);
    assert.equal(finding?.range.start.line, 7);
    await client.change(base, [
      { range: { start: { line: 7, character: 0 }, end: { line: 7, character: 0 } }, text: 'WAVE = "👋🏽"; ' },
    ]);
    const [moved] = await client.diagnostics(base);
    assert.deepEqual(moved?.range.start, { line: 7, character: 15 });
  });

  it("goes on with broken syntax, and sees what is behind it", async () => {
    await start();
    await client.open(base);
    await client.type(base, `LIST = [1,\nTEXT = "open\n${SHOP[BASE] ?? ""}`);
    await client.pull(base);
    await client.type(base, `OTHER = = 1\n${SHOP[BASE] ?? ""}`);
    assert.deepEqual(await client.rules(base), ["debug-enabled"]);
  });

  it("gives findings of the whole workspace, no file being open, and holds the request while nothing changes", async () => {
    await start();
    const { items } = await client.pullWorkspace();
    assert.deepEqual(
      items.map((item) => [item.uri, item.kind === "full" ? codesOf(item.items) : item.kind, item.version]),
      [[uriOf(base), ["debug-enabled"], null]],
    );
    let answered = false;
    const held = client.pullWorkspace(previous(items)).then((report) => {
      answered = true;
      return report;
    });
    await pause(600);
    assert.equal(answered, false);
    shop.write(PRODUCTION, TURNED_OFF);
    await client.changedOnDisk([production, 2]);
    const changed = (await held).items;
    assert.deepEqual(
      changed.map((item) => [item.uri, item.kind === "full" ? item.items : item.kind]),
      [[uriOf(base), []]],
    );
    assert.equal(client.refreshes, 1);
  });

  it("holds the first request of a workspace without findings, too", async () => {
    shop.write(PRODUCTION, TURNED_OFF);
    await start();
    let answered = false;
    const held = client.pullWorkspace();
    void held.then(() => (answered = true));
    await pause(600);
    assert.equal(answered, false);
    await client.open(production);
    await client.type(production, SHOP[PRODUCTION] ?? "");
    assert.equal((await held).items.length, 1);
  });

  it("ends a held request when it is cancelled", async () => {
    await start();
    const { items } = await client.pullWorkspace();
    const source = new CancellationTokenSource();
    const params = { previousResultIds: previous(items) };
    const held = client.connection.sendRequest("workspace/diagnostic", params, source.token);
    await pause(100);
    source.cancel();
    await assert.rejects(held, { code: -32800 });
    assert.deepEqual(await client.rules(base), ["debug-enabled"]);
  });

  it("sends large answers in parts", async () => {
    const many: Record<string, string> = {};
    for (let i = 0; i < 130; i++) {
      many[`site${i}/manage.py`] = (SHOP["manage.py"] ?? "").replace("shop.settings.development", `site${i}.settings`);
      many[`site${i}/site${i}/__init__.py`] = "";
      many[`site${i}/site${i}/settings.py`] =
        'INSTALLED_APPS = []\nROOT_URLCONF = "urls"\nMIDDLEWARE = []\nDEBUG = False  # django-settings-lint: ignore[debug-enabled]\n';
    }
    for (const [path, text] of Object.entries(many)) shop.write(path, text);
    await start();
    const partial: number[] = [];
    client.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, "parts", ({ items }) => {
      partial.push(items.length);
    });
    const params = { previousResultIds: [], partialResultToken: "parts" };
    const report = await client.connection.sendRequest<{ items: unknown[] }>("workspace/diagnostic", params);
    assert.deepEqual(report.items, []);
    assert.deepEqual(partial, [100, 31]);
  });

  it("drops work for a document that changes while it is being asked for", async () => {
    await start();
    await client.open(base);
    const first = client.pull(base);
    first.catch(() => {});
    await client.type(base, `# one more line\n${SHOP[BASE] ?? ""}`);
    const [finding] = await client.diagnostics(base);
    assert.equal(finding?.range.start.line, 7);
    // Either it was fast enough, or it says that the client should ask again.
    await first.catch((error: { code?: number; data?: unknown }) => {
      assert.deepEqual([error.code, error.data], [-32802, { retriggerRequest: true }]);
    });
  });

  it("answers a cancelled pull with that, and stays well", async () => {
    await start();
    await client.open(base);
    const source = new CancellationTokenSource();
    const textDocument = { uri: uriOf(base) };
    const pull = client.connection.sendRequest("textDocument/diagnostic", { textDocument }, source.token);
    source.cancel();
    await pull.catch((error: { code?: number }) => assert.equal(error.code, -32800));
    assert.deepEqual(await client.rules(base), ["debug-enabled"]);
  });

  it("sends diagnostics of the whole workspace to a client that does not pull", async () => {
    await start({ capabilities: PUSHED });
    await client.until(() => client.published.has(uriOf(base)), "diagnostics");
    const first = client.published.get(uriOf(base));
    assert.deepEqual([codesOf(first?.diagnostics ?? []), first?.version], [["debug-enabled"], undefined]);
    await client.open(base);
    await client.open(production);
    const version = await client.type(production, TURNED_OFF);
    await client.until(() => client.published.get(uriOf(base))?.diagnostics.length === 0, "the finding's end");
    assert.equal(version, 2);
    await client.close(production);
    await client.until(() => client.published.get(uriOf(base))?.diagnostics.length === 1, "the finding's return");
    assert.equal(client.published.get(uriOf(base))?.version, 1);
    assert.ok(!client.published.has(uriOf(production)));
  });

  it("forgets what was not saved when a document is closed", async () => {
    await start();
    await client.open(production);
    await client.type(production, TURNED_OFF);
    assert.deepEqual(await client.rules(base), []);
    await client.close(production);
    assert.deepEqual(await client.rules(base), ["debug-enabled"]);
    assert.equal(readFileSync(production, "utf8"), SHOP[PRODUCTION]);
  });

  it("analyses nothing anew for files that play no part", async () => {
    await start();
    await client.open(base);
    await client.pull(base);
    const views = shop.path("shop/views.py");
    const analyses = (): number => client.logged.filter((line) => line.startsWith("analysed")).length;
    const before = analyses();
    await client.open(views);
    for (let i = 0; i < 20; i++) await client.type(views, `# ${i}\n`);
    assert.deepEqual(await client.diagnostics(views), []);
    // Whatever the log has not told yet, it tells at the end.
    await client.stop();
    assert.equal(analyses(), before);
  });
});
