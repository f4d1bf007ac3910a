import assert from "node:assert/strict";
import { LspClient, uriOf } from "../harness/lspClient";
import type { ProjectVariables, VariableInfo, VariablesResult } from "../../server/src/protocol";
import { DiskProject, SHOP } from "./shop";

const KEY = "c41d-never-to-be-seen-7q";

const FILES: Readonly<Record<string, string>> = {
  ...SHOP,
  "shop/settings/base.py": [
    "import os",
    `SECRET_KEY = os.environ.get("SHOP_KEY", "${KEY}")`,
    'PAGE_SIZE = int(os.environ.get("PAGE_SIZE", "20"))',
    "",
  ].join("\n"),
  "shop/settings/production.py": [
    "from .base import *",
    'PAYMENT_KEY = os.environ["PAYMENT_KEY"]',
    'DATABASE_HOST = os.environ["DB_HOST"]',
    "",
  ].join("\n"),
  "docker-compose.prod.yml":
    "services:\n  web:\n    image: shop\n    command: gunicorn shop.wsgi\n    environment:\n      DB_HOST: db\n",
};

describe("lsp: environment variables", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(async () => {
    shop = new DiskProject(FILES);
    client = await LspClient.start({ folders: [shop.root] });
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  async function ask(): Promise<ProjectVariables> {
    const method = "djangoSettingsLint/environmentVariables";
    const { projects } = await client.connection.sendRequest<VariablesResult>(method, {});
    assert.equal(projects.length, 1);
    const [project] = projects;
    assert.ok(project);
    return project;
  }

  async function variable(name: string): Promise<VariableInfo> {
    const found = (await ask()).variables.find((each) => each.name === name);
    assert.ok(found, name);
    return found;
  }

  it("say what each environment wants of them, with defaults that are secrets masked", async () => {
    const project = await ask();
    assert.equal(project.root, uriOf(shop.root));
    assert.deepEqual(
      project.variables.map(({ name }) => name),
      ["DB_HOST", "PAGE_SIZE", "PAYMENT_KEY", "SHOP_KEY"],
    );
    assert.deepEqual((await variable("PAGE_SIZE")).needs, [
      { environments: ["production", "development"], isRequired: false, default: "'20'" },
    ]);
    const key = await variable("SHOP_KEY");
    assert.deepEqual(
      key.needs.map(({ environments, isRequired }) => [environments, isRequired]),
      [[["production", "development"], false]],
    );
    assert.ok(!JSON.stringify(project).includes(KEY));
  });

  it("name where they are read, what depends on them and which deployment files set them", async () => {
    const host = await variable("DB_HOST");
    assert.equal(host.type, "str");
    assert.deepEqual(host.libraries, ["os"]);
    assert.deepEqual(host.settings, ["DATABASE_HOST"]);
    assert.deepEqual(
      host.reads.map(({ label }) => label),
      ["shop/settings/production.py:3"],
    );
    assert.deepEqual(
      host.set.map(({ label, purpose, scope }) => [label, purpose, scope]),
      [["docker-compose.prod.yml:6", "production", "web"]],
    );
    assert.deepEqual(host.set[0]?.uri, uriOf(shop.path("docker-compose.prod.yml")));
    assert.deepEqual(host.missing, []);
  });

  it("name the environments whose deployment files lack what they need, as the text now is", async () => {
    assert.deepEqual((await variable("PAYMENT_KEY")).missing, ["production"]);
    const text = `${FILES["docker-compose.prod.yml"]}      PAYMENT_KEY: \${PAYMENT_KEY}\n`;
    await client.open(shop.path("docker-compose.prod.yml"), text, "yaml");
    const { missing, set } = await variable("PAYMENT_KEY");
    assert.deepEqual(missing, []);
    assert.deepEqual(
      set.map(({ label }) => label),
      ["docker-compose.prod.yml:7"],
    );
  });
});
