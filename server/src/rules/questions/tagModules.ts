import { joinPath } from "../../base/path";
import type { RuleContext } from "../../lint/rule";
import type { FilePath } from "../../base/path";
import { boundNames } from "./statements";

type Context = RuleContext<never, never>;

/**
 * The dotted names of the template tag libraries of the app that an INSTALLED_APPS entry names: the modules in its
 * `templatetags` that have a `register`. `undefined` where the app is not in the workspace, or keeps libraries in packages.
 */
export function tagModulesOf(context: Context, entry: string): readonly string[] | undefined {
  const app = entry.replace(/(?:\.apps)?\.[A-Z]\w*$/, "");
  const { snapshot, project, module } = context;
  const found = snapshot.host(project.importRoots).resolveModule(app, module.file);
  if (found.kind !== "file" || !found.isPackage) return undefined;
  const folder = joinPath(found.path.slice(0, found.path.lastIndexOf("/")), "templatetags");
  const files = [...snapshot.listing.files].filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".py"));
  const modules: string[] = [];
  for (const file of files.toSorted()) {
    const name = file.slice(folder.length + 1, -".py".length);
    if (name === "__init__") continue;
    if (name.includes("/")) return undefined;
    const isLibrary = hasRegister(context, file);
    if (isLibrary === undefined) return undefined;
    if (isLibrary) modules.push(`${app}.templatetags.${name}`);
  }
  return modules;
}

function hasRegister(context: Context, file: FilePath): boolean | undefined {
  const parsed = context.snapshot.parse(file);
  return parsed.ok ? parsed.module.body.some((one) => boundNames(one).includes("register")) : undefined;
}
