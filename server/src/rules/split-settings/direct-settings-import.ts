import { baseName, parentPath, relativePath, type FilePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { collectInCode } from "../../project/codeIndex";
import { settingsFiles } from "../questions/assignments/nameStatements";
import doc from "./direct-settings-import.md";

type Context = ContextOf<typeof directSettingsImport>;

export const directSettingsImport = defineRule({
  id: "direct-settings-import",
  category: "split-settings",
  severity: "info",
  audience: "project",
  messages: {
    direct:
      "{imported} is imported directly: whatever DJANGO_SETTINGS_MODULE selects, this code gets the values of that module, and tests cannot override them. Use django.conf.settings.",
  },
  doc,

  check(context) {
    const { snapshot, project } = context;
    const modules = new Set(project.modules.map(({ name }) => name));
    const own = new Set([...settingsFiles(context), ...project.modules.map(({ file }) => file)]);
    for (const [file, found] of collectInCode(snapshot, project.root, { id: "imports of settings", find: importsIn })) {
      if (own.has(file) || isLeftOut(context, file)) continue;
      const imported = importedModule(context, file, found, modules);
      if (imported !== undefined)
        context.report({
          message: "direct",
          values: { imported },
          at: siteOf(file, { start: found.start, end: found.end }),
        });
    }
  },
});

/** An import statement as it is written in one line, or up to the parenthesis that goes on. */
interface WrittenImport {
  readonly module: string;
  /** What is imported from it; empty for `import module`. */
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
}

const IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]{0,400}\)|[^#\n]+)|import[ \t]+([.\w]+))/gm;

function importsIn(text: string): readonly WrittenImport[] {
  if (!text.includes("settings")) return [];
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const [all, from, list, module] = match;
    if (!/settings/.test(all)) return [];
    const start = match.index + all.length - all.trimStart().length;
    const names = (list ?? "")
      .replace(/[()]/g, "")
      .split(",")
      .map((one) => one.trim().split(/\s/)[0] ?? "");
    return [
      {
        module: from ?? module ?? "",
        names: from === undefined ? [] : names.filter((one) => one !== ""),
        start,
        end: match.index + all.trimEnd().length,
      },
    ];
  });
}

/** What starts the project, and tools around it, may need a certain module. */
function isLeftOut({ project }: Context, file: FilePath): boolean {
  const relative = relativePath(project.root, file);
  const name = baseName(file);
  return (
    /(?:^|\/)(?:scripts?|bin|deploy\w*|docs?|tools?|fabfile|management\/commands)\//.test(relative) ||
    name.includes("settings") ||
    /^(?:manage|wsgi|asgi|celery|celery_\w+|conftest|fabfile|setup|tasks|gunicorn|passenger_wsgi|run\w*)(?:\.conf)?\.py$/.test(
      name,
    )
  );
}

/** The settings module that an import takes upper-case names from, or is of; `undefined` for others and for helpers. */
function importedModule(
  { snapshot, project }: Context,
  file: FilePath,
  { module, names }: WrittenImport,
  modules: ReadonlySet<string>,
): string | undefined {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  let folder = file;
  for (let level = 0; level < dots; level++) folder = parentPath(folder);
  const home = dots === 0 ? "" : snapshot.host(project.importRoots).moduleName(`${folder}/__init__.py`);
  const dotted = [home, module.slice(dots)].filter((part) => part !== "").join(".");
  if (modules.has(dotted))
    return names.length === 0 || names.some((name) => /^(?:[A-Z][A-Z0-9_]*|\*)$/.test(name)) ? dotted : undefined;
  return names.map((name) => `${dotted}.${name}`).find((name) => modules.has(name));
}
