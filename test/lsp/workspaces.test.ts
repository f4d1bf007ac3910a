import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { codesOf, LspClient, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const BASE = "shop/settings/base.py";

describe("lsp: workspace folders", function () {
  this.timeout(20_000);
  let client: LspClient;
  const projects: DiskProject[] = [];

  function project(files = SHOP, parent = ""): DiskProject {
    const made = new DiskProject(files, parent);
    projects.push(made);
    return made;
  }

  afterEach(() => {
    client.kill();
    for (const each of projects.splice(0)) each.dispose();
  });

  it("keeps several folders apart", async () => {
    const [one, two] = [project(), project()];
    two.write("shop/settings/production.py", `${SHOP["shop/settings/production.py"] ?? ""}DEBUG = False\n`);
    client = await LspClient.start({ folders: [one.root, two.root] });
    assert.deepEqual(await client.rules(one.path(BASE)), ["debug-enabled"]);
    assert.deepEqual(await client.rules(two.path(BASE)), []);
  });

  it("follows folders that come and go", async () => {
    const [one, two] = [project(), project()];
    client = await LspClient.start({ folders: [one.root] });
    assert.deepEqual(await client.rules(two.path(BASE)), []);
    const change = async (added: DiskProject[], removed: DiskProject[]): Promise<void> => {
      const folders = (list: DiskProject[]): object[] => list.map(({ root }) => ({ uri: uriOf(root), name: root }));
      const event = { added: folders(added), removed: folders(removed) };
      await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    };
    await change([two], []);
    assert.deepEqual(await client.rules(two.path(BASE)), ["debug-enabled"]);
    await change([], [one]);
    assert.deepEqual(await client.rules(one.path(BASE)), []);
    assert.deepEqual(await client.rules(two.path(BASE)), ["debug-enabled"]);
  });

  it("takes the diagnostics of a removed folder back from a client that does not pull", async () => {
    const one = project();
    client = await LspClient.start({
      folders: [one.root],
      capabilities: { ...PUSHED, workspace: { workspaceFolders: true } },
    });
    const uri = uriOf(one.path(BASE));
    await client.until(() => client.published.get(uri)?.diagnostics.length === 1, "diagnostics");
    const event = { added: [], removed: [{ uri: uriOf(one.root), name: "one" }] };
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0, "the end of the diagnostics");
  });

  it("reports each finding once where one folder lies in another", async () => {
    const outer = project({});
    cpSync(project().root, outer.path("backend"), { recursive: true });
    const inner = outer.path("backend");
    client = await LspClient.start({ folders: [inner, outer.root] });
    const { items } = await client.pullWorkspace();
    assert.deepEqual(
      items.map((item) => [item.uri, item.kind === "full" ? codesOf(item.items) : item.kind]),
      [[uriOf(`${inner}/${BASE}`), ["debug-enabled"]]],
    );
  });

  it("analyses an inner folder by itself when the outer one ignores it", async () => {
    const outer = project({ ".gitignore": "checkout/\n" });
    cpSync(project().root, outer.path("checkout"), { recursive: true });
    client = await LspClient.start({ folders: [outer.root, outer.path("checkout")] });
    assert.deepEqual(await client.rules(outer.path(`checkout/${BASE}`)), ["debug-enabled"]);
  });

  it("says nothing in a folder without Django", async () => {
    const other = project({
      "settings.py": "DEBUG = True\nSECRET_KEY = 'abc'\n",
      "app/config.py": "import os\nPORT = int(os.environ['PORT'])\n",
      "pyproject.toml": '[project]\nname = "tool"\n',
    });
    client = await LspClient.start({ folders: [other.root], capabilities: PUSHED });
    await client.until(() => client.logged.some((line) => line.startsWith("analysed")), "the analysis");
    await client.open(other.path("settings.py"));
    await client.stop();
    assert.deepEqual([...client.published.keys()], []);
  });

  for (const name of [
    "my shop",
    "läden & 店",
    "100% sure",
    "a+b#c?d",
    "[brackets] (round) {curly}",
    "it's 'quoted'!",
  ]) {
    it(`copes with a folder called ${name}`, async () => {
      const shop = project(SHOP, name);
      client = await LspClient.start({ folders: [shop.root] });
      const path = shop.path(BASE);
      await client.open(path);
      const [finding] = await client.diagnostics(path);
      assert.equal(finding?.code, "debug-enabled");
      const related = finding.relatedInformation?.map(({ location }) => decodeURIComponent(location.uri)) ?? [];
      assert.deepEqual(related.slice(0, 1), [decodeURIComponent(uriOf(shop.path("shop/settings/production.py")))]);
      const range = finding.range;
      const [fix] = await client.actions(path, range);
      assert.ok(fix !== undefined);
      const { edit } = await client.resolve(fix);
      const production = shop.path("shop/settings/production.py");
      assert.match(client.applied(edit, production, SHOP["shop/settings/production.py"]), /DEBUG = False/);
    });
  }

  it("answers emptily for documents that are no files, and for malformed URIs", async () => {
    const shop = project();
    client = await LspClient.start({ folders: [shop.root] });
    for (const uri of [
      "untitled:Untitled-1",
      "git:/repo/settings.py?ref",
      "vscode-notebook-cell:/a.ipynb#1",
      "file:///%zz",
      "nonsense",
    ]) {
      const textDocument = { uri, languageId: "python", version: 1, text: "DEBUG = True\n" };
      await client.connection.sendNotification("textDocument/didOpen", { textDocument });
      const report = await client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
      assert.deepEqual(report, { kind: "full", items: [] });
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    }
    assert.deepEqual(
      client.logged.filter((line) => line.includes("failed")),
      [],
    );
  });
});
