import { isStandardLibrary } from "../../../project/standardLibrary";
import { deploymentFiles } from "../../../project/deploymentFiles";
import { findInCode } from "../../../project/codeIndex";
import type { RuleContext } from "../../../lint/rule";
import { areRequirementsComplete } from "../apps/requirementLists";
import { knownEntries } from "../lists/entries";
import { isIgnoredModule } from "./lookup";
import type { DottedPath } from "./places";

/** What nobody can import, and what was probably meant, as a whole path. */
export interface NobodysPath {
  /** The first package of the path. */
  readonly owner: string;
  readonly meant: string | undefined;
}

/**
 * Words by which projects call packages of their own and by which no package is installed that settings name, such as `project` in the
 * examples of Django's documentation; and modules spelt like a class.
 */
const OWN_WORD =
  /^(?:my_?(?:site|project|app)|projects?|core|common|utils?|apps?|backend|server|main|middlewares?|helpers?|users?|accounts?)$|^[A-Z][a-z]{1,20}[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20})?$/;

/**
 * A dotted path whose first package is certainly in no folder on the import path and in no requirement: the project has its module
 * under a longer name, or its first word is one of a project's own and there is nothing of that name at all.
 */
export function nobodysPath(context: RuleContext, { text, target }: DottedPath): NobodysPath | undefined {
  const module = target === "module" ? text : text.slice(0, text.lastIndexOf("."));
  const [owner = ""] = text.split(".");
  if (module === "" || isStandardLibrary(owner) || context.hasPackage(owner) || !isExternal(context, owner))
    return undefined;
  const longer = longerName(context, module);
  if (longer === undefined && !isNowhere(context, owner)) return undefined;
  if (isIgnoredModule(context, owner) || hasOtherRoots(context)) return undefined;
  return { owner, meant: longer === undefined ? undefined : longer + text.slice(module.length) };
}

function isExternal({ snapshot, project, module }: RuleContext, name: string): boolean {
  return snapshot.host(project.importRoots).resolveModule(name, module.file).kind === "external";
}

/** The only name by which the project can import a module that a path gives without its first packages, as INSTALLED_APPS does. */
function longerName(context: RuleContext, module: string): string | undefined {
  const { snapshot, project } = context;
  const host = snapshot.host(project.importRoots);
  const suffix = `/${module.replaceAll(".", "/")}`;
  const found = [...snapshot.listing.files].filter(
    (file) => file.endsWith(`${suffix}.py`) || file.endsWith(`${suffix}/__init__.py`),
  );
  const [file, ...others] = found;
  if (file === undefined || others.length > 0) return undefined;
  const name = host.moduleName(file);
  if (!name.endsWith(`.${module}`) || host.resolveModule(name, context.module.file).kind !== "file") return undefined;
  const [owner = ""] = module.split(".");
  const app = `${name.slice(0, -module.length)}${owner}`;
  const apps = context.setting("INSTALLED_APPS").proofs();
  const isNamed = apps.some(({ value }) =>
    knownEntries(value).some((entry) => entry.text === app || entry.text.startsWith(`${app}.`)),
  );
  return isNamed ? name : undefined;
}

/** Whether no folder or module of a name lies anywhere, which somebody may put on the import path, and no package brings it. */
function isNowhere(context: RuleContext, name: string): boolean {
  return (
    OWN_WORD.test(name) &&
    ![...context.snapshot.listing.files].some((file) => file.includes(`/${name}/`) || file.endsWith(`/${name}.py`)) &&
    areRequirementsComplete(context)
  );
}

const EXTENDS = { id: "import path is extended", files: /\.py$/, pattern: /\bsys\.path\b|\baddsitedir\b/ };

/** Whether the import path may have folders that nobody has told of. */
function hasOtherRoots({ snapshot, project }: RuleContext): boolean {
  return findInCode(snapshot, project.root, EXTENDS) !== undefined || setsImportPath({ snapshot });
}

/** Whether what starts the project gives it folders to import from. */
export function setsImportPath({ snapshot }: Pick<RuleContext, "snapshot">): boolean {
  return deploymentFiles(snapshot).some(({ text }) => /PYTHONPATH|--pythonpath/.test(text));
}
