import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { LspClient, serverBundle, uriOf } from "../harness/lspClient";
import { DiskProject } from "./shop";

/** Settings that use up what an evaluation may spend: most of a second. */
const HEAVY = [
  "from .base import *",
  "def f(n): return [g(n + 1), g(n + 2), g(n + 3)]",
  "def g(n): return [f(n + 1), f(n + 2), f(n + 3)]",
  "X = f(0)",
  "",
].join("\n");

/** So many that a server has work for longer than any test waits. */
const HEAVY_MODULES = Object.fromEntries(
  Array.from({ length: 60 }, (_, i) => [`shop/settings/production_heavy${i}.py`, `${HEAVY}Z = ${i}\n`]),
);

/** A client that asks for everything and prints the server's process id once the server is at work. */
const CLIENT = `
  const server = require("child_process").spawn(process.execPath, [process.argv[1], "--stdio"], { stdio: "pipe" });
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write("Content-Length: " + Buffer.byteLength(text) + "\\r\\n\\r\\n" + text);
  };
  const capabilities = { textDocument: { diagnostic: {} } };
  const workspaceFolders = [{ uri: process.argv[2], name: "shop" }];
  send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri: null, capabilities, workspaceFolders } });
  send({ method: "initialized", params: {} });
  send({ id: 2, method: "workspace/diagnostic", params: { previousResultIds: [] } });
  server.stdout.once("data", () => setTimeout(() => console.log(server.pid), 1500));
`;

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

  it("ends within five seconds of a client that is killed", async () => {
    for (const [path, text] of Object.entries(HEAVY_MODULES)) shop.write(path, text);
    client = LspClient.connect({ folders: [] });
    const other = spawn(process.execPath, ["-e", CLIENT, serverBundle, uriOf(shop.root)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed] = (await once(other.stdout, "data")) as [Buffer];
    const server = Number(String(printed));
    assert.ok(isRunning(server));
    other.kill("SIGKILL");
    const end = Date.now() + 5000;
    while (isRunning(server) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    const isLeft = isRunning(server);
    if (isLeft) process.kill(server, "SIGKILL");
    assert.ok(!isLeft, "the server lives on");
  });

  it("ends within five seconds of the process that it was told of", async () => {
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

/** A process that has ended and that nobody has asked about is listed still, as a zombie. */
function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return !existsSync("/proc") || !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function endsWithin(server: ChildProcess, milliseconds: number): Promise<void> {
  const ended = new Promise<boolean>((resolve) => server.once("exit", () => resolve(true)));
  const late = new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), milliseconds));
  assert.ok(server.exitCode !== null || (await Promise.race([ended, late])), "the server lives on");
}
