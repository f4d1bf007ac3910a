import assert from "node:assert/strict";
import { LspClient, PUSHED } from "../harness/lspClient";
import { leaks, type Surface } from "../redaction/plants";
import { PROJECTS, type PlantedProject } from "../redaction/projects";
import { MASK, PUBLIC_FILES } from "../redaction/publicProject";
import { DiskProject } from "./shop";

const NOTES = { codeLens: { enabled: true }, inlayHints: { enabled: true } };

/** What an editor shows: diagnostics, hovers at every word, titles of code actions, the configuration, the log. */
async function editorSurfaces({ files }: PlantedProject): Promise<readonly Surface[]> {
  const project = new DiskProject(files);
  const client = await LspClient.start({ folders: [project.root], settings: NOTES });
  try {
    const surfaces: Surface[] = [];
    const add = (name: string, shown: unknown): void =>
      void surfaces.push([name, typeof shown === "string" ? shown : JSON.stringify(shown)]);
    add("workspace diagnostics", await client.pullWorkspace());
    for (const [name, text] of Object.entries(files)) {
      if (!name.endsWith(".py") && name !== "pyproject.toml") continue;
      const path = project.path(name);
      await client.open(path, text);
      const diagnostics = await client.diagnostics(path);
      add(`diagnostics of ${name}`, diagnostics);
      const lines = text.split("\n");
      for (const [line, source] of lines.entries())
        for (const { index } of source.matchAll(/[A-Za-z_]\w*/g)) {
          const hover = await client.hover(path, line, index);
          if (hover !== undefined) add(`hover at ${name}:${line + 1}:${index + 1}`, hover);
          if (index > 40) break;
        }
      const everything = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
      const actions = await client.actions(path, everything, diagnostics);
      add(`code actions of ${name}`, actions);
      const textDocument = { uri: `file://${path}` };
      for (const request of ["codeLens", "inlayHint", "documentLink", "documentSymbol"])
        add(
          `${request} of ${name}`,
          await client.connection.sendRequest(`textDocument/${request}`, { textDocument, range: everything }),
        );
      add(
        `configuration of ${name}`,
        await client.connection.sendRequest("djangoSettingsLint/resolvedConfig", { uri: `file://${path}` }),
      );
      add(
        `status of ${name}`,
        await client.connection.sendRequest("djangoSettingsLint/status", { uri: `file://${path}` }),
      );
    }
    add("effective settings", await client.connection.sendRequest("djangoSettingsLint/effectiveSettings", {}));
    add("variables", await client.connection.sendRequest("djangoSettingsLint/environmentVariables", {}));
    add("graph", await client.connection.sendRequest("djangoSettingsLint/graph", {}));
    await client.stop();
    add("log", client.logged.join("\n"));
    return surfaces;
  } finally {
    client.kill();
    project.dispose();
  }
}

describe("no secret is shown in an editor", function () {
  this.timeout(60_000);

  for (const project of PROJECTS) {
    it(`anywhere: ${project.name}`, async () => {
      assert.deepEqual(leaks(project.plants, await editorSurfaces(project)), []);
    });
  }

  it("to a client that is sent diagnostics", async () => {
    const planted = PROJECTS.find(({ name }) => name.startsWith("quoted"));
    assert.ok(planted);
    const project = new DiskProject(planted.files);
    const client = await LspClient.start({ folders: [project.root], capabilities: PUSHED });
    try {
      await client.until(() => client.published.size > 0);
      const shown = [...client.published.values()].map((each) => JSON.stringify(each)).join("\n");
      assert.match(shown, /\*{8}/);
      assert.deepEqual(leaks(planted.plants, [["published diagnostics", shown]]), []);
      await client.stop();
    } finally {
      client.kill();
      project.dispose();
    }
  });

  it("but conditions, variables, places and public values are", async () => {
    const project = new DiskProject(PUBLIC_FILES);
    const client = await LspClient.start({ folders: [project.root] });
    try {
      const path = project.path("shop/settings/base.py");
      await client.open(path);
      const lines = (PUBLIC_FILES["shop/settings/base.py"] ?? "").split("\n");
      const shown: string[] = [];
      for (const [line, source] of lines.entries())
        if (/^[A-Z]/.test(source) && !/^(?:BACKEND_SERVICE_KEY|FORM_PASSWORD|LOGINS|SECRETS) /.test(source))
          shown.push((await client.hover(path, line, 1)) ?? "");
      assert.deepEqual(
        shown.filter((text) => text.includes(MASK)),
        [],
      );
      assert.match(shown.join("\n"), /environment variable DJANGO_SECRET_KEY/);
      await client.open(project.path("shop/settings/production.py"));
      const hosts = await client.hover(project.path("shop/settings/production.py"), 4, 6);
      assert.match(hosts ?? "", /"development"/);
      assert.ok(!JSON.stringify(await client.pullWorkspace()).includes(MASK));
      await client.stop();
    } finally {
      client.kill();
      project.dispose();
    }
  });
});
