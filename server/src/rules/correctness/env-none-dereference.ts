import { defineRule, type RuleContext } from "../../lint/rule";
import { resolveTest } from "../../python/semantics/resolve";
import type { Guard } from "../../python/values/value";
import { expressionAt } from "../questions/dicts/dicts";
import { noneUse, type Written } from "../questions/environment/noneReads";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./env-none-dereference.md";

export const envNoneDereference = defineRule({
  id: "env-none-dereference",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    none: "Without {variable} this line raises {exception}: os.environ.get() returns None. Read it so that the exception names the variable: os.environ[...].",
    default: "Without {variable} this line raises {exception}: the default is a {type}. Write it as a text.",
  },
  fixes: { require: { safety: "safe", title: "Require {variable}" } },
  doc,

  check(context) {
    const reported = new Set<string>();
    for (const { exception, site, guard } of context.evaluation.failures) {
      // `*` stands for any exception of an operation that raises several.
      if (!/^(?:AttributeError|TypeError|\*)$/.test(exception) || !happensWithoutVariables(guard)) continue;
      const found = noneUse(site.file, expressionAt(context, site), (name) => assignedOnce(context, name));
      const provided = found === undefined ? "nowhere" : whereProvided(context, found.variable);
      if (found === undefined || provided === "here") continue;
      const { variable, gives, read } = found;
      const key = `${read.file} ${read.range.start}`;
      if (reported.has(key)) continue;
      reported.add(key);
      context.report({
        message: gives === "None" ? "none" : "default",
        values: { variable, type: gives, exception: found.exception },
        at: site,
        severity: isServed(context) && provided === "nowhere" ? "warning" : "info",
        fixes: [
          gives === "None"
            ? replaceFix("require", read, (edit, file) => edit.readEnvironment(file, variable, "str"))
            : undefined,
        ],
      });
    }
  },
});

/** What a name is assigned, where one assignment alone does it. */
function assignedOnce({ evaluation }: RuleContext, name: string): Written | undefined {
  const [binding, ...others] = evaluation.bindings.filter((one) => one.name === name);
  if (binding?.expression === undefined || others.length > 0) return undefined;
  return { file: binding.step.site.file, expression: binding.expression };
}

/** Whether the line is reached while no variable is set: what another variable brings may go together with this one. */
function happensWithoutVariables(guard: Guard): boolean {
  return guard.every(({ test, holds }) => resolveTest(test, () => ({ set: false })) === holds);
}

/** Whether some file that deploys or starts the project sets it; for production one that is not only for development or tests. */
function whereProvided({ project, module }: RuleContext, variable: string): "here" | "elsewhere" | "nowhere" {
  const setting = project.deployedVariables.filter(({ name }) => name === variable);
  const isProduction = module.role === "production" || module.role === "staging";
  const isOther = setting.every(({ purpose }) => purpose === "development" || purpose === "test");
  if (setting.length === 0) return "nowhere";
  return isProduction && isOther ? "elsewhere" : "here";
}

function isServed({ module }: RuleContext): boolean {
  return module.role !== "development" && module.role !== "test";
}
