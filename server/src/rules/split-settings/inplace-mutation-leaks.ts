import { settingNames } from "../../project/djangoNames";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Mutation } from "../../python/program/evaluation";
import type { Outcome } from "../../python/values/value";
import { allStatements } from "../../syntax/statements";
import { mutationsOf } from "../questions/assignments/bindings";
import { certainlyImported } from "../questions/splits/certainImports";
import { rebuiltStatement } from "../questions/splits/rebuilding";
import doc from "./inplace-mutation-leaks.md";

type Context = ContextOf<typeof inplaceMutationLeaks>;

/** A module's final value shows an in-place change by a module that the value did not come through. */
export const inplaceMutationLeaks = defineRule({
  id: "inplace-mutation-leaks",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    leaks:
      "{setting} of {module} is changed here, too: this is the very object that {owner} made, and both are loaded in the same process. Build a new value instead.",
  },
  fixes: { rebuild: { safety: "unsafe", title: "Build a new {setting} instead of changing the imported one" } },
  doc,

  check(context) {
    if (context.evaluation.mutations.length === 0) return;
    const imported = certainlyImported(context);
    for (const setting of settingNames(context.evaluation.names)) {
      const leaks = context
        .setting(setting)
        .outcomes.flatMap((outcome) => leaksInto(context, outcome))
        .filter((mutation) => imported.has(mutation.step.site.file) && !isSetAgain(context, mutation));
      for (const mutation of new Set(leaks)) reportLeak(context, setting, mutation);
    }
  },
});

/** Mutations made in modules that are neither where the value was assigned nor on its way of imports. */
function leaksInto(context: Context, outcome: Outcome): readonly Mutation[] {
  const way = new Set(outcome.steps.filter((step) => step.kind !== "mutation").map((step) => step.module));
  if (way.size === 0) return [];
  return mutationsOf(context.evaluation, outcome).filter(
    (mutation) =>
      mutation.atModuleLevel &&
      !way.has(mutation.step.module) &&
      mutation.step.site.file !== context.evaluation.file &&
      // Whoever made the object may finish it.
      mutation.step.site.file !== mutation.createdIn,
  );
}

/** Whether the same key gets another value later: then the loaded module does not show what was set here. */
function isSetAgain(context: Context, mutation: Mutation): boolean {
  const target = assignedTarget(context, mutation);
  const { mutations } = context.evaluation;
  const later = mutations.slice(mutations.indexOf(mutation) + 1);
  return target !== undefined && later.some((one) => assignedTarget(context, one) === target);
}

/** What a change assigns to, as it is written: `CACHES["default"]`. */
function assignedTarget(context: Context, { step }: Mutation): string | undefined {
  const source = context.source(step.site.file);
  const statement = [...allStatements(source?.ast.body ?? [], "branches")].find(
    (one) => one.start === step.site.range.start,
  );
  const target = statement?.kind === "Assign" ? statement.targets[0] : undefined;
  return target === undefined ? undefined : source?.text.slice(target.start, target.end).replaceAll("'", '"');
}

function reportLeak(context: Context, setting: string, mutation: Mutation): void {
  const { step } = mutation;
  context.report({
    message: "leaks",
    values: { owner: context.snapshot.host(context.project.importRoots).moduleName(mutation.createdIn) },
    at: siteOf(step.site.file, step.site.range),
    setting,
    fixes: [rebuiltStatement(context, "rebuild", step)],
  });
}
