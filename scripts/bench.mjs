// Builds, then measures how long things take on this machine and prints tables: npm run bench [-- PROJECT].

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await buildAll();
const args = [
  "--require",
  join(root, "test/harness/register.cjs"),
  join(root, "test/bench/run.ts"),
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
