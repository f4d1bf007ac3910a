import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shop, TemporaryProject } from "./command";

const latin = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("a settings module in another encoding than UTF-8", function () {
  this.timeout(60_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(
      shop({
        "shop/settings/production.py": latin(
          '# -*- coding: latin-1 -*-\nfrom .base import *\n\nSITE_OWNER = "Café Zoé"\nADMINS = [(SITE_OWNER, "a@shop.example")]\n',
        ),
      }),
    );
  });
  after(() => project.remove());

  it("is read as CPython reads it", async () => {
    const { stdout, stderr } = await project.run("show", "shop.settings.production");
    assert.match(stdout, /Café Zoé/);
    assert.doesNotMatch(stderr, /skipped/);
  });

  it("is not written, and the user is told why", async () => {
    const path = join(project.folder, "shop/settings/production.py");
    const before = readFileSync(path);
    const { code, stderr } = await project.run("fix", "--unsafe", "--rule", "debug-enabled");
    assert.equal(code, 1);
    assert.deepEqual(readFileSync(path), before);
    assert.match(stderr, /^shop\/settings\/production\.py: note: This file declares the encoding latin-1/m);
  });

  it("is written where all of it is ASCII, which is the same in both", async () => {
    project.write(
      "shop/settings/production.py",
      "# coding: latin-1\nfrom .base import *\n\nCONN_MAX_AGE = 60  # django-settings-lint: ignore[debug-enabled] -- none\n",
    );
    const { stdout } = await project.run("fix", "--rule", "unused-suppression");
    assert.match(stdout, /1 finding fixed/);
    assert.equal(
      project.read("shop/settings/production.py"),
      "# coding: latin-1\nfrom .base import *\n\nCONN_MAX_AGE = 60\n",
    );
  });
});
