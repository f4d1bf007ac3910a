import assert from "node:assert/strict";
import type { FileSystem, ReadResult } from "../../server/src/project/files";
import { loadUntilComplete, Snapshot } from "../../server/src/project/snapshot";
import { SourceCache } from "../../server/src/project/sourceCache";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import type { Content } from "../harness/memoryFileSystem";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";

async function open(
  contents: Record<string, Content>,
): Promise<{ snapshot: Snapshot; files: MemoryFileSystem; cache: SourceCache }> {
  const files = new MemoryFileSystem(contents, "/shop");
  const cache = new SourceCache(await testParser());
  return { snapshot: new Snapshot(await listWorkspace(files, "/shop"), files, cache), files, cache };
}

function moduleOf(snapshot: Snapshot): unknown {
  const parsed = snapshot.parse("/shop/settings.py");
  return parsed.ok ? parsed.module : parsed.reason;
}

describe("snapshot", () => {
  it("loads what an evaluation asked for and runs it again", async () => {
    const { snapshot } = await open({ "a.py": "b", "b.py": "c", "c.py": "end" });
    let runs = 0;
    const last = await loadUntilComplete(snapshot, () => {
      runs++;
      let name = "a";
      for (;;) {
        const text = snapshot.text(`/shop/${name}.py`);
        if (text === undefined || text === "end") return text;
        name = text;
      }
    });
    assert.equal(last, "end");
    assert.equal(runs, 4);
  });

  it("runs an evaluation once where the host reads at once, and reads each file once", async () => {
    const { files, cache } = await open({ "a.py": "b", "b.py": "end", ".env": "DEBUG=1" });
    const reads: string[] = [];
    const readNow = (path: string): ReadResult => {
      reads.push(path);
      return { ok: true, text: path.endsWith("a.py") ? "b" : "end" };
    };
    const host: FileSystem = {
      read: (path) => files.read(path),
      list: (path) => files.list(path),
      realPath: (path) => files.realPath(path),
      readNow,
    };
    const snapshot = new Snapshot(await listWorkspace(files, "/shop"), host, cache);
    let runs = 0;
    const last = await loadUntilComplete(snapshot, () => {
      runs++;
      return [snapshot.text(`/shop/${snapshot.text("/shop/a.py")}.py`), snapshot.onDisk("/shop/.git/config")];
    });
    assert.deepEqual(last, ["end", { ok: true, text: "end" }]);
    assert.equal(runs, 1);
    await snapshot.load(["/shop/a.py", "/shop/b.py"]);
    assert.deepEqual(reads, ["/shop/a.py", "/shop/b.py", "/shop/.git/config"]);
  });

  it("names modules by the package that holds them, also where manage.py lies inside of it", async () => {
    const { snapshot } = await open({
      "shop/__init__.py": "",
      "shop/manage.py": "",
      "shop/settings.py": "",
      "tool.py": "",
    });
    const host = snapshot.host(["/shop/shop", "/shop"]);
    assert.equal(host.moduleName("/shop/shop/settings.py"), "shop.settings");
    assert.equal(host.moduleName("/shop/tool.py"), "tool");
  });

  it("does not ask twice for a file that cannot be read", async () => {
    const { snapshot, files } = await open({ "big.py": { failure: "too-large" }, "latin.py": { failure: "not-utf8" } });
    await loadUntilComplete(snapshot, () => snapshot.parse("/shop/big.py"));
    await loadUntilComplete(snapshot, () => snapshot.parse("/shop/latin.py"));
    assert.deepEqual(
      files.reads.filter((path) => path.endsWith(".py")),
      ["/shop/big.py", "/shop/latin.py"],
    );
    const parsed = snapshot.parse("/shop/latin.py");
    assert.equal(parsed.ok ? "" : parsed.reason, "it is not UTF-8 text");
    assert.deepEqual(
      snapshot.notes().map((note) => note.message),
      ["This file was skipped: it is larger than 5 MB.", "This file was skipped: it is not UTF-8 text."],
    );
  });

  it("shows open editors' texts and parses each text once", async () => {
    const { snapshot } = await open({ "settings.py": "DEBUG = True\n" });
    await snapshot.load(["/shop/settings.py"]);
    const before = moduleOf(snapshot);
    assert.equal(moduleOf(snapshot.withOverlays(new Map())), before);
    const edited = snapshot.withOverlays(new Map([["/shop/settings.py", "DEBUG = False\n"]]));
    assert.equal(edited.text("/shop/settings.py"), "DEBUG = False\n");
    assert.notEqual(moduleOf(edited), before);
    assert.equal(moduleOf(edited.withOverlays(edited.overlays)), moduleOf(edited));
  });

  it("has unsaved files, but not those that git ignores", async () => {
    const { snapshot } = await open({ ".gitignore": "local.py\n", "a.py": "", "local.py": "" });
    const edited = snapshot.withOverlays(
      new Map([
        ["/shop/new.py", "X = 1"],
        ["/shop/local.py", "X = 2"],
      ]),
    );
    assert.equal(edited.exists("/shop/new.py"), "file");
    assert.equal(edited.text("/shop/new.py"), "X = 1");
    assert.equal(edited.exists("/shop/local.py"), "unknown");
    assert.equal(edited.isIgnored("/shop/local.py"), true);
  });

  it("tells absence from ignorance", async () => {
    const { snapshot } = await open({
      ".gitignore": ".env\n",
      "shop/settings.py": "",
      "media/link": { link: "../shop" },
      "node_modules/x/y.js": "",
    });
    assert.equal(snapshot.exists("/shop/shop"), "directory");
    assert.equal(snapshot.exists("/shop/shop/settings.py"), "file");
    assert.equal(snapshot.exists("/shop/shop/local.py"), "absent");
    assert.equal(snapshot.exists("/shop/.env"), "unknown");
    assert.equal(snapshot.exists("/shop/media/link/settings.py"), "unknown");
    assert.equal(snapshot.exists("/shop/node_modules/x/z.js"), "unknown");
    assert.equal(snapshot.exists("/etc/passwd"), "unknown");
  });

  it("globs as Python does", async () => {
    const { snapshot } = await open({
      "s/a.py": "",
      "s/b.py": "",
      "s/.hidden.py": "",
      "s/deep/c.py": "",
      "s/deep/er/d.py": "",
    });
    const glob = (pattern: string): readonly string[] => snapshot.glob("/shop/s", pattern).map((path) => path.slice(8));
    assert.deepEqual(glob("*.py"), ["a.py", "b.py"]);
    assert.deepEqual(glob("[!a].py"), ["b.py"]);
    assert.deepEqual(glob("./deep/?.py"), ["deep/c.py"]);
    assert.deepEqual(glob("**/*.py"), ["a.py", "b.py", "deep/c.py", "deep/er/d.py"]);
    assert.deepEqual(glob("../s/a.py"), ["a.py"]);
    assert.deepEqual(glob("/shop/s/b.*"), ["b.py"]);
  });
});

