import { defineRule, type ContextOf } from "../../lint/rule";
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
    ({ site, dotted, result }) =>
      result === "missing" &&
      site.file === failure?.site.file &&
      site.range.start <= failure.site.range.start &&
      failure.site.range.end <= site.range.end &&
      (ADDED.test(dotted) || isIgnoredModule(context, dotted)),
  );
}
