import { baseName } from "../../base/path";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { ImportEvent } from "../../python/program/evaluation";
import { isIgnoredModule } from "../questions/dottedPaths/lookup";
import doc from "./settings-import-fails.md";

type Context = ContextOf<typeof settingsImportFails>;

/** Modules that a machine or a build adds. */
const ADDED =
  /(?:^|[._])(?:local|locals|private|secret|secrets|keys|credentials|version|generated|build|override|overrides)(?:_\w+)?(?:[._]|$)/i;

export const settingsImportFails = defineRule({
  id: "settings-import-fails",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    raises:
      "{exception}: {module} certainly raises it here when it is imported, so no command of Django's runs with it.",
  },
  doc,

  check(context) {
    const { failure } = context.evaluation;
    if (failure === undefined || failure.exception === "SyntaxError" || mayBeElsewhere(context)) return;
    context.report({ message: "raises", values: { exception: failure.exception }, at: failure.site });
  },
});

/** Whether what is imported there may exist on other machines. */
function mayBeElsewhere(context: Context): boolean {
  const { failure, imports } = context.evaluation;
  return imports.some(
    (event) =>
      event.site.file === failure?.site.file &&
      event.site.range.start <= failure.site.range.start &&
      failure.site.range.end <= event.site.range.end &&
      missingModules(event).some((dotted) => ADDED.test(dotted) || isIgnoredModule(context, dotted)),
  );
}

/** The modules that an import lacks: the one that it names, or those that it takes from a package (`from . import keys`). */
function missingModules({ dotted, result, file, statement }: ImportEvent): readonly string[] {
  if (result === "missing") return [dotted];
  if (file === undefined || baseName(file) !== "__init__.py") return [];
  if (statement.kind !== "ImportFrom" || statement.names === "*") return [];
  return statement.names.filter(({ name }) => name === name.toLowerCase()).map(({ name }) => `${dotted}.${name}`);
}
