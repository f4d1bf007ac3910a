import { baseName, isInside, parentPath, type FilePath } from "../base/path";
import type { Site } from "../python/values/value";
import { kindsOf } from "./classKinds";
import { dottedModuleName, type ProjectScope } from "./context";
import type { Finding } from "./finding";
import { withModulesOf } from "./reporting";
import type { EntryModule } from "./rule";

/**
 * What is missing in a module is missing in the modules that build on it, too: `heroku.py`, which star-imports
 * `production.py`, says nothing new, nor does a class of django-configurations that derives from another one. Its finding joins
 * the one of the module or class that it builds on.
 */
export function foldInherited(
  findings: readonly Finding[],
  entries: readonly EntryModule[],
  scope: ProjectScope,
): readonly Finding[] {
  const missing = new Map<Finding, EntryModule>();
  for (const finding of findings) {
    const { setting, module: name, site } = finding;
    if (setting === undefined) continue;
    const entry = entries.find((each) => each.module.name === name && isAt(site, scope.absentSite(each, setting)));
    if (entry !== undefined) missing.set(finding, entry);
  }
  const folded = new Map<Finding, Finding>();
  for (const [finding, entry] of missing) {
    const base = [...missing].find(([other, owner]) => isSame(finding, other) && inherits(entry, owner, scope));
    if (base !== undefined) folded.set(finding, base[0]);
  }
  return findings
    .filter((finding) => !folded.has(finding))
    .map((finding) =>
      [...folded].reduce((one, [gone]) => (baseOf(gone, folded) === finding ? withModulesOf(one, gone) : one), finding),
    );
}

/** The finding that a folded one ends up in. */
function baseOf(finding: Finding, folded: ReadonlyMap<Finding, Finding>): Finding {
  const base = folded.get(finding);
  return base === undefined ? finding : baseOf(base, folded);
}

function inherits(entry: EntryModule, owner: EntryModule, scope: ProjectScope): boolean {
  if (entry.module.className !== undefined && owner.module.className !== undefined) return derives(entry, owner, scope);
  return buildsOn(entry, owner.module.file) && !buildsOnForCertain(owner, entry.module.file);
}

/** Whether a class of settings has another one among its bases, whatever files they are in. */
function derives({ module }: EntryModule, owner: EntryModule, { snapshot, project }: ProjectScope): boolean {
  const [, ...bases] = kindsOf({ snapshot, project, module }, dottedModuleName(module)) ?? [];
  return bases.some(({ path }) => path === dottedModuleName(owner.module));
}

function buildsOn(entry: EntryModule, file: FilePath): boolean {
  return entry.module.file !== file && entry.evaluation.files.includes(file);
}

/** Python runs a package before its modules: that a module's evaluation has its package says nothing. */
function buildsOnForCertain(entry: EntryModule, file: FilePath): boolean {
  const isItsPackage = baseName(file) === "__init__.py" && isInside(parentPath(file), entry.module.file);
  return !isItsPackage && buildsOn(entry, file);
}

function isSame(a: Finding, b: Finding): boolean {
  return a !== b && a.rule === b.rule && a.messageId === b.messageId && a.setting === b.setting;
}

function isAt(site: Site, head: Site): boolean {
  return site.file === head.file && site.range.start === head.range.start;
}
