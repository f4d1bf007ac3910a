// npm start [-- PATH]: builds, packages the extension, and lints a project (example/ unless PATH is given) as a person
// wants to read it. Findings are what this shows, so they are no failure: the exit code is 0 unless something broke.

import { spawnSync } from "node:child_process";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { packageExtension } from "./package.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// npm changes into the package's folder; INIT_CWD is where the user stood, which is what PATH is relative to.
const from = process.env.INIT_CWD ?? process.cwd();
const given = process.argv[2];
const project = given === undefined ? join(root, "example") : resolve(from, given);

await buildAll();
const vsix = relative(root, await packageExtension());

const cli = join(root, "dist", "cli.js");
const result = spawnSync(process.execPath, [cli, "check", project], { stdio: "inherit" });
if (result.status !== 0 && result.status !== 1) process.exit(result.status ?? 1);

console.log(`
Those were the findings in ${given === undefined ? "the bundled example/ project" : project}.

  Lint another project            npm start -- PATH
  Install the extension           code --install-extension ${vsix}
                                  (or in VS Code: Extensions, "...", Install from VSIX...)
  Read about a rule               node dist/cli.js explain debug-enabled
  See what each environment gets  node dist/cli.js show --project PATH
`);
