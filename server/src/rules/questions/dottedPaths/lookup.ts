import { isInside, joinPath, parentPath, relativePath, type FilePath } from "../../../base/path";
import { findView } from "../../../django/dottedPaths";
import type { RuleContext } from "../../../lint/rule";
import { nearest, suggestion } from "../../../lint/similar";
import type { DottedPath } from "./places";

/** What is missing behind a dotted path whose first package is in the workspace. */
export interface Missing {
  readonly what: "module" | "name";
  /** The longest part that there is: the module that lacks the name, or the package that lacks the module. */
  readonly owner: string;
  /** What was probably meant, as a whole path. */
  readonly meant: string | undefined;
}

/** A slip has few letters, and leaves most of a short word. */
function mostEdits(candidate: string): number {
  return Math.min(3, candidate.length / 2);
}

/** The parts of a message about something missing: who lacks it, what it is called, and what was probably meant. */
export function describeMissing({ text }: DottedPath, { what, owner, meant }: Missing) {
  const rest = text.slice(owner.length + 1);
  const part = what === "module" ? (rest.split(".")[0] ?? "") : rest;
  return { owner, part, hint: suggestion(meant), meant: meant ?? "" };
}

/**
 * What is certainly not there of a dotted path; `undefined` where everything is, where it cannot be told, and for paths
 * outside of the workspace. A module that git ignores may be on other machines: nothing is said of it.
 */
export function missingPart(context: RuleContext, { text, target }: DottedPath): Missing | undefined {
  const at = text.lastIndexOf(".");
  const found = resolve(context, text);
  if (found === "file" || (found === "namespace" && target !== "attribute")) return undefined;
  // A configuration class is spelt like a class; else an app is a package.
  const isModule = target === "module" || (target === "app" && !/\.[A-Z]\w*$/.test(text));
  if (isModule || at < 0) return found === "missing" ? missingModule(context, text, "") : undefined;
  const [module, name] = [text.slice(0, at), text.slice(at + 1)];
  switch (resolve(context, module)) {
    case "missing":
      return missingModule(context, module, `.${name}`);
    case "file":
      return missingName(context, text, module, name);
    default:
      return undefined;
  }
}

function hostOf({ snapshot, project }: RuleContext) {
  return snapshot.host(project.importRoots);
}

function resolve(context: RuleContext, dotted: string): "file" | "namespace" | "missing" | "external" | "ignored" {
  const { kind } = hostOf(context).resolveModule(dotted, context.module.file);
  return kind === "missing" && isIgnoredModule(context, dotted) ? "ignored" : kind;
}

/** Whether git ignores what a dotted name may be on another machine, or a package above it. */
export function isIgnoredModule({ snapshot, project }: RuleContext, dotted: string): boolean {
  const parts = dotted.split(".");
  return parts.some((_, index) => {
    const path = parts.slice(0, index + 1).join("/");
    return project.importRoots.some(
      (root) =>
        snapshot.isIgnored(joinPath(root, `${path}.py`)) || snapshot.isIgnored(joinPath(root, path, "__init__.py")),
    );
  });
}

/**
 * What a path in one of the project's own modules was probably meant as: its first package is in no folder of the workspace and in
 * no requirement, as after a project has been renamed, and the package around the settings has a module of that name.
 */
export function renamedPath(context: RuleContext, { text, target }: DottedPath): string | undefined {
  const module = target === "module" ? text : text.slice(0, text.lastIndexOf("."));
  const rest = text.slice(module.length);
  const parts = module.split(".");
  const [top = ""] = parts;
  const { project } = context;
  if (project.packages.size === 0 || context.hasPackage(top) || resolve(context, module) !== "external")
    return undefined;
  const around = context.module.name.split(".").slice(0, -1);
  for (let length = around.length; length > 0; length--) {
    const meant = [...around.slice(0, length), parts.at(-1) ?? ""].join(".");
    if (resolve(context, meant) === "file") return meant + rest;
  }
  return undefined;
}

/**
 * What was meant by an app that is in no folder of the workspace and in no requirement, where a package of the project is called the
 * same but for underscores and capital letters (`dash_board` beside `dashboard`).
 */
export function respelledPath(context: RuleContext, { text }: DottedPath): string | undefined {
  const [top = "", ...rest] = text.split(".");
  const { project, snapshot } = context;
  if (context.hasPackage(top) || resolve(context, top) !== "external" || isIgnoredModule(context, top))
    return undefined;
  const wanted = bareName(top);
  const isNear = (file: FilePath, root: FilePath): boolean => {
    const [folder = "", module = ""] = relativePath(root, file).split("/");
    return isInside(root, file) && /^(?:apps|models|__init__)\.py$/.test(module) && bareName(folder) === wanted;
  };
  for (const root of project.importRoots)
    for (const file of snapshot.listing.files)
      if (isNear(file, root)) return [relativePath(root, file).split("/")[0], ...rest].join(".");
  return undefined;
}

function bareName(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

function missingName(context: RuleContext, text: string, module: string, name: string): Missing | undefined {
  const host = hostOf(context);
  if (findView(host, context.module.file, text).kind !== "absent") return undefined;
  const file = host.resolveModule(module, context.module.file);
  const parsed = file.kind === "file" ? host.parse(file.path) : undefined;
  const names = parsed?.ok === true ? parsed.module.body.flatMap((one) => ("name" in one ? [one.name] : [])) : [];
  const near = nearest(name, names, mostEdits);
  return { what: "name", owner: module, meant: near === undefined ? undefined : `${module}.${near}` };
}

function missingModule(context: RuleContext, module: string, rest: string): Missing | undefined {
  const parts = module.split(".");
  let known = parts.length - 1;
  while (known > 0 && resolve(context, parts.slice(0, known).join(".")) === "missing") known--;
  const owner = parts.slice(0, known).join(".");
  const wanted = parts[known] ?? "";
  // `tests` is two letters from `tasks`, and never meant.
  const candidates = modulesBelow(context, owner).filter((name) => !/^tests?$/.test(name));
  const near = nearest(wanted, candidates, mostEdits);
  const whole = near === undefined ? undefined : [owner, near, ...parts.slice(known + 1)].join(".");
  const isThere = whole !== undefined && ["file", "namespace"].includes(resolve(context, whole));
  return { what: "module", owner, meant: isThere ? whole + rest : undefined };
}

/** The modules and packages directly in a package. */
function modulesBelow(context: RuleContext, owner: string): readonly string[] {
  const found = hostOf(context).resolveModule(owner, context.module.file);
  if (found.kind !== "file" && found.kind !== "namespace") return [];
  const folder: FilePath = found.kind === "file" ? parentPath(found.path) : found.path;
  const names = new Set<string>();
  for (const file of context.snapshot.listing.files) {
    if (!isInside(folder, file) || !file.endsWith(".py")) continue;
    const [first = ""] = relativePath(folder, file).split("/");
    names.add(first.replace(/\.py$/, ""));
  }
  return [...names];
}
