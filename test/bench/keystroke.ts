import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LspClient, PULLING, PUSHED, uriOf } from "../harness/lspClient";
import { largeProject } from "./settingsModule";

/** One line of the table. Times in milliseconds. */
export interface Measurement {
  readonly name: string;
  readonly runs: number;
  readonly median: number;
  readonly p99: number;
}

const LINES = 1000;
const WARM_UP = 20;

/** From a keystroke in a module of 1,000 lines to the diagnostics that follow from it being there. */
export async function measureKeystrokes(keystrokes: number): Promise<readonly Measurement[]> {
  const [pushed, pulled] = [await keystrokeTimes(keystrokes, "push"), await keystrokeTimes(keystrokes, "pull")];
  return [
    summary(`keystroke to published diagnostics, ${LINES} lines`, pushed),
    summary(`keystroke to pulled diagnostics, ${LINES} lines`, pulled),
  ];
}

/** From starting the process to the first diagnostics of a workspace. */
export async function measureStart(starts: number): Promise<readonly Measurement[]> {
  const times: number[] = [];
  for (let i = 0; i < starts; i++) {
    await withProject(async (root) => {
      const base = join(root, "shop/settings/base.py");
      const started = performance.now();
      const client = await LspClient.start({ folders: [root], capabilities: PUSHED });
      await client.until(() => client.published.has(uriOf(base)), "diagnostics");
      times.push(performance.now() - started);
      await client.stop();
    });
  }
  return [summary(`start to first diagnostics, ${LINES} lines`, times)];
}

async function keystrokeTimes(keystrokes: number, how: "push" | "pull"): Promise<readonly number[]> {
  const times: number[] = [];
  await withProject(async (root, files) => {
    const path = join(root, "shop/settings/base.py");
    const client = await LspClient.start({ folders: [root], capabilities: how === "push" ? PUSHED : PULLING });
    await client.open(path);
    if (how === "push") await client.until(() => client.published.has(uriOf(path)), "diagnostics");
    const text = files["shop/settings/base.py"] ?? "";
    for (let i = 0; i < keystrokes + WARM_UP; i++) {
      // Each keystroke lengthens a comment above the finding, so that its place moves and diagnostics must follow.
      const typed = `${"#\n".repeat((i % 7) + 1)}${text}`;
      const started = performance.now();
      const version = await client.type(path, typed);
      if (how === "pull") await client.pull(path);
      else await client.until(() => client.published.get(uriOf(path))?.version === version, "diagnostics");
      if (i >= WARM_UP) times.push(performance.now() - started);
    }
    await client.stop();
  });
  return times;
}

async function withProject(
  run: (root: string, files: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "settings-lint-bench-"));
  const files = largeProject(LINES);
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    await run(root, files);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function summary(name: string, times: readonly number[]): Measurement {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { name, runs: times.length, median: at(0.5), p99: at(0.99) };
}
