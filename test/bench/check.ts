import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { summary, type Measurement } from "./measurement";
import type { OtherTools } from "./otherTools";

const root = join(__dirname, "..", "..");
const CLI = join(root, "dist", "cli.js");
const NODE = "node -e 0";

/** Processor time of `check`, all threads together, beside that of Node alone, which is part of it. */
export function measureCheck(folder: string, runs: number): readonly Measurement[] {
  return [
    cpuTimes(NODE, runs, [process.execPath, "-e", "0"]),
    cpuTimes(`check of ${basename(folder)}`, runs, [process.execPath, CLI, "check", "--quiet", folder], {
      against: NODE,
    }),
  ];
}

/** Processor time of `check` over a project that has just begun, beside Django's own checks of it. */
export function measureFreshProject(runs: number, { python }: OtherTools): readonly Measurement[] {
  if (python === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), "settings-lint-bench-"));
  try {
    runOnce([python, "-m", "django", "startproject", "shop", folder]);
    const django = "manage.py check --deploy of a new project";
    return [
      cpuTimes(django, runs, [python, "manage.py", "check", "--deploy"], { cwd: folder }),
      cpuTimes("check of a new project", runs, [process.execPath, CLI, "check", "--quiet", folder], {
        against: django,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface CpuOptions {
  readonly against?: string;
  readonly cwd?: string;
}

/** What a command and its threads take of the processor; the shell tells. */
function cpuTimes(
  name: string,
  runs: number,
  command: readonly string[],
  { against, cwd }: CpuOptions = {},
): Measurement {
  const once = (): number => {
    const script = '"$@" > /dev/null 2>&1; [ $? -lt 2 ] || exit 1; times';
    const { status, stdout } = spawnSync("sh", ["-c", script, "sh", ...command], { encoding: "utf8", cwd });
    if (status !== 0) throw new Error(`${command.join(" ")} failed`);
    const ofChildren = stdout.trim().split("\n").at(-1) ?? "";
    return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
      0,
    );
  };
  once();
  return summary(name, Array.from({ length: runs }, once), against);
}

function runOnce([command = "", ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr.slice(0, 500)}`);
}
