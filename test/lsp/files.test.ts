import assert from "node:assert/strict";
import { codesOf, LspClient, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const [CREATED, CHANGED, DELETED] = [1, 2, 3] as const;
const PRODUCTION = "shop/settings/production.py";

describe("lsp: files on disk", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(async () => {
    shop = new DiskProject();
    client = await LspClient.start({ folders: [shop.root] });
    assert.deepEqual(await findings(), { "shop/settings/base.py": ["debug-enabled"] });
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  /** The rules reported anywhere in the workspace, by file. */
  async function findings(): Promise<Record<string, string[]>> {
    // A file without findings that was never heard of keeps a request from being held.
    const anchor = { uri: uriOf(shop.path("anchor.py")), value: "nothing" };
    const { items } = await client.pullWorkspace([anchor]);
    const found = items.flatMap((item) => (item.kind === "full" && item.items.length > 0 ? [item] : []));
    const prefix = uriOf(`${shop.root}/`);
    return Object.fromEntries(found.map((item) => [item.uri.slice(prefix.length), codesOf(item.items)]));
  }

  it("sees a changed file", async () => {
    const path = shop.write(PRODUCTION, `${SHOP[PRODUCTION] ?? ""}DEBUG = False\n`);
    await client.changedOnDisk([path, CHANGED]);
    assert.deepEqual(await findings(), {});
  });

  it("prefers what an editor shows to what is on disk", async () => {
    const path = shop.path(PRODUCTION);
    await client.open(path);
    shop.write(PRODUCTION, `${SHOP[PRODUCTION] ?? ""}DEBUG = False\n`);
    await client.changedOnDisk([path, CHANGED]);
    assert.deepEqual(await findings(), { "shop/settings/base.py": ["debug-enabled"] });
    await client.close(path);
    assert.deepEqual(await findings(), {});
  });

  it("sees a created file", async () => {
    const path = shop.write("shop/settings/staging.py", "from .base import *\n\nDEBUG = True\n");
    await client.changedOnDisk([path, CREATED]);
    const found = await findings();
    assert.deepEqual(found["shop/settings/staging.py"], ["debug-enabled"]);
  });

  it("sees a deleted file", async () => {
    const path = shop.delete(PRODUCTION);
    await client.changedOnDisk([path, DELETED]);
    const gone = await findings();
    assert.equal(gone["shop/settings/base.py"], undefined);
  });

  it("sees a renamed file under its new name only", async () => {
    const old = shop.delete(PRODUCTION);
    const fresh = shop.write("shop/settings/live.py", `${SHOP[PRODUCTION] ?? ""}DEBUG = True\n`);
    await client.changedOnDisk([old, DELETED], [fresh, CREATED]);
    assert.deepEqual(await findings(), { "shop/settings/live.py": ["debug-enabled"] });
  });

  it("sees a folder that is removed, and one that comes back with other files", async () => {
    const folder = shop.delete("shop/settings");
    await client.changedOnDisk([folder, DELETED]);
    assert.deepEqual(await findings(), {});
    const paths = ["__init__", "base", "development", "production"].map((name) =>
      shop.write(`shop/settings/${name}.py`, SHOP[`shop/settings/${name}.py`] ?? ""),
    );
    shop.write(PRODUCTION, `${SHOP[PRODUCTION] ?? ""}DEBUG = True\n`);
    await client.changedOnDisk(...paths.map((path) => [path, CREATED] as const));
    assert.deepEqual(await findings(), { [PRODUCTION]: ["debug-enabled"] });
  });

  it("looks at the disk on saving where the client does not watch files", async () => {
    client.kill();
    client = await LspClient.start({ folders: [shop.root], capabilities: PUSHED });
    const uri = uriOf(shop.path("shop/settings/base.py"));
    await client.until(() => client.published.get(uri)?.diagnostics.length === 1, "diagnostics");
    shop.write(PRODUCTION, `${SHOP[PRODUCTION] ?? ""}DEBUG = False\n`);
    await client.open(shop.path("shop/views.py"));
    const textDocument = { uri: uriOf(shop.path("shop/views.py")) };
    await client.connection.sendNotification("textDocument/didSave", { textDocument });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0, "the end of the diagnostics");
  });

  it("sees a module that only an editor has", async () => {
    await client.open(shop.path("shop/settings/local.py"), "DEBUG = False\n");
    const path = shop.path(PRODUCTION);
    await client.open(path, `${SHOP[PRODUCTION] ?? ""}from .local import *\n`);
    assert.deepEqual(await findings(), {});
  });

  it("follows a changed .gitignore", async () => {
    shop.write(PRODUCTION, "from .more import *\n");
    const more = shop.write("shop/settings/more.py", SHOP["shop/settings/base.py"] ?? "");
    await client.changedOnDisk([shop.path(PRODUCTION), CHANGED], [more, CREATED]);
    assert.deepEqual(await findings(), { "shop/settings/more.py": ["debug-enabled"] });
    const path = shop.write(".gitignore", "more.py\n");
    await client.changedOnDisk([path, CREATED]);
    assert.equal((await findings())["shop/settings/more.py"], undefined);
  });

  it("does nothing for files that are not looked at", async () => {
    const before = client.logged.length;
    const ignored = shop.write("node_modules/thing/settings.py", "DEBUG = True\n");
    await client.changedOnDisk(
      [ignored, CREATED],
      [shop.path("shop/views.py"), CHANGED],
      [shop.path(".git/index.lock"), DELETED],
    );
    await findings();
    assert.deepEqual(client.logged.slice(before), []);
    assert.equal(client.refreshes, 0);
  });

  it("names files that cannot be read in the status, and goes on", async () => {
    const path = shop.path(PRODUCTION);
    shop.write(PRODUCTION, `#${"x".repeat(5 * 1024 * 1024 + 1)}\n`);
    await client.changedOnDisk([path, CHANGED]);
    await findings();
    const status = await client.connection.sendRequest<{ state: string; message?: string }>(
      "djangoSettingsLint/status",
      {
        uri: uriOf(path),
      },
    );
    assert.equal(status.state, "problem");
    assert.match(status.message ?? "", /larger than 5 MB/);
  });
});
