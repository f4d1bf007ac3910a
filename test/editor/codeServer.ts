import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeServerEntry, editorNode } from "../../scripts/editorTools.mjs";
import { eventually } from "./poll";

const root = join(__dirname, "..", "..");
const manifest: { name: string; version: string; publisher: string } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/** User settings that keep the workbench still: no network, no tips, no suggestions that swallow keys. */
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "telemetry.feedback.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "git.enabled": false,
  "npm.fetchOnlinePackageInfo": false,
  "json.schemaDownload.enable": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "files.simpleDialog.enable": true,
  "editor.cursorBlinking": "solid",
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.autoIndent": "none",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.wordBasedSuggestions": "off",
  "editor.acceptSuggestionOnEnter": "off",
};

/** The extension as `npm test` and `npm run package` leave it. */
const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);

/** Where the extension runs: in a process of the server, or in a worker of the browser, as on vscode.dev. */
export type Host = "node" | "web";

const hostSettings: Readonly<Record<Host, object>> = {
  node: {},
  web: { "remote.extensionKind": { [`${manifest.publisher}.${manifest.name}`]: ["web"] } },
};

/** Whether folders are opened without asking, or in Restricted Mode. */
type Trust = "trusted" | "restricted";

const trustSettings: Readonly<Record<Trust, object>> = {
  trusted: { "security.workspace.trust.enabled": false },
  restricted: {
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
  },
};

/** VS Code's workbench, served on a loopback port with a profile of its own. */
export interface CodeServer {
  /** `127.0.0.1:PORT`; also the authority of `vscode-remote` addresses. */
  readonly authority: string;
  /** The folder of the profile: `server.log`, `user/logs`, ... */
  readonly profile: string;
  stop(): Promise<void>;
}

/** Installs the packaged extension into a fresh profile and starts the server; both take under a second. */
export async function startCodeServer({
  trust = "trusted",
  host = "node",
}: { trust?: Trust; host?: Host } = {}): Promise<CodeServer> {
  // The name is short because Unix sockets are made below it, and their paths are limited to 107 bytes.
  const profile = mkdtempSync(join(tmpdir(), "dsl-"));
  mkdirSync(join(profile, "user", "User"), { recursive: true });
  mkdirSync(join(profile, "ext"));
  writeFileSync(
    join(profile, "user", "User", "settings.json"),
    JSON.stringify({ ...quietSettings, ...trustSettings[trust], ...hostSettings[host] }, null, 2),
  );
  writeFileSync(join(profile, "config.yaml"), "");
  const options = profileOptions(profile);
  const env = environment(profile);
  execFileSync(editorNode, [codeServerEntry, ...options, "--force", "--install-extension", vsix], {
    env,
    stdio: "pipe",
  });

  const authority = `127.0.0.1:${await freePort()}`;
  const trustOptions = trust === "trusted" ? ["--disable-workspace-trust"] : [];
  const args = [codeServerEntry, ...options, ...serverOptions, ...trustOptions, "--bind-addr", authority];
  // In a process group of its own: extension hosts and language servers end with it.
  const child = spawn(editorNode, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const log = createWriteStream(join(profile, "server.log"));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await eventually("code-server to start", () => isHealthy(authority), Boolean);
  return { authority, profile, stop: () => stop(child, profile) };
}

const serverOptions = [
  "--auth",
  "none",
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-getting-started-override",
  "--disable-proxy",
  "--vscode-option",
  "telemetry-level=off",
  "--vscode-option",
  "disable-experiments",
  // Makes dialogs refuse instead of block, and gives the page `window.driver`, which hands out logs.
  "--vscode-option",
  "enable-smoke-test-driver",
];

function profileOptions(profile: string): string[] {
  return [
    "--config",
    join(profile, "config.yaml"),
    "--user-data-dir",
    join(profile, "user"),
    "--extensions-dir",
    join(profile, "ext"),
  ];
}

function environment(profile: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: profile,
    XDG_CONFIG_HOME: join(profile, "x"),
    XDG_DATA_HOME: join(profile, "d"),
    XDG_CACHE_HOME: join(profile, "c"),
    TMPDIR: profile,
    LANG: "C.UTF-8",
    TZ: "UTC",
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function isHealthy(authority: string): Promise<boolean> {
  try {
    return (await fetch(`http://${authority}/healthz`)).ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, profile: string): Promise<void> {
  signalGroup(child, "SIGTERM");
  const ended = child.exitCode === null ? once(child, "exit") : Promise.resolve();
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
  signalGroup(child, "SIGKILL");
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}
