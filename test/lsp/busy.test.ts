import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { LspClient, uriOf } from "../harness/lspClient";
import { DiskProject } from "./shop";

/** Settings whose evaluation takes long: each test doubles the ways through the module. */
const HEAVY = [
  "import os",
  "from .base import *",
  `X = ${Array.from({ length: 16 }, (_, i) => `(os.environ.get("A${i}") == "x" and os.environ.get("B${i}") != "y")`).join(" or ")}`,
  "",
].join("\n");

/** So many that a server has work for longer than any test waits. */
const HEAVY_MODULES = Object.fromEntries(
  Array.from({ length: 60 }, (_, i) => [`shop/settings/heavy${i}.py`, `${HEAVY}Z = ${i}\n`]),
);

describe("lsp: while it is busy", function () {
  this.timeout(60_000);
  let shop: DiskProject;
  let client: LspClient;
  let isBusy = false;

  beforeEach(() => (shop = new DiskProject()));
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  /** A server that has analysed the shop and then begun with the heavy modules. */
  async function busy(processId?: number): Promise<void> {
    client = await LspClient.start({ folders: [shop.root], ...(processId === undefined ? {} : { processId }) });
    await client.open(shop.path("shop/settings/base.py"));
    assert.deepEqual(await client.rules(shop.path("shop/settings/base.py")), ["debug-enabled"]);
    for (const [path, text] of Object.entries(HEAVY_MODULES)) shop.write(path, text);
    await client.changedOnDisk(...Object.keys(HEAVY_MODULES).map((path) => [shop.path(path), 1] as const));
    // Nothing that needs the new analysis is answered: it is under way.
    isBusy = true;
    client.connection.sendRequest("djangoSettingsLint/resolvedConfig", {}).then(
      () => (isBusy = false),
      () => {},
    );
    await client.connection.sendRequest("djangoSettingsLint/rules");
  }

  it("answers what needs no analysis, and about files that it knows already", async () => {
    await busy();
    const base = shop.path("shop/settings/base.py");
    const page = await client.connection.sendRequest<object>("djangoSettingsLint/explainRule", {
      rule: "debug-enabled",
    });
    assert.ok("markdown" in page);
    const status = await client.connection.sendRequest<{ state: string }>("djangoSettingsLint/status", {
      uri: uriOf(base),
    });
    assert.equal(status.state, "ready");
    assert.match((await client.hover(base, 6, 2)) ?? "", /DEBUG/);
    assert.deepEqual(await client.rules(base), ["debug-enabled"]);
    assert.ok(isBusy, "the heavy modules are not heavy any more");
  });

  it("lets go of a request that is cancelled", async () => {
    await busy();
    const path = shop.path("shop/settings/production.py");
    await client.open(path, 'from .base import *\n\nALLOWED_HOSTS = ["shop.example"]\nDEBUG = True\n');
    const source = new CancellationTokenSource();
    const textDocument = { uri: uriOf(path) };
    const answer = client.connection.sendRequest("textDocument/diagnostic", { textDocument }, source.token);
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
    assert.ok(isBusy, "the heavy modules are not heavy any more");
  });

  it("shuts down at once", async () => {
    await busy();
    assert.equal(await client.stop(), 0);
  });

  it("ends within five seconds of its client", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      await busy(other.pid);
      other.kill("SIGKILL");
      await endsWithin(client.process, 5000);
    } finally {
      other.kill("SIGKILL");
    }
  });

  it("ends within five seconds when nobody can speak to it any more", async () => {
    await busy();
    client.process.stdin?.destroy();
    await endsWithin(client.process, 5000);
  });
});

async function endsWithin(server: ChildProcess, milliseconds: number): Promise<void> {
  const ended = new Promise<boolean>((resolve) => server.once("exit", () => resolve(true)));
  const late = new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), milliseconds));
  assert.ok(server.exitCode !== null || (await Promise.race([ended, late])), "the server lives on");
}
