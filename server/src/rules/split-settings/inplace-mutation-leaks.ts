import { defineRule, siteOf, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { Mutation } from "../../python/program/evaluation";
import type { Outcome } from "../../python/values/value";
import type { Expr, Stmt } from "../../syntax/ast";
import { allStatements } from "../../syntax/statements";
import { isSettingName, mutationsOf } from "../questions/assignments/bindings";
import { replaceFix } from "../questions/fixes/settingFixes";
import { certainlyImported } from "../questions/splits/certainImports";
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
      "This changes the very object that {owner} made, and {module} is loaded in the same process: its {setting} is changed too. Build a new value instead.",
  },
  fixes: { rebuild: { safety: "safe", title: "Build a new {setting} instead of changing the imported one" } },
  doc,

  check(context) {
    if (context.evaluation.mutations.length === 0) return;
    const imported = certainlyImported(context);
    for (const setting of context.evaluation.names.filter(isSettingName)) {
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
    fixes: [rebuild(context, mutation)],
  });
}

function rebuild(context: Context, { step }: Mutation): ReportedFix<"rebuild"> | undefined {
  const source = context.source(step.site.file);
  const statement = [...allStatements(source?.ast.body ?? [], "branches")].find(
    (one) => one.start === step.site.range.start,
  );
  if (source === undefined || statement === undefined) return undefined;
  const rebuilt = rebuiltText(statement, (part) => source.text.slice(part.start, part.end));
  return rebuilt === undefined ? undefined : replaceFix("rebuild", siteOf(step.site.file, statement), rebuilt);
}

/** `X += [a]`, `X.append(a)`, `X["k"] = v` as an assignment of a new object; `undefined` for other forms. */
function rebuiltText(statement: Stmt, text: (part: Expr) => string): string | undefined {
  if (statement.kind === "AugAssign" && statement.target.kind === "Name" && statement.op === "+") {
    const { id } = statement.target;
    const added =
      statement.value.kind === "List" ? statement.value.elts.map(text).join(", ") : `*${text(statement.value)}`;
    return `${id} = [*${id}, ${added}]`;
  }
  if (statement.kind === "Assign" && statement.targets.length === 1) {
    const [target] = statement.targets;
    if (target?.kind !== "Subscript" || target.value.kind !== "Name" || target.slice.kind !== "Str") return undefined;
    return `${target.value.id} = {**${target.value.id}, ${text(target.slice)}: ${text(statement.value)}}`;
  }
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return undefined;
  const { func, args } = statement.value;
  const [argument] = args;
  if (func.kind !== "Attribute" || func.attr !== "append" || func.value.kind !== "Name" || argument === undefined)
    return undefined;
  return `${func.value.id} = [*${func.value.id}, ${text(argument)}]`;
}
