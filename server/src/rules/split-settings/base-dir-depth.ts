import { isInside, parentPath, relativePath, type FilePath } from "../../base/path";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, targetOf, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { Binding } from "../../python/program/evaluation";
import type { Value } from "../../python/values/value";
import type { Expr } from "../../syntax/ast";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./base-dir-depth.md";

type Context = ContextOf<typeof baseDirDepth>;

const ROOT_NAMES = ["BASE_DIR", "PROJECT_ROOT", "ROOT_DIR", "BASE_PATH"];
/** Settings whose paths are meant to exist in the project. */
const PATH_SETTINGS = ["TEMPLATES", "STATICFILES_DIRS", "LOCALE_PATHS", "FIXTURE_DIRS", "DATABASES"];

/** A base folder that is some levels off the directory containing manage.py, shown by a path that exists only there. */
export const baseDirDepth = defineRule({
  id: "base-dir-depth",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    witnessed:
      "{name} is not the directory containing manage.py: it is {folder}, {levels} {direction} that, and {witness} exists only there. After a move of the settings file the number of parents has to change too.",
    suspected:
      "{name} is not the directory containing manage.py: it is {folder}, the package around the settings. If paths are meant from there, it needs one parent more.",
  },
  fixes: { adjust: { safety: "unsafe", title: "Let {name} be the directory containing manage.py" } },
  doc,

  check(context) {
    for (const binding of ROOT_NAMES.flatMap((name) => context.evaluation.bindingsNamed(name))) {
      const folder = binding.atModuleLevel ? folderOf(binding.value) : undefined;
      if (folder !== undefined && isFromFile(context, binding)) checkFolder(context, binding, folder);
    }
  },
});

function folderOf(value: Value): FilePath | undefined {
  return (value.kind === "path" || value.kind === "str") && value.value.startsWith("/") ? value.value : undefined;
}

/** `Path(__file__).parent`, or `os.path.dirname(BASE_DIR)` of another one of these names; a folder in that one is meant so. */
function isFromFile({ evaluation }: Context, { name, expression, value }: Binding): boolean {
  const used = namesIn(expression);
  if (used.has("__file__")) return true;
  const own = folderOf(value) ?? "";
  const sources = ROOT_NAMES.filter((one) => one !== name && used.has(one)).flatMap((one) =>
    evaluation.bindingsNamed(one).filter((binding) => isInside(own, folderOf(binding.value) ?? "")),
  );
  return sources.some((binding) => namesIn(binding.expression).has("__file__"));
}

function namesIn(expression: Expr | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expression === undefined ? [] : [expression], (node) => {
    if (node.kind === "Name") names.add(node.id);
  });
  return names;
}

function checkFolder(context: Context, binding: Binding, folder: FilePath): void {
  const root = projectFolder(context, binding.step.site.file);
  if (root === undefined || root === folder || !(isInside(root, folder) || isInside(folder, root))) return;
  // What lies in the project although the folder is above it is built from another name.
  const paths = PATH_SETTINGS.flatMap((name) =>
    context.setting(name).outcomes.flatMap((outcome) => pathsIn(outcome.value, folder)),
  ).filter((path) => isInside(root, folder) || !isInside(root, path));
  const exists = (path: FilePath): boolean => context.snapshot.isFile(path) || context.snapshot.isFolder(path);
  if (paths.some((path) => path !== folder && exists(path))) return;
  const witness = paths.find((path) => path !== folder && exists(moved(path, folder, root)));
  if (witness === undefined && !isSettingsPackage(binding, folder)) return;
  const isBelow = isInside(root, folder);
  const levels = depth(isBelow ? relativePath(root, folder) : relativePath(folder, root));
  context.report({
    message: witness === undefined ? "suspected" : "witnessed",
    values: {
      name: binding.name,
      folder: isBelow ? relativePath(context.project.root, folder) : (folder.split("/").at(-1) ?? folder),
      levels: levels === 1 ? "one level" : `${levels} levels`,
      direction: isBelow ? "below" : "above",
      witness: witness === undefined ? "" : relativePath(root, moved(witness, folder, root)),
    },
    at: targetOf(binding.step),
    setting: binding.name,
    severity: witness === undefined ? "hint" : "warning",
    fixes: [adjustment(binding, isBelow ? levels : -levels)],
  });
}

/** The nearest folder above a settings file that has manage.py. */
function projectFolder(context: Context, file: FilePath): FilePath | undefined {
  for (let folder = parentPath(file); ; folder = parentPath(folder)) {
    if (context.snapshot.isFile(`${folder}/manage.py`)) return folder;
    if (folder === parentPath(folder)) return undefined;
  }
}

/** The same path from another folder. */
function moved(path: FilePath, from: FilePath, to: FilePath): FilePath {
  return `${to}/${relativePath(from, path)}`;
}

function depth(path: string): number {
  return path.split("/").length;
}

/** All texts and paths below a folder that a value holds. */
function pathsIn(value: Value, folder: FilePath): readonly FilePath[] {
  if (value.kind === "path" || value.kind === "str") return isInside(folder, value.value) ? [value.value] : [];
  if (value.kind === "dict") return value.entries.flatMap((entry) => pathsIn(entry.value, folder));
  return "items" in value ? value.items.flatMap((item) => pathsIn(item.value, folder)) : [];
}

function isSettingsPackage({ name, step }: Binding, folder: FilePath): boolean {
  const home = parentPath(step.site.file);
  return name === "BASE_DIR" && home.endsWith("/settings") && parentPath(home) === folder;
}

/** One `.parent` or `dirname` more or less, or another index of `parents`; `levels` is negative for less. */
function adjustment({ step, expression }: Binding, levels: number): ReportedFix<"adjust"> | undefined {
  const { file } = step.site;
  if (expression?.kind === "Attribute" && expression.attr === "parent") {
    if (levels > 0)
      return { id: "adjust", edit: (edit) => edit.insert(file, expression.end, ".parent".repeat(levels)) };
    const cut = parentChain(expression, -levels);
    return cut && replaceFix("adjust", siteOf(file, { start: cut.end, end: expression.end }), "");
  }
  if (expression?.kind === "Subscript" && expression.slice.kind === "Int") {
    const index = Number(expression.slice.value) + levels;
    return index < 0 ? undefined : replaceFix("adjust", siteOf(file, expression.slice), String(index));
  }
  return dirnameAdjustment(file, expression, levels);
}

/** What is left of `x.parent.parent` without its last `count` parents. */
function parentChain(expression: Expr, count: number): Expr | undefined {
  let current = expression;
  for (let i = 0; i < count; i++) {
    if (current.kind !== "Attribute" || current.attr !== "parent") return undefined;
    current = current.value;
  }
  return current;
}

/** `os.path.dirname(...)` around the old expression. */
function dirnameAdjustment(
  file: FilePath,
  expression: Expr | undefined,
  levels: number,
): ReportedFix<"adjust"> | undefined {
  const isDirname =
    expression?.kind === "Call" && expression.func.kind === "Attribute" && expression.func.attr === "dirname";
  if (!isDirname || levels < 0) return undefined;
  return {
    id: "adjust",
    edit: (edit) => {
      edit.insert(file, expression.start, "os.path.dirname(".repeat(levels));
      edit.insert(file, expression.end, ")".repeat(levels));
    },
  };
}
