// Packages the extension as it is built in dist/: django-settings-lint-VERSION.vsix beside package.json.
// The other product, the npm tarball with the command line, is made by `npm pack`.

import { createVSIX } from "@vscode/vsce";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildAll } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Where the packaged extension stands. */
export const vsixPath = join(root, `${manifest.name}-${manifest.version}.vsix`);

/**
 * Writes the README as the editor shows it on the extension's page, where pictures and links into the repository lead
 * nowhere, and gives its path.
 */
function writeReadme() {
  const path = "dist/README.md";
  const readme = readFileSync(join(root, "README.md"), "utf8")
    .replace(/^!\[[^\]]*\]\([^)]*\)\n\n?/gm, "")
    .replace(/\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, "$1");
  writeFileSync(join(root, path), readme);
  return path;
}

/** Packages what dist/ holds and gives the path of the .vsix. Prints nothing. */
export async function packageExtension() {
  const log = console.log;
  console.log = () => {};
  try {
    await createVSIX({
      cwd: root,
      packagePath: vsixPath,
      // Everything is bundled; .vscodeignore names the few files that ship.
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      readmePath: writeReadme(),
    });
  } finally {
    console.log = log;
  }
  return vsixPath;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await buildAll();
  console.log(await packageExtension());
}
