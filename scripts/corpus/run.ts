/**
 * Holds the evaluator against CPython on real projects, which are never part of this one.
 *
 *     npm run corpus -- FOLDER [NAME...]            each folder in FOLDER is a project; names pick some of them
 *     npm run corpus -- --unknown FOLDER [NAME...]  also lists every setting that is left open, and why
 *
 * Every settings module that is found is evaluated, and imported by CPython in a scratch copy, twice: with no variable set, and
 * with every variable that has no default. Prints wrong known values, which must not be, how many of the settings that Django
 * knows are resolved, why the others are not, and how many of the settings modules that are there were found.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { nodeFileSystem } from "../../server/src/entry/nodeFileSystem";
import { Workspace } from "../../server/src/features/workspace";
import { testParser } from "../../test/harness/parser";
import { compareWithCPython } from "./compareModule";
import { existingModules } from "./existingModules";
import { prepareRunner, type Runner } from "../oracle/releases";
import { addUp, NOTHING, resolvedSettings, type ProjectResult } from "./result";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { unknown: { type: "boolean", default: false } },
});

/** A file of variables that git would not give to others is not read by the evaluator, so CPython must not have it either. */
function removeIgnoredVariables(copy: string): void {
  const git = ["-C", copy, "-c", "core.excludesFile="];
  spawnSync("git", [...git, "init", "--quiet"]);
  const ignored = spawnSync("git", [...git, "ls-files", "--others", "--ignored", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of ignored.stdout.split("\n")) if (/(?:^|\/)\.env[^/]*$/.test(file)) rmSync(join(copy, file));
  rmSync(join(copy, ".git"), { recursive: true, force: true });
}

/** Evaluates and imports all settings modules of a project, in a copy that is thrown away. */
async function measureProject(folder: string, runner: Runner): Promise<ProjectResult> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "corpus-")));
  try {
    const copy = join(scratch, basename(folder));
    cpSync(folder, copy, { recursive: true, filter: (path) => basename(path) !== ".git", verbatimSymlinks: true });
    removeIgnoredVariables(copy);
    const analysis = await new Workspace(copy, {
      files: nodeFileSystem,
      parser: await testParser(),
      rules: [],
    }).analyse();
    const compared = analysis.projects.flatMap(({ project, entries }) =>
      entries.map((entry) => ({
        ...compareWithCPython(entry, [...new Set([...project.importRoots, project.root])], runner),
        ...resolvedSettings(entry),
        modules: 1,
      })),
    );
    const evaluated = new Set(
      analysis.projects.flatMap(({ project, entries }) => [
        ...project.modules.map(({ file }) => file),
        ...entries.flatMap(({ evaluation }) => evaluation.files),
      ]),
    );
    const existing = existingModules(copy);
    const missed = existing.filter((path) => !evaluated.has(path)).map((path) => path.slice(scratch.length + 1));
    const sum = compared.reduce(addUp, NOTHING);
    return { ...sum, existing: existing.length, found: existing.length - missed.length, missed };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const percent = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);

function printProject(name: string, result: ProjectResult, seconds: number): void {
  const resolved = percent(result.settings - result.unknown.length, result.settings);
  console.log(
    `${name.padEnd(44)} ${String(result.modules).padStart(3)} modules, ${result.imported} imported, ${result.failed} not; ` +
      `${result.compared} values, ${result.wrong.length} wrong, ${result.doubtful.length} doubtful; ${resolved} resolved; ` +
      `${result.found}/${result.existing} found; ${seconds.toFixed(1)} s`,
  );
  for (const text of result.wrong) console.log(`  wrong: ${text}`);
  for (const text of result.doubtful) console.log(`  doubtful: ${text}`);
  for (const path of result.missed) console.log(`  not found: ${path}`);
  if (options.unknown)
    for (const { module, name: setting, cause } of result.unknown)
      console.log(`  open: ${module} ${setting}: ${cause}`);
}

/** How often each text occurs, the most frequent first. */
function ranked(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([text, count]) => `  ${String(count).padStart(5)}  ${text}`);
}

function printSum(sum: ProjectResult, projects: number): void {
  console.log(`\nunresolved, by setting\n${ranked(sum.unknown.map(({ name }) => name)).join("\n")}`);
  console.log(`\nunresolved, by cause\n${ranked(sum.unknown.map(({ cause }) => cause.slice(0, 90))).join("\n")}`);
  console.log(
    `\n${projects} projects, ${sum.modules} settings modules; ${sum.imported} imports worked, ${sum.failed} did not\n` +
      `wrong known values: ${sum.wrong.length} of ${sum.compared} compared (${sum.doubtful.length} more where a stand-in decided)\n` +
      `settings of Django resolved: ${sum.settings - sum.unknown.length} of ${sum.settings} (${percent(sum.settings - sum.unknown.length, sum.settings)})\n` +
      `settings modules found: ${sum.found} of ${sum.existing} (${percent(sum.found, sum.existing)})`,
  );
}

async function main(): Promise<void> {
  const [folder, ...names] = positionals;
  if (folder === undefined) throw new Error("say in which folder the projects are: npm run corpus -- FOLDER");
  const runner = prepareRunner("5.2");
  const projects = readdirSync(folder).filter(
    (name) => names.length === 0 || names.some((each) => name.includes(each)),
  );
  let sum = NOTHING;
  for (const name of projects) {
    const started = performance.now();
    const result = await measureProject(join(folder, name), runner);
    printProject(name, result, (performance.now() - started) / 1000);
    sum = addUp(sum, result);
  }
  printSum(sum, projects.length);
  process.exitCode = sum.wrong.length === 0 ? 0 : 1;
}

void main();
