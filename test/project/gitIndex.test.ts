import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fromNativePath, nodeFileSystem } from "../../server/src/entry/nodeFileSystem";
import { Workspace } from "../../server/src/features/workspace";
import { indexedPaths } from "../../server/src/project/gitIndex";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { databaseFileNotIgnored } from "../../server/src/rules/split-settings/database-file-not-ignored";
import { envFileNotIgnored } from "../../server/src/rules/split-settings/env-file-not-ignored";
import { testParser } from "../harness/parser";

const FILES: Readonly<Record<string, string>> = {
  ".gitignore": ".env\n*.sqlite3\nlocal/\nmigrations/\n",
  ".env": "EMAIL_HOST_PASSWORD=k3jH8sLq0zP4\n",
  "shop.sqlite3": "SQLite format 3\n",
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/__init__.py": "",
  "shop/settings.py": `from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "?"
ROOT_URLCONF = "shop.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "shop.sqlite3"}}
`,
  "local/kept.py": "",
  "local/own.py": "",
  "docs/größe/überblick.txt": "",
  "docs/größe/übersicht.txt": "",
};
const TRACKED = [".env", ".gitignore", "docs/größe/überblick.txt", "docs/größe/übersicht.txt", "local/kept.py"];

describe("the index of a repository", () => {
  let folder = "";

  const git = (...words: readonly string[]): void => {
    execFileSync("git", ["-c", "init.defaultBranch=main", ...words], { cwd: folder, stdio: "ignore" });
  };

  const index = async (): Promise<readonly string[] | undefined> =>
    indexedPaths(await readFile(join(folder, ".git", "index")));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "settings-index-"));
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    git("init");
    git("add", "--force", ...TRACKED, "shop", "shop.sqlite3");
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("is read in the usual version, and in that which shortens names", async () => {
    const expected = [...TRACKED, "shop.sqlite3", "shop/__init__.py", "shop/settings.py"].sort();
    assert.deepEqual([...((await index()) ?? [])].sort(), expected);
    git("update-index", "--index-version", "4");
    assert.deepEqual([...((await index()) ?? [])].sort(), expected);
    git("add", "--intent-to-add", "--force", "local/own.py");
    git("update-index", "--index-version", "3");
    assert.deepEqual([...((await index()) ?? [])].sort(), [...expected, "local/own.py"].sort());
    git("rm", "--cached", "--force", "local/own.py");
  });

  it("says nothing where it is damaged", async () => {
    const bytes = await readFile(join(folder, ".git", "index"));
    assert.equal(indexedPaths(bytes.subarray(0, 90)), undefined);
    assert.equal(indexedPaths(Buffer.from("DIRC")), undefined);
    assert.equal(indexedPaths(Buffer.from("no index of git's at all")), undefined);
    const wrong = Buffer.from(bytes);
    wrong.writeUInt32BE(0, 12 + 24);
    assert.equal(indexedPaths(wrong), undefined);
  });

  it("lets what is tracked be a part of the project, though a pattern matches it", async () => {
    const root = fromNativePath(folder);
    const listing = await listWorkspace(nodeFileSystem, root);
    const names = [...listing.files].map((path) => path.slice(root.length + 1));
    assert.ok(names.includes(".env") && names.includes("local/kept.py") && names.includes("shop.sqlite3"));
    assert.ok(!names.includes("local/own.py"));
    assert.equal(listing.gitIgnore.ignores(`${root}/local/own.py`, "file"), true);
    assert.equal(listing.gitIgnore.ignores(`${root}/shop/migrations/0001_initial.py`, "file"), true);
    assert.deepEqual(
      [".env", "local/own.py"].map((name) => listing.gitIgnore.tracks(`${root}/${name}`)),
      [true, false],
    );
  });

  it("tells secrets and databases that everybody has", async () => {
    const rules = [envFileNotIgnored, databaseFileNotIgnored];
    const options = { files: nodeFileSystem, parser: await testParser(), rules };
    const { findings } = await new Workspace(fromNativePath(folder), options).analyse();
    assert.deepEqual(findings.map(({ rule, messageId }) => `${rule}/${messageId}`).sort(), [
      "database-file-not-ignored/committed",
      "env-file-not-ignored/committed",
    ]);
  });
});
