import { join } from "node:path";
import { LspClient, PULLING, PUSHED, uriOf } from "../harness/lspClient";
import { DiskProject } from "../lsp/shop";
import { EDIT_KINDS, type EditKind } from "./edits";
import { summary, type Measurement } from "./measurement";
import type { OtherTools } from "./otherTools";
import { largeProject } from "./settingsModule";

export const LINES = 1000;
const WARM_UP = 50;

/** From a keystroke in a module of 1,000 lines below a production module to its pulled diagnostics, Ruff's server in turn with ours. */
export async function measureKeystrokes(keystrokes: number, { ruff }: OtherTools): Promise<readonly Measurement[]> {
  const measured: Measurement[] = [];
  for (const kind of EDIT_KINDS) {
    const servers = ruff === undefined ? [undefined] : [undefined, [ruff, "server"]];
    const [ours = [], theirs] = await keystrokeTimes(kind, keystrokes, servers);
    const name = `keystroke ${kind.name}`;
    const other = theirs === undefined ? [] : [summary(`${name}, ruff server`, theirs)];
    measured.push(...other, summary(name, ours, other[0]?.name));
  }
  return measured;
}

/** From starting the process to the first diagnostics of a workspace. */
export async function measureStart(starts: number, { ruff }: OtherTools): Promise<readonly Measurement[]> {
  const times: Record<"ours" | "theirs", number[]> = { ours: [], theirs: [] };
  await withProject(async (root) => {
    for (let i = 0; i < starts; i++) {
      times.ours.push(await startTime(root, undefined));
      if (ruff !== undefined) times.theirs.push(await startTime(root, [ruff, "server"]));
    }
  });
  const ours = `start to first diagnostics, ${LINES} lines`;
  if (ruff === undefined) return [summary(ours, times.ours)];
  return [summary(`${ours}, ruff server`, times.theirs), summary(ours, times.ours, `${ours}, ruff server`)];
}

async function startTime(root: string, command: readonly string[] | undefined): Promise<number> {
  const base = join(root, "shop/settings/base.py");
  const started = performance.now();
  const client = await LspClient.start({ folders: [root], capabilities: PUSHED, ...(command && { command }) });
  await client.open(base);
  await client.until(() => client.published.has(uriOf(base)), "diagnostics");
  const time = performance.now() - started;
  await client.stop();
  return time;
}

/** The times of each server, all of which get the same keystrokes in turn. */
async function keystrokeTimes(
  kind: EditKind,
  keystrokes: number,
  servers: readonly (readonly string[] | undefined)[],
): Promise<readonly (readonly number[])[]> {
  const times = servers.map((): number[] => []);
  await withProject(async (root, files) => {
    const path = join(root, "shop/settings/base.py");
    const lines = (files["shop/settings/base.py"] ?? "").split("\n");
    const clients = await Promise.all(
      servers.map((command) =>
        LspClient.start({ folders: [root], capabilities: PULLING, ...(command && { command }) }),
      ),
    );
    for (const client of clients) {
      await client.open(path);
      await client.pull(path);
    }
    for (let n = 0; n < keystrokes + WARM_UP; n++) {
      const { at, text } = kind.keystroke(lines, n);
      for (const [index, client] of clients.entries()) {
        const started = performance.now();
        await client.change(path, [{ range: { start: at, end: at }, text }]);
        await client.pull(path);
        if (n >= WARM_UP) times[index]?.push(performance.now() - started);
      }
    }
    for (const client of clients) await client.stop();
  });
  return times;
}

/** Hands the project, with further files, to `run` on disk. */
export async function withProject(
  run: (root: string, files: Readonly<Record<string, string>>) => Promise<void>,
  further: Readonly<Record<string, string>> = {},
): Promise<void> {
  const files = { ...largeProject(LINES), ...further };
  const project = new DiskProject(files);
  try {
    await run(project.root, files);
  } finally {
    project.dispose();
  }
}
