import assert from "node:assert/strict";
import { Cancelled } from "../../server/src/base/cancellation";
import { relativePath } from "../../server/src/base/path";
import type { ListOptions, WorkspaceListing } from "../../server/src/project/workspaceFiles";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import type { Content } from "../harness/memoryFileSystem";
import { MemoryFileSystem } from "../harness/memoryFileSystem";

async function list(contents: Record<string, Content>, options: ListOptions = {}): Promise<WorkspaceListing> {
  return listWorkspace(new MemoryFileSystem(contents, "/shop"), "/shop", options);
}

function names(listing: WorkspaceListing): readonly string[] {
  return [...listing.files].map((path) => relativePath("/shop", path));
}

describe("workspace files", () => {
  it("leaves out dependencies, caches and tools' folders", async () => {
    const listing = await list({
      "manage.py": "",
      "node_modules/left/settings.py": "",
      "lib/python3.12/settings.py": "",
      "lib/shared.py": "",
      "vendor/site-packages/settings.py": "",
      "shop/__pycache__/settings.cpython-312.pyc": "",
      ".git/config": "",
      ".c9/settings.py": "",
      ".tox/py/settings.py": "",
      "build/lib/shop/settings.py": "",
      "shop.egg-info/PKG-INFO": "",
      ".github/workflows/ci.yml": "",
      ".vscode/launch.json": "{}",
      ".devcontainer/devcontainer.json": "{}",
      ".env": "",
      ".envs/.production/.django": "",
    });
    assert.deepEqual(names(listing), [
      ".devcontainer/devcontainer.json",
      ".env",
      ".envs/.production/.django",
      ".github/workflows/ci.yml",
      ".vscode/launch.json",
      "lib/shared.py",
      "manage.py",
    ]);
  });

  it("knows a virtual environment by pyvenv.cfg, under any name and where git ignores it", async () => {
    const listing = await list({
      ".gitignore": "/.venv/\n",
      "py312/pyvenv.cfg": "",
      "py312/lib/settings.py": "",
      ".venv/pyvenv.cfg": "",
      "manage.py": "",
    });
    assert.deepEqual(names(listing), [".gitignore", "manage.py"]);
    assert.deepEqual(listing.environments, ["/shop/.venv", "/shop/py312"]);
  });

  it("follows nested .gitignore files and negations", async () => {
    const listing = await list({
      ".gitignore": "local.py\n*.env\n/private/\n",
      "local.py": "",
      "prod.env": "",
      "private/keys.py": "",
      "shop/.gitignore": "!local.py\n",
      "shop/local.py": "",
      "shop/inner/local.py": "",
    });
    assert.deepEqual(names(listing), [".gitignore", "shop/.gitignore", "shop/inner/local.py", "shop/local.py"]);
    assert.equal(listing.gitIgnore.ignores("/shop/local.py", "file"), true);
    assert.equal(listing.gitIgnore.ignores("/shop/other/local.py", "file"), true);
    assert.equal(listing.gitIgnore.ignores("/shop/private/not/there.py", "file"), true);
    assert.equal(listing.gitIgnore.ignores("/elsewhere/local.py", "file"), false);
  });

  it("leaves out what the configuration excludes, folders whole", async () => {
    const contents = { "a.py": "", "old/a.py": "", "old/deep/b.py": "", "shop/legacy_settings.py": "" };
    const listing = await list(contents, { exclude: ["old/**", "**/legacy_*.py"] });
    assert.deepEqual(names(listing), ["a.py"]);
  });

  it("notes an unreadable folder and goes on", async () => {
    const files = new MemoryFileSystem({ "manage.py": "", "secret/settings.py": "" }, "/shop");
    files.denyFolder("/shop/secret");
    const listing = await listWorkspace(files, "/shop");
    assert.deepEqual(names(listing), ["manage.py"]);
    assert.deepEqual(
      listing.notes.map((note) => note.file),
      ["/shop/secret"],
    );
    assert.match(listing.notes[0]?.message ?? "", /cannot be read.*EACCES/);
  });

  it("notes a root that is not there", async () => {
    const listing = await listWorkspace(new MemoryFileSystem({}), "/gone");
    assert.equal(listing.notes.length, 1);
  });

  it("does not follow links to folders and is not trapped by circles", async () => {
    const listing = await list({
      "shop/settings.py": "",
      "shop/again": { link: "../shop" },
      "latest.py": { link: "shop/settings.py" },
      "dangling.py": { link: "nowhere.py" },
      "circle.py": { link: "circle.py" },
    });
    assert.deepEqual(names(listing), ["latest.py", "shop/settings.py"]);
    assert.equal(listing.closed.has("/shop/shop/again"), true);
    assert.equal(listing.closed.has("/shop/dangling.py"), true);
  });

  it("ends when it is cancelled", async () => {
    await assert.rejects(list({ "a.py": "" }, { token: { isCancellationRequested: true } }), Cancelled);
  });
});
