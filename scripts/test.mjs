// npm test: builds, packages the extension, runs every suite, and ends with one line that adds up the suites' own
// reports. `npm run test:unit` and `npm run test:slow` run one suite; unit tests need no build. The editor tests need a
// browser and code-server, which `npm run setup:editor` installs; without them they are named as not run, and with CI=true
// that is a failure.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { whyEditorTestsCannotRun } from "./editorTools.mjs";
import { packageExtension } from "./package.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, "out", "reports");
const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");

/** What starts processes, runs what is packaged, or needs seconds for one test: not for every save of a file. */
const slow = [
  "test/{cli,errors,lsp,package}/**/*.test.ts",
  "test/syntax/limits.test.ts",
  "test/differential/sessions.test.ts",
];
const editor = ["test/editor/**/*.test.ts"];
const unit = ["test/**/*.test.ts", ...[...slow, ...editor].flatMap((files) => ["--ignore", files])];

const all = [
  { name: "unit", files: unit },
  { name: "slow", files: slow, isOfBuild: true },
  { name: "editor", files: editor, isOfBuild: true, whyNot: whyEditorTestsCannotRun() },
];
const named = process.argv.slice(2);
const suites = named.length === 0 ? all : all.filter(({ name }) => named.includes(name));

/** Runs one suite and gives its report: names of passed, failed and pending tests. */
function run(suite, extra = []) {
  const output = join(reports, `${suite.name}.json`);
  rmSync(output, { force: true });
  const reporter = ["--reporter", join(root, "scripts", "mochaReporter.cjs"), "--reporter-option", `output=${output}`];
  const result = spawnSync(process.execPath, [mocha, ...suite.files, ...reporter, ...extra], {
    cwd: root,
    stdio: extra.length > 0 ? "ignore" : "inherit",
  });
  if (existsSync(output)) return JSON.parse(readFileSync(output, "utf8"));
  const reason = result.signal ?? `exit code ${result.status}`;
  return { passed: [], failed: [{ title: `the ${suite.name} suite ended without a report (${reason})` }], pending: [] };
}

/** Names the tests of a suite that cannot run here and gives how many there are. */
function nameAsNotRun(suite) {
  const titles = run(suite, ["--dry-run"]).passed.map((test) => test.title);
  console.log(`  not run, because ${suite.whyNot}. To run them: npm run setup:editor`);
  for (const title of titles) console.log(`    not run: ${title}`);
  return Math.max(titles.length, 1);
}

mkdirSync(reports, { recursive: true });
if (suites.some(({ isOfBuild }) => isOfBuild)) {
  console.log("build");
  await buildAll();
  console.log(`  ${relative(root, await packageExtension())}`);
}

let passed = 0;
let failed = 0;
let notRun = 0;
for (const suite of suites) {
  console.log(suite.name);
  if (suite.whyNot !== undefined) {
    const count = nameAsNotRun(suite);
    if (process.env.CI === "true") failed += count;
    else notRun += count;
    continue;
  }
  const report = run(suite);
  passed += report.passed.length;
  failed += report.failed.length;
  notRun += report.pending.length;
  for (const { title } of report.pending) console.log(`    not run: ${title}`);
}
if (notRun > 0) console.log(`${notRun} not run, named above`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