describe("module resolution", () => {
  const contents = {
    ".gitignore": "local_settings.py\nshop/settings/local.py\n",
    "manage.py": "",
    "shop/__init__.py": "",
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": "",
    "shop/settings/production-debug.py": "",
    "shop/settings/local.py": "",
    "shop/conf.py": "",
    "shop/conf/__init__.py": "",
    "config/settings.py": "",
    "config/settings/base.py": "",
    "docker/Dockerfile": "",
    "plugins/one.py": "",
    "src/plugins/two.py": "",
    "src/email.py": "",
  };

  async function resolve(dotted: string): Promise<string> {
    const { snapshot } = await open(contents);
    const found = snapshot.host(["/shop", "/shop/src"]).resolveModule(dotted, "/shop/shop/settings/base.py");
    return found.kind === "file" || found.kind === "namespace" ? `${found.kind} ${found.path}` : found.kind;
  }

  for (const [dotted, expected] of [
    ["shop", "file /shop/shop/__init__.py"],
    ["shop.settings.base", "file /shop/shop/settings/base.py"],
    ["shop.settings.production-debug", "file /shop/shop/settings/production-debug.py"],
    ["shop.settings.nothing", "missing"],
    // Git ignores it: every machine has its own, the project has none.
    ["shop.settings.local", "missing"],
    ["local_settings", "missing"],
    // A package wins over a module, a module over a folder.
    ["shop.conf", "file /shop/shop/conf/__init__.py"],
    ["config.settings", "file /shop/config/settings.py"],
    ["config.settings.base", "missing"],
    ["plugins", "namespace /shop/plugins"],
    ["plugins.two", "file /shop/src/plugins/two.py"],
    ["plugins.three", "missing"],
    // A folder without Python only shares its name with a package.
    ["docker.types", "external"],
    ["django.conf", "external"],
    ["os.path", "external"],
    ["email", "file /shop/src/email.py"],
    ["", "external"],
  ] as const)
    it(`finds ${dotted || "nothing for an empty name"}: ${expected}`, async () => {
      assert.equal(await resolve(dotted), expected);
    });

  it("names modules by the deepest root", async () => {
    const { snapshot } = await open(contents);
    const host = snapshot.host(["/shop", "/shop/src"]);
    assert.equal(host.moduleName("/shop/shop/settings/base.py"), "shop.settings.base");
    assert.equal(host.moduleName("/shop/shop/settings/__init__.py"), "shop.settings");
    assert.equal(host.moduleName("/shop/src/email.py"), "email");
  });
});
