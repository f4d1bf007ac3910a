import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { defaultConfig } from "../../server/src/lint/config";
import { lintProject } from "../../server/src/lint/engine";
import { SHAPES_ONLY } from "../../server/src/lint/redaction/redactor";
import { discoverProjects } from "../../server/src/project/discovery";
import { SourceCache } from "../../server/src/project/sourceCache";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { evaluate } from "../../server/src/python/evaluate";
import { rules } from "../../server/src/rules/index";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { summary, type Measurement } from "./keystroke";
import { largeProject } from "./settingsModule";

const ROOT = "/home/ann";
const WARM_UP = 20;

/** What the time of one keystroke goes into, part by part, in this process. */
export async function measureParts(runs: number): Promise<readonly Measurement[]> {
  const project = largeProject();
  const files = new MemoryFileSystem(project, ROOT);
  const parser = await testParser();
  const cache = new SourceCache(parser);
  const listing = await listWorkspace(files, ROOT);
  const path = `${ROOT}/shop/settings/base.py`;
  const times: Record<"parse" | "discover" | "evaluate" | "lint", number[]> = {
    parse: [],
    discover: [],
    evaluate: [],
    lint: [],
  };
  for (let i = 0; i < runs + WARM_UP; i++) {
    const text = `${"#\n".repeat((i % 7) + 1)}${project["shop/settings/base.py"] ?? ""}`;
    const started = performance.now();
    cache.begin(cache);
    cache.module(path, text, cache);
    const parsed = performance.now();
    const { projects, snapshot } = await discoverProjects(files, ROOT, {
      parser,
      cache,
      listing,
      overlays: new Map([[path, text]]),
    });
    const discovered = performance.now();
    const [found] = projects;
    if (found === undefined) throw new Error("the project was not found");
    const entries = found.modules
      .filter((module) => module.isEntry)
      .map((module) => ({ module, evaluation: evaluate(snapshot.host(found.importRoots), module.file) }));
    const evaluated = performance.now();
    lintProject({
      project: found,
      snapshot,
      entries,
      config: defaultConfig(ROOT),
      rules,
      redactor: SHAPES_ONLY,
      token: NEVER_CANCELLED,
    });
    const linted = performance.now();
    if (i < WARM_UP) continue;
    times.parse.push(parsed - started);
    times.discover.push(discovered - parsed);
    times.evaluate.push(evaluated - discovered);
    times.lint.push(linted - evaluated);
  }
  return Object.entries(times).map(([name, each]) => summary(`  of which: ${name}`, each));
}
