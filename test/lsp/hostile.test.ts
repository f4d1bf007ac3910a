import assert from "node:assert/strict";
import { LspClient } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

/** Workspaces that once ended the server's process, into which an editor would restart it again and again. */
describe("lsp: in a hostile workspace", function () {
  this.timeout(30_000);

  async function codesIn(files: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
    const project = new DiskProject({ ...SHOP, ...files });
    const client = await LspClient.start({ folders: [project.root] });
    try {
      const base = project.path("shop/settings/base.py");
      await client.open(base);
      return (await client.diagnostics(base)).map(({ code }) => code);
    } finally {
      client.kill();
      project.dispose();
    }
  }

  it("survives two deeply nested YAML files beside each other", async () => {
    const files = { "docker-compose.yml": "[".repeat(3000), "app.yaml": `${"- ".repeat(3000)}x\n` };
    assert.deepEqual(await codesIn(files), ["debug-enabled"]);
  });

  it("survives a line of thousands of keywords", async () => {
    assert.deepEqual(await codesIn({ "shop/celery.py": `f ${"import ".repeat(40_000)}\n` }), ["debug-enabled"]);
  });

  it("matches globs that go back in its configuration", async () => {
    const config = `${SHOP["pyproject.toml"] ?? ""}exclude = ["*a*a*a*a*a*a*a*a*a*b"]\n`;
    assert.deepEqual(await codesIn({ "pyproject.toml": config, [`${"a".repeat(60)}.py`]: "" }), ["debug-enabled"]);
  });
});
