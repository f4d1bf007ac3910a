import assert from "node:assert/strict";
import type { CliHost } from "../../server/src/cli/host";
import { runCli } from "../../server/src/cli/program";
import { nodeFileSystem } from "../../server/src/entry/nodeFileSystem";
import { shop, TemporaryProject } from "../cli/command";
import { testParser } from "../harness/parser";

/** Permissions do not keep the superuser out, as which tests run in containers: here the file system itself refuses. */
describe("with a folder or file that cannot be read", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(shop({ "private/settings.py": "DEBUG = True\n" }));
  });
  after(() => project.remove());

  const check = async (
    refused: string,
    ...args: readonly string[]
  ): Promise<{ code: number; out: string; err: string }> => {
    const path = `${project.folder}/${refused}`;
    const written = { out: "", err: "" };
    const stream = (name: "out" | "err"): CliHost["stdout"] => ({
      write: (text) => void (written[name] += text),
      isTerminal: false,
      columns: undefined,
    });
    const host: CliHost = {
      files: {
        read: async (file) =>
          file === path ? { ok: false, reason: "unreadable", detail: "EACCES" } : nodeFileSystem.read(file),
        list: async (folder) =>
          folder === path ? { ok: false, reason: "unreadable", detail: "EACCES" } : nodeFileSystem.list(folder),
        realPath: (file) => nodeFileSystem.realPath(file),
      },
      cwd: project.folder,
      toPath: (typed) => (typed === "." ? project.folder : `${project.folder}/${typed}`),
      version: "0.0.0",
      stdout: stream("out"),
      stderr: stream("err"),
      showStatus: () => undefined,
      now: () => 0,
      env: {},
      loadParser: () => testParser(),
      writeFiles: () => Promise.reject(new Error("nothing is to be written")),
      removeLeftovers: () => Promise.resolve(),
    };
    return { code: await runCli(host, ["check", ...args]), ...written };
  };

  it("names the folder, skips it, and reports the rest", async () => {
    const { code, out, err } = await check("private");
    assert.equal(code, 1);
    assert.match(out, /debug-enabled/);
    assert.match(err, /^private: note: This folder cannot be read and was skipped: EACCES/m);
  });

  it("names the settings file, and reports the rest", async () => {
    const { code, out, err } = await check("shop/settings/development.py");
    assert.equal(code, 1);
    assert.match(out, /debug-enabled/);
    assert.match(err, /^shop\/settings\/development\.py: note: .*cannot be read \(EACCES\)/m);
  });

  it("refuses when it is the path that was asked for", async () => {
    const { code, err } = await check("private", "private");
    assert.equal(code, 2);
    assert.match(err, /error: "private" cannot be read \(EACCES\)\. Check its permissions\./);
  });

  it("names the configuration file", async () => {
    project.write("pyproject.toml", "[tool.django-settings-lint]\n");
    const { code, out, err } = await check("pyproject.toml");
    assert.equal(code, 2);
    assert.match(out, /debug-enabled/);
    assert.match(err, /^pyproject\.toml: error: .*cannot be read/m);
  });
});
