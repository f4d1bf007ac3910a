import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Largest size of each file that ships, in kilobytes: a dependency that slips into a bundle shows here. */
const sizeLimits: Readonly<Record<string, number>> = {
  "client.js": 800,
  "pages.js": 20,
  "serverMain.js": 3200,
  "serverInput.js": 120,
  "cliMain.js": 2900,
  "browserClient.js": 800,
  "browserServer.js": 3200,
};

/** The names in a zip archive's central directory, which stands at its end (APPNOTE 4.3.12 and 4.3.16). */
function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const start = at + 46;
    at = start + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    names.push(zip.toString("utf8", start, start + (name ?? 0)));
  }
  return names;
}

// These look at what `npm run package` has left, as `npm test` does before it runs them.
describe("what ships", function () {
  this.timeout(60_000);

  it("is a small extension", () => {
    const manifest: { name: string; version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const files = namesInZip(readFileSync(join(root, `${manifest.name}-${manifest.version}.vsix`)));
    assert.deepEqual(files.toSorted(), [
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/changelog.md",
      "extension/client/media/pages.css",
      "extension/client/media/view.svg",
      "extension/client/media/walkthrough-compare.png",
      "extension/client/media/walkthrough-graph.png",
      "extension/client/media/walkthrough-settings.png",
      "extension/dist/LICENSES.txt",
      "extension/dist/browserClient.js",
      "extension/dist/browserServer.js",
      "extension/dist/client.js",
      "extension/dist/pages.js",
      "extension/dist/server.js",
      "extension/dist/serverInput.js",
      "extension/dist/serverMain.js",
      "extension/dist/tree-sitter-python.wasm",
      "extension/dist/tree-sitter.wasm",
      "extension/docs/images/icon.png",
      "extension/docs/images/problems.png",
      "extension/package.json",
      "extension/readme.md",
      "extension/syntaxes/django-settings-lint.json",
    ]);
  });

  it("is a small npm package", () => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"];
    const output = execFileSync(npm, args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
    const [pack]: { files: { path: string }[] }[] = JSON.parse(output);
    assert.deepEqual(pack?.files.map(({ path }) => path).toSorted(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/LICENSES.txt",
      "dist/cli.js",
      "dist/cliMain.js",
      "dist/server.js",
      "dist/serverInput.js",
      "dist/serverMain.js",
      "dist/tree-sitter-python.wasm",
      "dist/tree-sitter.wasm",
      "package.json",
    ]);
  });

  it("holds no more code than expected", () => {
    for (const [file, limit] of Object.entries(sizeLimits)) {
      const kilobytes = statSync(join(root, "dist", file)).size / 1024;
      assert.ok(kilobytes <= limit, `${file} has ${Math.round(kilobytes)} kB`);
    }
  });

  it("holds no character beyond ASCII, with which a bundle takes twice the memory and longer to load", () => {
    for (const file of Object.keys(sizeLimits)) {
      const at = readFileSync(join(root, "dist", file), "latin1").search(/[^\0-\x7f]/);
      assert.equal(at, -1, `${file} at ${at}`);
    }
  });

  describe("as a command line", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "dsl-"));
      mkdirSync(join(folder, "dist"));
      const bundles = ["cli.js", "cliMain.js", "tree-sitter.wasm", "tree-sitter-python.wasm"];
      for (const file of [...bundles.map((name) => `dist/${name}`), "package.json"])
        cpSync(join(root, file), join(folder, file));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    function check(env: Readonly<Record<string, string>> = {}): string {
      const args = [join(folder, "dist", "cli.js"), "check", join(root, "example"), "--format", "json"];
      const result = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...env } });
      assert.equal(result.stderr, "");
      assert.equal(result.status, 1);
      return result.stdout;
    }

    const keptCode = (): string[] => readdirSync(join(folder, "dist")).filter((name) => name.includes(".code"));

    it("needs nothing beside it", () => {
      assert.ok(JSON.parse(check({ NODE_DISABLE_COMPILE_CACHE: "1" })).findings.length > 0);
      assert.deepEqual(keptCode(), []);
    });

    it("keeps its compiled code, and says the same with it and with what is left of it", () => {
      const first = check();
      const [kept = "", ...more] = keptCode();
      assert.match(kept, /^cliMain\.js\.\d+-\d+\.code$/);
      assert.deepEqual(more, []);
      assert.equal(check(), first);
      truncateSync(join(folder, "dist", kept), 100_000);
      assert.equal(check(), first);
      assert.ok(statSync(join(folder, "dist", kept)).size > 100_000);
    });
  });

  it("says whose code is in the bundles", () => {
    const licences = readFileSync(join(root, "dist", "LICENSES.txt"), "utf8");
    for (const name of ["web-tree-sitter", "tree-sitter-python", "vscode-languageserver", "vscode-languageclient"]) {
      assert.match(licences, new RegExp(`^${name} \\d`, "m"));
    }
  });
});
