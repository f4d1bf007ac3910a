import { parentPath } from "../../../base/path";
import type { FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import type { ClassDef, Expr, Module } from "../../../syntax/ast";

type Context = RuleContext;

/** An app of the workspace. */
export interface WorkspaceApp {
  /** Its package, as Django imports it. */
  readonly name: string;
  /** By which models are named: `users` of `users.User`. */
  readonly label: string;
  readonly folder: FilePath;
}

/**
 * The app that an INSTALLED_APPS entry of the workspace names, by its package or configuration class
 * (django/apps/config.py). `external`: it is not in the workspace; `undefined`: its configuration cannot be told.
 */
export function workspaceApp(context: Context, entry: string): WorkspaceApp | "external" | undefined {
  const { snapshot, project, module } = context;
  const host = snapshot.host(project.importRoots);
  const found = host.resolveModule(entry, module.file);
  if (found.kind === "external") return "external";
  if (found.kind === "file") {
    const folder = found.isPackage ? parentPath(found.path) : undefined;
    return folder === undefined ? undefined : packageApp(context, entry, folder);
  }
  // A class of a module, or nothing at all.
  const at = entry.lastIndexOf(".");
  const owner = host.resolveModule(entry.slice(0, Math.max(at, 0)), module.file);
  const parsed = owner.kind === "file" ? host.parse(owner.path) : undefined;
  if (parsed?.ok !== true) return undefined;
  const config = parsed.module.body.find((one) => one.kind === "ClassDef" && one.name === entry.slice(at + 1));
  return config?.kind === "ClassDef" ? configuredApp(context, config) : undefined;
}

/** Since 3.2 the only configuration class of `apps.py` counts, or the one that says `default = True`. */
function packageApp(context: Context, name: string, folder: FilePath): WorkspaceApp | undefined {
  const plain: WorkspaceApp = { name, label: lastPart(name), folder };
  if (!context.snapshot.isFile(`${folder}/apps.py`)) return plain;
  const parsed = context.snapshot.parse(`${folder}/apps.py`);
  if (!parsed.ok) return undefined;
  const configs = configsOf(parsed.module);
  const [only, ...others] = configs;
  if (only === undefined) return plain;
  const chosen = others.length === 0 ? only : configs.find((one) => isDefault(one));
  if (chosen === undefined) return undefined;
  return textOf(chosen, "name") === name ? configuredApp(context, chosen) : undefined;
}

function configsOf({ body }: Module): readonly ClassDef[] {
  return body
    .filter((one) => one.kind === "ClassDef")
    .filter(({ bases }) => bases.some((base) => /Config$/.test(base.kind === "Name" ? base.id : attributeOf(base))));
}

function configuredApp(context: Context, config: ClassDef): WorkspaceApp | undefined {
  const name = textOf(config, "name");
  if (name === undefined) return undefined;
  const found = context.snapshot.host(context.project.importRoots).resolveModule(name, context.module.file);
  if (found.kind !== "file" || !found.isPackage) return undefined;
  const written = valueOf(config, "label");
  // A configuration class of the project's own above this one may have a label, too.
  const isPlain = config.bases.every((base) => (base.kind === "Name" ? base.id : attributeOf(base)) === "AppConfig");
  const label = written !== undefined ? textOf(config, "label") : isPlain ? lastPart(name) : undefined;
  return label === undefined ? undefined : { name, label, folder: parentPath(found.path) };
}

function isDefault(config: ClassDef): boolean {
  const value = valueOf(config, "default");
  return value?.kind === "Constant" && value.value === true;
}

function valueOf(config: ClassDef, name: string): Expr | undefined {
  for (const statement of config.body) {
    const targets =
      statement.kind === "Assign" ? statement.targets : statement.kind === "AnnAssign" ? [statement.target] : [];
    const isIt = targets.some((target) => target.kind === "Name" && target.id === name);
    if (isIt && (statement.kind === "Assign" || statement.kind === "AnnAssign")) return statement.value;
  }
  return undefined;
}

function textOf(config: ClassDef, name: string): string | undefined {
  const value = valueOf(config, name);
  return value?.kind === "Str" ? value.value : undefined;
}

function attributeOf(base: Expr): string {
  return base.kind === "Attribute" ? base.attr : "";
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}
