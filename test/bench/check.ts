import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import type { Measurement } from "./keystroke";

const root = join(__dirname, "..", "..");

/** What Python itself needs to read the same files without running them: the least that any tool written in it takes. */
const PARSE_ALL = `
import ast, pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob("*.py"):
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        pass
`;

/**
 * `django-settings-lint check` over a folder as a process, beside the start of Node alone, which is part of it, and Python
 * parsing every module of the folder, which we need not do. Throws where the command fails.
 */
export function measureCheck(folder: string, runs: number): readonly Measurement[] {
  const name = basename(folder);
  const node = (...args: readonly string[]): (() => void) => runner(process.execPath, args, [0, 1]);
  const measured = [
    timed("start of Node.js alone", runs, node("-e", "0")),
    timed(`check of ${name}`, runs, node(join(root, "dist", "cli.js"), "check", "--quiet", folder)),
  ];
  if (spawnSync("python3", ["--version"]).status !== 0) return measured;
  const python = runner("python3", ["-c", PARSE_ALL, folder], [0]);
  return [...measured, timed(`Python parsing all of ${name}`, runs, python)];
}

function runner(command: string, args: readonly string[], fine: readonly number[]): () => void {
  return () => {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    if (status === null || !fine.includes(status)) throw new Error(`${command} failed: ${stderr.slice(0, 500)}`);
  };
}

function timed(name: string, runs: number, run: () => void): Measurement {
  run();
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { name, runs, median: at(0.5), p99: at(0.99) };
}
