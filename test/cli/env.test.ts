import assert from "node:assert/strict";
import { KEY, shop, TemporaryProject } from "./command";
import { assertContract } from "./schemas";

interface EnvDocument {
  readonly variables: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly modules: readonly string[];
    readonly settings: readonly string[];
    readonly reads: readonly { readonly file: string; readonly line: number; readonly default: string | null }[];
    readonly set: readonly { readonly file: string; readonly line: number }[];
  }[];
}

describe("env", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(
      shop({
        "shop/settings/production.py": [
          "from .base import *",
          "import os",
          'HOST = os.environ["SHOP_HOST"]',
          'PORT = int(os.environ.get("SHOP_PORT", "80"))',
          `API_TOKEN = os.environ.get("API_TOKEN", "${KEY}")`,
          'if os.environ.get("CHEAP"):',
          "    WORKERS = 1",
          'DATABASE = os.environ["SHOP_DATABASE"]',
          "",
        ].join("\n"),
        "docker-compose.prod.yml":
          "services:\n  web:\n    image: shop\n    command: gunicorn shop.wsgi\n    environment:\n      SHOP_HOST: shop.example\n",
      }),
    );
  });
  after(() => project.remove());

  it("lists the variables that settings read, with what depends on them and who sets them", async () => {
    const document = (await project.json("env", "production")) as EnvDocument;
    assertContract("env", document);
    const byName = new Map(document.variables.map((variable) => [variable.name, variable]));
    assert.deepEqual([...byName.keys()], ["API_TOKEN", "CHEAP", "DB_HOST", "SHOP_DATABASE", "SHOP_HOST", "SHOP_PORT"]);
    const host = byName.get("SHOP_HOST");
    assert.equal(host?.required, true);
    assert.deepEqual(host.settings, ["HOST"]);
    assert.deepEqual(host.modules, ["shop.settings.production"]);
    assert.deepEqual(host.set, [{ file: "docker-compose.prod.yml", line: 6, purpose: "production" }]);
    assert.deepEqual(byName.get("CHEAP")?.settings, ["WORKERS"]);
    assert.equal(byName.get("SHOP_PORT")?.reads[0]?.default, "'80'");
    assert.ok(!JSON.stringify(document).includes(KEY), "a default that is a secret is masked");
  });

  it("prints a table, Markdown and a .env.example without values", async () => {
    const table = (await project.run("env", "production")).stdout;
    assert.match(table, /^SHOP_HOST {6}required str$/m);
    assert.match(table, /^ {4}set at docker-compose\.prod\.yml:6$/m);
    const markdown = (await project.run("env", "production", "--format", "markdown")).stdout;
    assert.match(markdown, /^\| `SHOP_PORT` \| str, default '80' \| `PORT` \| set by no deployment file \|$/m);
    const dotenv = (await project.run("env", "production", "--format", "dotenv")).stdout;
    assert.match(dotenv, /^# required str\n# decides HOST\nSHOP_HOST=$/m);
    assert.match(dotenv, /^# SHOP_PORT=$/m);
    for (const text of [table, markdown, dotenv]) assert.ok(!text.includes(KEY));
  });

  it("fails with --check where a deployment file lacks a variable that production needs", async () => {
    const { code, stderr } = await project.run("env", "production", "--check", "--quiet");
    assert.equal(code, 1);
    assert.equal(stderr, "shop.settings.production needs SHOP_DATABASE, which no deployment file sets\n");
    assert.equal((await project.run("env", "development", "--check", "--quiet")).code, 0);
  });

  it("names the modules that there are where one is misspelt", async () => {
    const { code, stderr } = await project.run("env", "prodution");
    assert.equal(code, 2);
    assert.match(stderr, /there is no settings module "prodution"/);
  });
});
