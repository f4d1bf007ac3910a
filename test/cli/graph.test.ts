import assert from "node:assert/strict";
import { shop, TemporaryProject } from "./command";
import { assertContract } from "./schemas";

describe("graph", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(shop());
  });
  after(() => project.remove());

  it("writes JSON as its schema promises", async () => {
    const document = (await project.json("graph")) as {
      projects: {
        modules: { module: string; imports: { to: string; star: boolean; line: number }[] }[];
        entryPoints: { file: string; line: number; selects: string | null }[];
      }[];
    };
    assertContract("graph", document);
    const [first] = document.projects;
    const production = first?.modules.find(({ module }) => module === "shop.settings.production");
    assert.equal(production?.imports[0]?.to, "shop/settings/base.py");
    assert.equal(production.imports[0].star, true);
    const wsgi = first?.entryPoints.find(({ file }) => file === "shop/wsgi.py");
    assert.deepEqual([wsgi?.line, wsgi?.selects], [3, "shop.settings.production"]);
  });

  it("prints modules with role, evidence, entry points and imports", async () => {
    const { stdout, code } = await project.run("graph");
    assert.equal(code, 0);
    assert.match(stdout, /^\., Django 5\.2 /);
    assert.match(stdout, /^ {2}shop\.settings\.production {2}production .*shop\/settings\/production\.py$/m);
    assert.match(stdout, /^ {4}because {3}\S/m);
    assert.match(stdout, /^ {4}selected {2}shop\/wsgi\.py:3 /m);
    assert.match(stdout, /^ {4}imports {3}shop\.settings\.base {2}base {2}shop\/settings\/production\.py:1$/m);
  });

  it("says where production is only assumed", async () => {
    const { stdout } = await project.run("graph");
    assert.match(stdout, /^ {2}shop\.settings\.development {2}development {2}\S/m);
    assert.match(stdout, /^ {2}shop\.settings\.production {2}production {2}\S/m);
    const single = new TemporaryProject({
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/__init__.py": "",
      "shop/settings.py": 'INSTALLED_APPS = ["shop"]\nROOT_URLCONF = "shop.urls"\n',
    });
    try {
      assert.match((await single.run("graph")).stdout, /^ {2}shop\.settings {2}single \(assumed\) {2}\S/m);
    } finally {
      single.remove();
    }
  });

  it("writes a Mermaid flowchart", async () => {
    const { stdout } = await project.run("graph", "--format", "mermaid");
    assert.match(stdout, /^flowchart LR\n/);
    assert.match(stdout, /\["shop\.settings\.production<br\/>production"\]/);
    assert.match(stdout, /-->\|imports\| /);
  });
});
