import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { writeFilesAtomically } from "../../server/src/entry/atomicWrite";
import { KEY, shop, SECRETS, TemporaryProject } from "./command";

describe("fix", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  beforeEach(() => {
    project = new TemporaryProject(shop({ "shop/settings/production.py": PRODUCTION }));
  });
  afterEach(() => project.remove());

  const COMMENT = "  # django-settings-lint: ignore[debug-enabled] -- none";
  const PRODUCTION = `from .base import *

CONN_MAX_AGE = 60${COMMENT}
`;
  const files = (): string[] =>
    readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(project.folder.length + 1))
      .toSorted();

  it("applies safe fixes only, and tells what it did", async () => {
    const { code, stdout } = await project.run("fix", "--rule", "unknown-rule", "--rule", "unused-suppression");
    assert.equal(code, 0);
    assert.equal(project.read("shop/settings/production.py"), "from .base import *\n\nCONN_MAX_AGE = 60\n");
    assert.match(stdout, /^1 finding fixed in 1 file, 0 left\.$/m);
    const again = await project.run("fix", "--rule", "unknown-rule", "--rule", "unused-suppression");
    assert.match(again.stdout, /^0 findings fixed in 0 files, 0 left\.$/m);
  });

  it("leaves unsafe fixes alone until it is asked for them", async () => {
    const before = project.read("shop/settings/production.py");
    const safe = await project.run("fix", "--rule", "debug-enabled");
    assert.equal(safe.code, 1);
    assert.match(safe.stdout, /can be fixed with --unsafe/);
    assert.equal(project.read("shop/settings/production.py"), before);
    const unsafe = await project.run("fix", "--unsafe", "--rule", "debug-enabled");
    assert.equal(unsafe.code, 0);
    assert.match(project.read("shop/settings/production.py"), /^DEBUG = False$/m);
  });

  it("shows a diff and writes nothing with --diff", async () => {
    const before = project.read("shop/settings/production.py");
    const { code, stdout, stderr } = await project.run("fix", "--diff", "--unsafe", "--rule", "debug-enabled");
    assert.equal(code, 1);
    assert.equal(project.read("shop/settings/production.py"), before);
    assert.match(
      stdout,
      /^--- a\/shop\/settings\/production\.py\n\+\+\+ b\/shop\/settings\/production\.py\n@@ -1,3 \+1,[45] @@\n/,
    );
    assert.match(stdout, /^\+DEBUG = False$/m);
    assert.match(stdout, /^ from \.base import \*$/m);
    assert.match(stderr, /1 finding would be fixed/);
  });

  it("masks secrets in a diff unless it is told to show them", async () => {
    project.write("shop/settings/production.py", `${PRODUCTION}SECRET_KEY = "${KEY}"\n`);
    const masked = await project.run("fix", "--diff", "--unsafe");
    assert.match(masked.stdout, /^-SECRET_KEY = "\*{8}"$/m);
    for (const secret of SECRETS) assert.ok(!masked.stdout.includes(secret) && !masked.stderr.includes(secret));
    assert.match(masked.stderr, /secrets are masked/);
    const revealed = await project.run("fix", "--diff", "--unsafe", "--reveal-secrets");
    assert.ok(revealed.stdout.includes(KEY));
  });

  it("applies the fix that is named, and no other", async () => {
    project.write("shop/settings/production.py", `${PRODUCTION}SECRET_KEY = "${KEY}"\n`);
    const { code, stdout } = await project.run("fix", "--fix", "secret-key-hardcoded:moveToDotEnv");
    assert.equal(code, 0, stdout);
    assert.match(project.read("shop/settings/production.py"), /^SECRET_KEY = os\.environ\["SECRET_KEY"\]$/m);
    assert.match(project.read("shop/settings/production.py"), /ignore\[debug-enabled\]/);
    assert.equal(project.read(".env"), `SECRET_KEY='${KEY}'\n`);
    assert.match(stdout, /^1 finding fixed in \d files, 0 left\.$/m);
  });

  it("says what a finding has instead of the fix that is named", async () => {
    const before = project.read("shop/settings/base.py");
    const { code, stdout } = await project.run("fix", "--fix", "database-password-hardcoded:readUrl");
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^shop\/settings\/base\.py: database-password-hardcoded: no fix readUrl here, but readEnvironment/m,
    );
    assert.doesNotMatch(stdout, /--unsafe/);
    assert.equal(project.read("shop/settings/base.py"), before);
  });

  it("lists a rule's fixes when it does not know the one that is named", async () => {
    for (const [named, message] of [
      ["secret-key-hardcoded", /which fix of "secret-key-hardcoded"\? It has:\n/],
      [
        "secret-key-hardcoded:readfil",
        /has no fix "readfil" that can be applied\. Did you mean "readFile"\? It has:\n/,
      ],
      ["hostname-branching:readVariable", /"hostname-branching" has no fix that can be applied/],
      ["secret-key-hardcode:readFile", /there is no rule "secret-key-hardcode"\. Did you mean/],
    ] as const) {
      const { code, stdout, stderr } = await project.run("fix", "--fix", named);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    }
    const { stderr } = await project.run("fix", "--fix", "secret-key-hardcoded");
    assert.match(stderr, /^ {2}secret-key-hardcoded:readEnvironment {2}Read … from the environment$/m);
    const both = await project.run("fix", "--rule", "debug-enabled", "--fix", "debug-enabled:turnOffHere");
    assert.equal(both.code, 2);
  });

  it("ends with a project whose fixable findings are gone", async () => {
    await project.run("fix", "--unsafe");
    const { stdout } = await project.run("fix", "--unsafe");
    assert.match(stdout, /^0 findings fixed in 0 files/m);
    assert.deepEqual(
      files().filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("keeps permissions, a byte order mark, line ends and symbolic links", async () => {
    const path = join(project.folder, "shop/settings/production.py");
    project.write("shop/real.py", `\ufeff${PRODUCTION.replaceAll("\n", "\r\n")}`);
    chmodSync(join(project.folder, "shop/real.py"), 0o640);
    rmSync(path);
    symlinkSync("../real.py", path);
    await project.run("fix", "--rule", "unused-suppression", "--rule", "unknown-rule");
    assert.equal(
      readFileSync(join(project.folder, "shop/real.py"), "utf8"),
      "\ufefffrom .base import *\r\n\r\nCONN_MAX_AGE = 60\r\n",
    );
    assert.equal(statSync(join(project.folder, "shop/real.py")).mode & 0o777, 0o640);
    assert.ok(statSync(path).isFile() && existsSync(path));
  });
});

describe("writing files", () => {
  it("writes all or none", async () => {
    const project = new TemporaryProject({ "a.py": "A = 1\n" });
    try {
      const files = ["a.py", "absent/b.py"].map((name) => ({ path: join(project.folder, name), text: "A = 2\n" }));
      await assert.rejects(writeFilesAtomically(files), { code: "ENOENT" });
      assert.equal(project.read("a.py"), "A = 1\n");
      assert.deepEqual(readdirSync(project.folder), ["a.py"]);
    } finally {
      project.remove();
    }
  });

  it("lets only their owner read new files with secrets", async () => {
    const project = new TemporaryProject({});
    try {
      await writeFilesAtomically([{ path: join(project.folder, ".env"), text: "A=1\n" }]);
      assert.equal(statSync(join(project.folder, ".env")).mode & 0o777, 0o600);
    } finally {
      project.remove();
    }
  });
});
