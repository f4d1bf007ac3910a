import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { ApplyWorkspaceEditParams } from "vscode-languageserver/node";
import { LspClient, uriOf } from "../harness/lspClient";
import type { GraphProject, GraphResult, SetRoleResult } from "../../server/src/protocol";
import { DiskProject, SHOP } from "./shop";

describe("lsp: settings graph", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(async () => {
    shop = new DiskProject({
      ...SHOP,
      Dockerfile: "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=shop.settings.production\nCMD gunicorn shop.wsgi\n",
    });
    client = await LspClient.start({ folders: [shop.root] });
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  async function graph(): Promise<GraphProject> {
    const { projects } = await client.connection.sendRequest<GraphResult>("djangoSettingsLint/graph", {});
    assert.equal(projects.length, 1);
    const [project] = projects;
    assert.ok(project);
    return project;
  }

  it("has the modules with their roles and reasons, what they import and what selects them", async () => {
    const { root, django, modules, entryPoints } = await graph();
    assert.equal(root, uriOf(shop.root));
    assert.equal(django, "5.2");
    const names = modules.map(({ module }) => module);
    const production = modules.find(({ module }) => module === "shop.settings.production");
    assert.equal(production?.role, "production");
    assert.ok(production.evidence.some((text) => text.includes("Dockerfile:3 starts it for production")));
    assert.deepEqual(
      production.imports.map((index) => names[index]),
      ["shop.settings.base"],
    );
    const selecting = entryPoints.map(({ place, selects }) => `${place.label} ${names[selects ?? -1] ?? "nothing"}`);
    assert.deepEqual(selecting.toSorted(), [
      "Dockerfile:2 shop.settings.production",
      "manage.py:4 shop.settings.development",
      "shop/wsgi.py:5 shop.settings.production",
    ]);
  });

  it("writes a corrected role to the configuration", async () => {
    let edit: ApplyWorkspaceEditParams["edit"] | undefined;
    client.connection.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
      edit = params.edit;
      return { applied: true };
    });
    const params = { root: uriOf(shop.root), module: "shop.settings.development", role: "staging" };
    const result = await client.connection.sendRequest<SetRoleResult>("djangoSettingsLint/setRole", params);
    const file = shop.path("pyproject.toml");
    assert.deepEqual(result, { uri: uriOf(file) });
    const text = client.applied(edit, file, readFileSync(file, "utf8"));
    assert.match(text, /^\[tool\.django-settings-lint\]\nroles\."shop\.settings\.development" = "staging"\n/);
    await client.open(file, text, "toml");
    assert.equal((await graph()).modules.find(({ module }) => module === params.module)?.role, "staging");
    assert.deepEqual(await client.diagnostics(file), []);
  });

  it("changes nothing for a project that is not there", async () => {
    const params = { root: "file:///nowhere", module: "shop.settings.development", role: "staging" };
    assert.deepEqual(await client.connection.sendRequest("djangoSettingsLint/setRole", params), {});
  });
});
