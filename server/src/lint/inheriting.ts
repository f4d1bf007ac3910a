import type { FilePath } from "../base/path";
import type { Site } from "../python/values/value";
import { kindsOf } from "./classKinds";
import { dottedModuleName } from "./settingsModules";
import type { ProjectScope } from "./projectScope";
import type { ChainLink, Finding } from "./finding";
import { withModulesOf } from "./reporting";
import type { EntryModule } from "./rule";

/**
 * What is missing in a module is missing in the modules that build on it, too: `heroku.py`, which star-imports
 * `production.py`, says nothing new, nor does a class of django-configurations that derives from another one. Its finding joins
 * the one of the module or class that it builds on. What staging lacks just as production does joins production's finding, unless
 * it is an error.
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
  const fold = (isTo: (entry: EntryModule, owner: EntryModule, finding: Finding) => boolean): void => {
    const left = [...missing].filter(([finding]) => !folded.has(finding));
    for (const [finding, entry] of left) {
      const base = left.find(([other, owner]) => isSame(finding, other) && isTo(entry, owner, finding));
      if (base !== undefined) folded.set(finding, base[0]);
    }
  };
  fold((entry, owner) => inherits(entry, owner, scope));
  fold(isStagedFor);
  const joined = (one: Finding, gone: Finding): Finding =>
    withModulesOf(
      gone.role === "staging" && one.role !== "staging" ? { ...one, chain: [...one.chain, lacking(gone)] } : one,
      gone,
    );
  return findings
    .filter((finding) => !folded.has(finding))
    .map((finding) => [...folded.keys()].filter((gone) => baseOf(gone, folded) === finding).reduce(joined, finding));
}

function isStagedFor(entry: EntryModule, owner: EntryModule, { severity, setting = "" }: Finding): boolean {
  const isUnset = ({ evaluation }: EntryModule): boolean =>
    evaluation.outcomes(setting).every(({ value }) => value.kind === "unset");
  const isStaging = entry.module.role === "staging" && owner.module.role === "production";
  return isStaging && severity !== "error" && isUnset(entry) && isUnset(owner);
}

function lacking({ site, module = "" }: Finding): ChainLink {
  return { site, text: `${module} lacks it, too.` };
}

/** The finding that a folded one ends up in. */
function baseOf(finding: Finding, folded: ReadonlyMap<Finding, Finding>): Finding {
  const base = folded.get(finding);
  return base === undefined ? finding : baseOf(base, folded);
}

function inherits(entry: EntryModule, owner: EntryModule, scope: ProjectScope): boolean {
  if (entry.module.className !== undefined && owner.module.className !== undefined) return derives(entry, owner, scope);
  return buildsOn(entry, owner.module.file) && !buildsOn(owner, entry.module.file);
}

/** Whether a class of settings has another one among its bases, whatever files they are in. */
function derives({ module }: EntryModule, owner: EntryModule, { snapshot, project }: ProjectScope): boolean {
  const [, ...bases] = kindsOf({ snapshot, project, module }, dottedModuleName(module)) ?? [];
  return bases.some(({ path }) => path === dottedModuleName(owner.module));
}

/** By the imports that it and what it imports have written: Python runs its package besides, which says nothing. */
function buildsOn({ module, evaluation }: EntryModule, file: FilePath): boolean {
  const reached = new Set([module.file]);
  for (const each of reached)
    for (const { site, file: imported } of evaluation.imports)
      if (site.file === each && imported !== undefined) reached.add(imported);
  return module.file !== file && reached.has(file);
}

function isSame(a: Finding, b: Finding): boolean {
  return a !== b && a.rule === b.rule && a.messageId === b.messageId && a.setting === b.setting;
}

function isAt(site: Site, head: Site): boolean {
  return site.file === head.file && site.range.start === head.range.start;
}
