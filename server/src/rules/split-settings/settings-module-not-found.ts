import { baseName, parentPath, relativePath } from "../../base/path";
import { defineRule, type RuleContext } from "../../lint/rule";
import { suggestion } from "../../lint/similar";
import { isExamplePath } from "../../project/exampleFiles";
import type { EntryPoint } from "../../project/model";
import { deploymentFiles } from "../../project/deploymentFiles";
import { setsImportPath } from "../questions/dottedPaths/nobodys";
import { betterModule, fileLabel, pointSite, selectInstead } from "../questions/splits/entryPoints";
import doc from "./settings-module-not-found.md";

export const settingsModuleNotFound = defineRule({
  id: "settings-module-not-found",
  category: "split-settings",
  severity: "error",
  audience: "project",
  messages: {
    missing:
      'There is no settings module "{value}" in this project: what {file} starts ends with ModuleNotFoundError.{instead}',
  },
  fixes: { select: { safety: "unsafe", title: "Select {module}" } },
  doc,

  check(context) {
    // Where a deployment file says what to import from, such a module may be there.
    if (setsImportPath(context)) return;
    for (const point of context.project.entryPoints) {
      const isAbsent = point.resolution === "missing" || isNobodys(context, point);
      if (!isAbsent || point.value === undefined || isMadeElsewhere(context, point.value)) continue;
      const module = betterModule(context, point);
      context.report({
        message: "missing",
        values: {
          value: point.value,
          file: fileLabel(context, point),
          instead: suggestion(module?.name),
        },
        at: pointSite(point),
        severity: isOnlyATool(point) || point.resolution !== "missing" ? "warning" : "error",
        fixes: [selectInstead(point, module, "select")],
      });
    }
  },
});

/** What starts the project itself, and is written for its own settings. */
const OWN_FILES: ReadonlySet<EntryPoint["kind"]> = new Set<EntryPoint["kind"]>(["manage.py", "wsgi", "asgi", "celery"]);

/** The top-level name is that of no folder of the workspace and of no dependency, as after the project has been renamed. */
function isNobodys(context: RuleContext, { kind, value, resolution, file }: EntryPoint): boolean {
  if (resolution !== "external" || value === undefined || !OWN_FILES.has(kind)) return false;
  const [top = "", ...rest] = value.split(".");
  const isWritten = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(value) && rest.length > 0;
  // A project without dependencies of its own may be installed beside anything, unless another of its files selects what it has.
  const isKnown = context.project.packages.size > 0 || context.project.entryPoints.some(isOwn);
  return (
    isWritten &&
    isKnown &&
    !context.hasPackage(top) &&
    !isExamplePath(relativePath(context.snapshot.listing.root, file), context.snapshot.listing)
  );
}

function isOwn({ kind, resolution }: EntryPoint): boolean {
  return OWN_FILES.has(kind) && resolution === "file";
}

/** Editors and type checkers do their other work without the module. */
function isOnlyATool({ kind }: EntryPoint): boolean {
  return kind === "editor" || kind === "mypy";
}

/**
 * Whether the module may come into being elsewhere: an example to copy lies where it should be, or a Dockerfile, compose
 * file or script names its path, as one does that copies or mounts it. Errs towards yes.
 */
function isMadeElsewhere(context: RuleContext, value: string): boolean {
  const parts = value.split(".");
  const last = parts.at(-1) ?? "";
  const path = `${parts.slice(-2).join("/")}.py`;
  const hasExample = [...context.snapshot.listing.files].some((file) => {
    const name = baseName(file);
    const isSibling = parts.length < 2 || baseName(parentPath(file)) === parts.at(-2);
    return name.startsWith(last) && name !== `${last}.py` && isSibling && isExamplePath(name);
  });
  return hasExample || deploymentFiles(context.snapshot).some(({ text }) => text.includes(path));
}
