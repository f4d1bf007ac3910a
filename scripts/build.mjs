// Builds everything that ships into dist/: the extension's client, the language server, the command line, and the
// browser's client and server, beside the two WebAssembly files they load. Each is one file; the server and the command line have
// a small one in front, which keeps what V8 has compiled.
//
// node scripts/build.mjs           as it ships
// node scripts/build.mjs --debug   with source maps and readable code
// node scripts/build.mjs --watch   the same, and rebuilds when a source changes

import { build, context } from "esbuild";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const dist = join(root, "dist");

/** What all bundles share. */
function common(debug) {
  return {
    absWorkingDir: root,
    bundle: true,
    logLevel: "warning",
    loader: { ".md": "text" },
    // A text with one character beyond Latin-1 takes twice the memory, and longer to read and to scan.
    charset: "ascii",
    target: "es2022",
    minifySyntax: !debug,
    minifyWhitespace: !debug,
    // Names of functions and classes stand in stack traces that users send us. Keeping them with `keepNames` instead
    // makes each creation of a function dearer: it took a quarter of the evaluator's time.
    minifyIdentifiers: false,
    sourcemap: debug ? "linked" : false,
    legalComments: "none",
    metafile: true,
  };
}

/** Node bundles are CommonJS: VS Code loads extensions that way, and wasm starts quickest from it. */
const node = {
  platform: "node",
  format: "cjs",
  // The native parser is optional and found at run time; see server/src/syntax.
  external: ["vscode", "tree-sitter", "tree-sitter-python"],
  // The ES module build of web-tree-sitter looks at import.meta.url, which a CommonJS bundle does not have.
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
};

/** commander loads Node's child processes for commands that are programs of their own, which ours are not. */
const noChildProcesses = {
  name: "no child processes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: "absent" }));
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};" }));
  },
};

const browser = {
  platform: "browser",
  format: "iife",
  // web-tree-sitter imports these only after it has seen that it runs in Node.
  external: ["fs/promises", "module"],
  logOverride: { "empty-import-meta": "silent" },
};

function bundles() {
  return [
    { ...node, entryPoints: ["client/src/extension.ts"], outfile: "dist/client.js" },
    { ...node, entryPoints: ["server/src/entry/node.ts"], outfile: "dist/server.js" },
    { ...node, entryPoints: ["server/src/entry/serverMain.ts"], outfile: "dist/serverMain.js" },
    { ...node, entryPoints: ["server/src/entry/input.ts"], outfile: "dist/serverInput.js" },
    {
      ...node,
      entryPoints: ["server/src/entry/cli.ts"],
      outfile: "dist/cli.js",
      banner: { js: "#!/usr/bin/env node" },
    },
    {
      ...node,
      entryPoints: ["server/src/entry/cliMain.ts"],
      outfile: "dist/cliMain.js",
      plugins: [noChildProcesses],
    },
    { ...browser, entryPoints: ["server/src/entry/browser.ts"], outfile: "dist/browserServer.js" },
    { ...browser, entryPoints: ["client/src/webview/main.ts"], outfile: "dist/pages.js" },
    {
      ...browser,
      format: "cjs",
      external: ["vscode"],
      entryPoints: ["client/src/browser.ts"],
      outfile: "dist/browserClient.js",
    },
  ];
}

function copyWebAssembly() {
  copyFileSync(require.resolve("web-tree-sitter/tree-sitter.wasm"), join(dist, "tree-sitter.wasm"));
  const grammar = join(dirname(require.resolve("tree-sitter-python/package.json")), "tree-sitter-python.wasm");
  copyFileSync(grammar, join(dist, "tree-sitter-python.wasm"));
}

/** The licences of all packages that are inside the bundles, as those licences ask for. */
function writeLicences(metafiles) {
  const folders = new Set(["node_modules/tree-sitter-python", "node_modules/web-tree-sitter"]);
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const notices = [...folders].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "License.txt", "LICENSE.txt", "license"]
      .map((candidate) => join(root, folder, candidate))
      .find((candidate) => existsSync(candidate));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(file, "utf8").trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  writeFileSync(join(dist, "LICENSES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
}

/**
 * Builds all bundles into dist/ once.
 * Throws esbuild's error, which has already been printed, when a source does not compile.
 */
export async function buildAll(debug = false) {
  mkdirSync(dist, { recursive: true });
  // What earlier bundles kept of their compiled code.
  for (const name of readdirSync(dist)) if (name.endsWith(".code")) rmSync(join(dist, name), { force: true });
  copyWebAssembly();
  const results = await Promise.all(bundles().map((bundle) => build({ ...common(debug), ...bundle })));
  writeLicences(results.map((result) => result.metafile));
  chmodSync(join(dist, "cli.js"), 0o755);
}

async function watchAll() {
  mkdirSync(dist, { recursive: true });
  copyWebAssembly();
  const contexts = await Promise.all(bundles().map((bundle) => context({ ...common(true), ...bundle })));
  await Promise.all(contexts.map((each) => each.watch()));
  console.log(`watching; bundles go to ${relative(process.cwd(), dist) || "."}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await (process.argv.includes("--watch") ? watchAll() : buildAll(process.argv.includes("--debug")));
  } catch {
    // esbuild has printed what is wrong and where.
    process.exitCode = 1;
  }
}
