import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { LspClient, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const BASE = "shop/settings/base.py";
/** Where the kernel tells about processes: Linux only. */
const hasProc = existsSync("/proc/self/stat");

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The processor time that a process has used, in hundredths of a second (proc(5): utime and stime, fields 14 and 15). */
function processorTime(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** The memory that a process occupies, in megabytes. */
function memory(pid: number | undefined): number {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(resident) / 1024;
}

describe("lsp: endurance", function () {
  this.timeout(60_000);
  let shop: DiskProject;
  let client: LspClient;

  beforeEach(() => (shop = new DiskProject()));
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  it("does no work while nothing happens", async function () {
    if (!hasProc) this.skip();
    client = await LspClient.start({ folders: [shop.root] });
    const { items } = await client.pullWorkspace();
    const held = client.pullWorkspace(items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" })));
    held.catch(() => {});
    // What a start leaves to do: collecting garbage, compiling hot code.
    await pause(1500);
    const before = processorTime(client.process.pid);
    await pause(2000);
    const used = processorTime(client.process.pid) - before;
    assert.ok(used <= 3, `${used * 10} ms of processor time in two idle seconds`);
  });

  it("uses no more memory after many edits", async function () {
    if (!hasProc) this.skip();
    client = await LspClient.start({ folders: [shop.root] });
    const path = shop.path(BASE);
    await client.open(path);
    const edit = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i++) {
        await client.type(path, `# edit ${i}\n${SHOP[BASE] ?? ""}SETTING_${i} = ["a", "b", {"c": ${i}}]\n`);
        await client.pull(path);
      }
    };
    await edit(0, 400);
    const before = memory(client.process.pid);
    await edit(400, 1600);
    const grown = memory(client.process.pid) - before;
    assert.ok(grown < 40, `grew by ${grown.toFixed(1)} MB from ${before.toFixed(1)} MB over 1,200 edits`);
  });

  it("keeps up with somebody who types fast, and ends with the findings of the last text", async () => {
    client = await LspClient.start({ folders: [shop.root], capabilities: PUSHED });
    const path = shop.path(BASE);
    await client.open(path);
    let version = 1;
    for (let i = 0; i < 200; i++) version = await client.type(path, `${"#\n".repeat(i % 40)}${SHOP[BASE] ?? ""}`);
    await client.until(() => client.published.get(uriOf(path))?.version === version, "the last version");
    assert.equal(client.published.get(uriOf(path))?.diagnostics[0]?.range.start.line, 6 + (199 % 40));
  });
});
