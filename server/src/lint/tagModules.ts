import { joinPath } from "../base/path";
import type { CodeScope } from "./codeScope";
import type { FilePath } from "../base/path";
import { perListing } from "../project/perListing";
import { boundNames } from "../syntax/statements";

/**
 * The dotted names of the template tag libraries of the app that an INSTALLED_APPS entry names: the modules in its
 * `templatetags` that have a `register`. `undefined` where the app is not in the workspace, or keeps libraries in packages.
 */
export function tagModulesOf(scope: CodeScope, entry: string): readonly string[] | undefined {
  const app = entry.replace(/(?:\.apps)?\.[A-Z]\w*$/, "");
  const { snapshot, project, module } = scope;
  const found = snapshot.host(project.importRoots).resolveModule(app, module.file);
  if (found.kind !== "file" || !found.isPackage) return undefined;
  const folder = joinPath(found.path.slice(0, found.path.lastIndexOf("/")), "templatetags");
  const modules: string[] = [];
  for (const file of tagFiles(snapshot.listing).get(folder) ?? []) {
    const name = file.slice(folder.length + 1, -".py".length);
    if (name === "__init__") continue;
    if (name.includes("/")) return undefined;
    const isLibrary = hasRegister(scope, file);
    if (isLibrary === undefined) return undefined;
    if (isLibrary) modules.push(`${app}.templatetags.${name}`);
  }
  return modules;
}

/** The Python files below each folder that is called `templatetags`, sorted. */
const TAGS_FOLDER = "/templatetags/";

const tagFiles = perListing(({ files }) => {
  const folders = new Map<FilePath, FilePath[]>();
  for (const path of files) {
    const at = path.indexOf(TAGS_FOLDER);
    if (at < 0 || !path.endsWith(".py")) continue;
    const folder = path.slice(0, at + TAGS_FOLDER.length - 1);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [path]);
    else known.push(path);
  }
  for (const known of folders.values()) known.sort();
  return folders;
});

function hasRegister(scope: CodeScope, file: FilePath): boolean | undefined {
  const parsed = scope.snapshot.parse(file);
  return parsed.ok ? parsed.module.body.some((one) => boundNames(one).includes("register")) : undefined;
}
