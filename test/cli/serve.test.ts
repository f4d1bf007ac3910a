import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LspClient, PUSHED, uriOf } from "../harness/lspClient";
import { run, shop, TemporaryProject } from "./command";

const cli = join(__dirname, "..", "..", "dist", "cli.js");

describe("serve", function () {
  this.timeout(30_000);

  it("is the language server, also through the link that npm makes", async () => {
    const project = new TemporaryProject(shop());
    const bin = mkdtempSync(join(tmpdir(), "bin-"));
    const link = join(bin, "django-settings-lint");
    // On Windows npm writes a script that runs Node.js with the file.
    const isLink = process.platform !== "win32";
    if (isLink) symlinkSync(cli, link);
    const client = await LspClient.start({
      folders: [project.folder],
      capabilities: PUSHED,
      command: [...(isLink ? [link] : [process.execPath, cli]), "serve", "--stdio"],
    });
    try {
      assert.equal(client.initialized.serverInfo?.name, "django-settings-lint");
      const uri = uriOf(join(project.folder, "shop", "settings", "base.py"));
      await client.until(() => (client.published.get(uri)?.diagnostics.length ?? 0) > 0, "findings");
      await client.connection.sendRequest("shutdown");
      await client.connection.sendNotification("exit");
      assert.equal(await client.exited, 0);
    } finally {
      client.kill();
      rmSync(bin, { recursive: true, force: true });
      project.remove();
    }
  });

  it("has a page of help, and says what it does not understand", async () => {
    const help = await run(["serve", "--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /start the language server/);
    const port = await run(["serve", "--port", "2087"]);
    assert.deepEqual([port.code, port.stdout], [2, ""]);
    assert.match(port.stderr, /unknown option '--port'/);
    assert.match((await run(["--no-color", "serve"])).stderr, /do not go with serve: django-settings-lint serve/);
  });
});
