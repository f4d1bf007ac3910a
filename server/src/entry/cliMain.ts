import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join, parse, resolve } from "node:path";
import { UsageError, type CliHost, type ParserChoice, type Stream } from "../cli/host";
import { runCli } from "../cli/program";
import { createNativeParser } from "../syntax/native";
import type { Parser } from "../syntax/parser";
import { createWasmParser } from "../syntax/wasm";
import { removeLeftovers, writeFilesAtomically } from "./atomicWrite";
import { fromNativePath, nodeFileSystem } from "./nodeFileSystem";

const host: CliHost = {
  files: nodeFileSystem,
  cwd: fromNativePath(workingDirectory()),
  toPath: (typed) => fromNativePath(resolve(workingDirectory(), typed)),
  version: readVersion(),
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  showStatus,
  now: () => performance.now(),
  env: process.env,
  loadParser,
  writeFiles: writeFilesAtomically,
  removeLeftovers,
};

// A reader that has seen enough (`| head`) closes the pipe: that is no error, and nobody is left to be told.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
}

void main();

async function main(): Promise<void> {
  // Not `process.exit`: what was written may still be on its way into a pipe.
  process.exitCode = await runCli(host, process.argv.slice(2));
}

/** A folder that was deleted while a shell stood in it has no path: then the root, in which nothing relative is found. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return parse(homedir()).root;
  }
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    columns: stream.isTTY ? stream.columns : statedColumns(),
  };
}

/** Where there is no terminal, `COLUMNS` may say how wide what is printed is shown: a CI log, a pager. Shells do not export it. */
function statedColumns(): number | undefined {
  const columns = Number(process.env["COLUMNS"] ?? "");
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

/** The line is erased, not filled up: a longer one may have stood there. It is cut, because one that wraps cannot be erased. */
function showStatus(line: string): void {
  const { stderr } = process;
  if (stderr.isTTY) stderr.write(`\r\u001b[K${line.slice(0, stderr.columns - 1)}`);
}

/** The package's version; the bundle stands in `dist/`, one folder below package.json. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return typeof version === "string" ? version : "unknown";
}

async function loadParser(choice: ParserChoice): Promise<Parser> {
  const native = choice === "wasm" ? undefined : loadNativeParser();
  if (native !== undefined) return native;
  if (choice === "native")
    throw new UsageError("the native parser is not installed, or not safe with this version of Node.js.");
  const [runtime, grammar] = await Promise.all(
    ["tree-sitter.wasm", "tree-sitter-python.wasm"].map((name) => readFile(join(__dirname, name))),
  );
  if (runtime === undefined || grammar === undefined) throw new Error("the parser's files are missing");
  return createWasmParser({ runtime, grammar });
}

function loadNativeParser(): Parser | undefined {
  return createNativeParser(createRequire(__filename), process.versions["napi"]);
}
