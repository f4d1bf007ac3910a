import type { FilePath } from "../base/path";
import type { Site } from "../python/values/value";
import type { Host } from "../python/program/host";
import { projectOf, type Analysis } from "./analysis";

/** Whether a string can be a dotted path: at least two names. */
export function isDottedPath(text: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(text);
}

/** Where a dotted path leads in the workspace: to a module, or to a class, function or name at the top level of one. */
export function placeOfDottedPath(analysis: Analysis, importer: FilePath, text: string): Site | undefined {
  const project = projectOf(analysis, importer)?.project;
  if (project === undefined || !isDottedPath(text)) return undefined;
  const host = analysis.snapshot.host(project.importRoots);
  const found = host.resolveModule(text, importer);
  if (found.kind === "file") return { file: found.path, range: { start: 0, end: 0 } };
  const at = text.lastIndexOf(".");
  const owner = host.resolveModule(text.slice(0, at), importer);
  return owner.kind === "file" ? placeOfName(host, owner.path, text.slice(at + 1)) : undefined;
}

function placeOfName(host: Host, file: FilePath, name: string): Site | undefined {
  const parsed = host.parse(file);
  if (!parsed.ok) return undefined;
  for (const statement of parsed.module.body) {
    if ("nameRange" in statement && statement.name === name) return { file, range: statement.nameRange };
    const targets = statement.kind === "Assign" ? statement.targets : [];
    const target = targets.find((each) => each.kind === "Name" && each.id === name);
    if (target !== undefined) return { file, range: { start: target.start, end: target.end } };
  }
  return undefined;
}
