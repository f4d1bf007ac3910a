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

  it("prints a tree: modules with role, evidence and what selects them, each module's imports once", async () => {
    const { stdout, code } = await project.run("graph");
    assert.equal(code, 0);
    assert.match(stdout, /^\., Django 5\.2 /);
    assert.match(stdout, /^ {2}shop\.settings\.production {2}production .*shop\/settings\/production\.py$/m);
    assert.match(stdout, /^ {4}because {3}shop\/wsgi\.py:3 selects it by default\.$/m);
    assert.match(stdout, /^ {4}└─ imports shop\.settings\.base {2}base {2}shop\/settings\/development\.py:1$/m);
    assert.match(stdout, /^ {4}└─ imports shop\.settings\.base .*production\.py:1 {2}↑ see above$/m);
    assert.equal(stdout.match(/shop\/wsgi\.py:3/g)?.length, 1, "each place is named once");
    const deep = new TemporaryProject(
      shop({
        "shop/settings/development.py": "from .staging import *\nfrom .parts import *\nDEBUG = True\n",
        "shop/settings/staging.py": "from .base import *\n",
        "shop/settings/parts.py": "from .base import *\nPAGE = 1\n",
      }),
    );
    try {
      const tree = (await deep.run("graph")).stdout;
      assert.match(tree, /^ {4}├─ imports shop\.settings\.staging .*\n {4}│ {2}└─ imports shop\.settings\.base .*:1$/m);
      assert.match(tree, /^ {4}└─ imports shop\.settings\.parts .*\n {7}└─ imports shop\.settings\.base .*above$/m);
      assert.equal(tree.match(/settings\.base {2}base .*:1$/gm)?.length, 1);
    } finally {
      deep.remove();
    }
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
