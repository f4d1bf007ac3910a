import { joinPath, parentPath, type FilePath } from "../../base/path";
import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import { mostSimilar, suggestion } from "../../lint/similar";
import type { ImportEvent } from "../../python/program/evaluation";
import type { ImportFrom } from "../../syntax/ast";
import { importFailure, isAddedElsewhere } from "../questions/modules/importFailures";
import doc from "./star-import-unresolved.md";

type Context = ContextOf<typeof starImportUnresolved>;

export const starImportUnresolved = defineRule({
  id: "star-import-unresolved",
  category: "split-settings",
  severity: "error",
  audience: "entry",
  messages: {
    missing:
      "{written} does not exist: importing {module} raises {exception}, so that Django does not start.{instead} Import the module that is there.",
    implicit:
      "{written} is imported without its leading dot: Python 3 does not look beside this file, and importing {module} raises ModuleNotFoundError. Write .{written}.",
  },
  fixes: {
    rename: { safety: "unsafe", title: "Import {near}" },
    dot: { safety: "unsafe", title: "Import .{written}" },
  },
  doc,

  check(context) {
    const found = importFailure(context);
    if (found?.kind === "star-import") reportMissing(context, found.star, found.failure.exception, found.event);
    else if (found === undefined) for (const event of context.evaluation.imports) checkImplicit(context, event);
  },
});

function reportMissing(context: Context, star: ImportFrom, exception: string, { site }: ImportEvent): void {
  const written = ".".repeat(star.level) + star.module;
  const last = star.module.slice(star.module.lastIndexOf(".") + 1);
  const near = mostSimilar(last, modulesBeside(context, star, site.file));
  const renamed = near === undefined ? undefined : written.slice(0, written.length - last.length) + near;
  context.report({
    message: "missing",
    values: { written, exception, instead: suggestion(renamed) },
    at: site,
    fixes: [renamed === undefined ? undefined : importInstead("rename", star, site.file, renamed)],
  });
}

/** The modules of the folder in which a relative import, or one of the project's own packages, looks. */
function modulesBeside(
  { snapshot, project }: Context,
  { level, module }: ImportFrom,
  file: FilePath,
): readonly string[] {
  const parents = module.split(".").slice(0, -1).join("/");
  let start = parentPath(file);
  for (let up = 1; up < level; up++) start = parentPath(start);
  const folders = (level > 0 ? [start] : project.importRoots).map((root) => joinPath(root, parents));
  return [...snapshot.listing.files].flatMap((path) => {
    const name = /\/([A-Za-z_]\w*)\.py$/.exec(path)?.[1];
    const isBeside = path !== file && name !== undefined && name !== "__init__" && folders.includes(parentPath(path));
    return isBeside ? [name] : [];
  });
}

/** `from base import *` in a package, as Python 2 understood it. What puts the folder on the path itself is left alone. */
function checkImplicit(context: Context, event: ImportEvent): void {
  const { star, site, guarded, file, dotted } = event;
  if (star === undefined || guarded || file !== undefined || star.level > 0 || star.module.includes(".")) return;
  if (context.djangoAtLeast(2, 0) !== true || context.hasPackage(star.module)) return;
  const { snapshot, project } = context;
  const folder = parentPath(site.file);
  const isInPackage = snapshot.host(project.importRoots).moduleName(site.file).includes(".");
  const isBeside = snapshot.isFile(joinPath(folder, `${star.module}.py`)) && !project.importRoots.includes(folder);
  if (!isInPackage || !isBeside || isAddedElsewhere(context, dotted) || isPathChanged(context)) return;
  context.report({
    message: "implicit",
    values: { written: star.module },
    at: site,
    fixes: [importInstead("dot", star, site.file, `.${star.module}`)],
  });
}

/** Whether a settings file, or what starts the project, says where Python looks for modules. */
function isPathChanged({ evaluation, project, snapshot }: Context): boolean {
  const files = [...evaluation.files, ...project.entryPoints.map(({ file }) => file)];
  return files.some((file) => /\bsys\.path\b|PYTHONPATH|pythonpath/.test(snapshot.text(file) ?? ""));
}

function importInstead(
  id: "rename" | "dot",
  star: ImportFrom,
  file: FilePath,
  near: string,
): FixOf<typeof starImportUnresolved> {
  return { id, values: { near }, edit: (edit) => edit.replace(file, star, `from ${near} import *`) };
}
