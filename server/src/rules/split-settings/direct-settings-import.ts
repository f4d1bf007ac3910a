import { baseName, parentPath, relativePath, type FilePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { collectInCode } from "../../project/codeIndex";
import type { Site } from "../../python/values/value";
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
      "{imported} is imported directly{elsewhere}: whatever DJANGO_SETTINGS_MODULE selects, this code gets the values of that module, and tests cannot override them. Use django.conf.settings.",
  },
  doc,

  check(context) {
    // Who does it once does it everywhere: one finding says so.
    const places = new Map<string, Site[]>();
    for (const [imported, site] of directImports(context)) {
      const known = places.get(imported);
      if (known === undefined) places.set(imported, [site]);
      else known.push(site);
    }
    const isAlone = context.entries.filter(({ module }) => module.role !== "test").length < 2;
    for (const [imported, [at, ...others]] of places)
      if (at !== undefined)
        context.report({
          message: "direct",
          values: {
            imported,
            elsewhere:
              others.length === 0 ? "" : `, and in ${others.length} more ${others.length === 1 ? "place" : "places"}`,
          },
          at,
          // A project with one module gets its values in any case.
          severity: isAlone ? "hint" : "info",
          chain: others.slice(0, MAX_SHOWN).map((site) => ({ site, text: `${imported} is imported here, too.` })),
        });
  },
});

/** More places than this are counted, not shown. */
const MAX_SHOWN = 10;

/** The imports of settings modules in the project's code, with the module of each. */
function directImports(context: Context): readonly (readonly [string, Site])[] {
  const { snapshot, project } = context;
  const modules = new Set(project.modules.map(({ name }) => name));
  const own = new Set([...settingsFiles(context), ...project.modules.map(({ file }) => file)]);
  const imports = collectInCode(snapshot, project.root, { id: "imports of settings", find: importsIn });
  return imports.flatMap(([file, found]) => {
    if (own.has(file) || isLeftOut(context, file)) return [];
    const imported = importedModule(context, file, found, modules);
    return imported === undefined ? [] : [[imported, siteOf(file, { start: found.start, end: found.end })] as const];
  });
}

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
