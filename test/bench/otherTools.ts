import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "out", "bench", "tools");
const bin = join(folder, process.platform === "win32" ? "Scripts" : "bin");

/** What ours is compared with; `undefined` where it could not be installed. */
export interface OtherTools {
  readonly ruff: string | undefined;
  /** A Python with Django. */
  readonly python: string | undefined;
}

/** Installs Ruff and Django into a virtual environment of their own, once. Says what could not be had. */
export function installOtherTools(): OtherTools {
  const isReady = existsSync(join(bin, "ruff")) || install();
  if (!isReady)
    console.log("Ruff and Django could not be installed (no Python, or no network): the rest is measured alone.\n");
  return isReady ? { ruff: join(bin, "ruff"), python: join(bin, "python") } : { ruff: undefined, python: undefined };
}

function install(): boolean {
  const steps: readonly (readonly string[])[] = [
    ["python3", "-m", "venv", folder],
    [join(bin, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "ruff", "Django~=5.2.0"],
  ];
  return steps.every(([command = "", ...args]) => spawnSync(command, args, { stdio: "ignore" }).status === 0);
}
