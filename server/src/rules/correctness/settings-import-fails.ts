import { releaseText } from "../../django/facts";
import { removedImport, type RemovedImport } from "../../django/removedImports";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { FilePath } from "../../base/path";
import type { Alias, Import, ImportFrom } from "../../syntax/ast";
import { importFailure } from "../questions/modules/importFailures";
import { certainlyImported, plainImports } from "../questions/splits/certainImports";
import doc from "./settings-import-fails.md";

type Context = ContextOf<typeof settingsImportFails>;

export const settingsImportFails = defineRule({
  id: "settings-import-fails",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    raises:
      "{exception}: {module} certainly raises it here when it is imported, so no command of Django's runs with it.",
    removed:
      "{name} is not in Django since {release}: the import raises {exception}, so no command runs with {module}. {instead}",
  },
  fixes: { rename: { safety: "safe", title: "Import {renamed} instead" } },
  doc,

  check(context) {
    const found = importFailure(context);
    if (found?.kind === "other")
      context.report({ message: "raises", values: { exception: found.failure.exception }, at: found.failure.site });
    if (context.evaluation.failure !== undefined) return;
    for (const file of certainlyImported(context)) {
      const ast = context.source(file)?.ast;
      for (const statement of ast === undefined ? [] : plainImports(ast)) {
        const gone = removedNames(context, statement)[0];
        if (gone !== undefined) return reportRemoved(context, file, gone);
      }
    }
  },
});

interface Gone extends RemovedImport {
  readonly alias: Alias;
  readonly isModule: boolean;
  readonly dotted: string;
}

/** The names that an import outside of all conditions takes from Django, and that the project's release certainly lacks. */
function removedNames({ djangoAtLeast }: Context, statement: Import | ImportFrom): readonly Gone[] {
  if (statement.names === "*" || (statement.kind === "ImportFrom" && statement.level > 0)) return [];
  const module = statement.kind === "ImportFrom" ? statement.module : undefined;
  if (module !== undefined && !module.startsWith("django.")) return [];
  const imported = statement.names.map((alias) => {
    const path = module === undefined ? alias.name : `${module}.${alias.name}`;
    const dotted = [module, path].find((one) => one !== undefined && removedImport(one) !== undefined) ?? path;
    return { alias, dotted, isModule: module === undefined || dotted === module };
  });
  return imported.flatMap((one) => {
    const removed = removedImport(one.dotted);
    return removed !== undefined && djangoAtLeast(...removed.removed) === true ? [{ ...removed, ...one }] : [];
  });
}

function reportRemoved(context: Context, file: FilePath, gone: Gone): void {
  const { alias, dotted, isModule, removed, instead } = gone;
  context.report({
    message: "removed",
    values: {
      name: isModule ? dotted : alias.name,
      release: releaseText(removed),
      exception: isModule ? "ModuleNotFoundError" : "ImportError",
      instead: instead === undefined ? "Do without it." : `Use ${instead}.`,
    },
    at: siteOf(file, alias),
    fixes: [rename(file, gone)],
  });
}

/** The name that the rest of the file uses stays. */
function rename(file: FilePath, { alias, renamed }: Gone): FixOf<typeof settingsImportFails> | undefined {
  if (renamed === undefined) return undefined;
  const written = `${renamed} as ${alias.asname ?? alias.name}`;
  return { id: "rename", values: { renamed }, edit: (edit) => edit.replace(file, alias, written) };
}
