import { walk } from "../../lint/edit/walk";
import { isForProduction } from "../../lint/production";
import { defineRule, siteOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import { truthOf } from "../../python/semantics/operators";
import type { Site, Value } from "../../python/values/value";
import type { Expr, Stmt } from "../../syntax/ast";
import { armsOf } from "../questions/dicts/dicts";
import doc from "./async-unsafe-allowed.md";

const VARIABLE = "DJANGO_ALLOW_ASYNC_UNSAFE";

export const asyncUnsafeAllowed = defineRule({
  id: "async-unsafe-allowed",
  category: "security",
  severity: "error",
  audience: "production",
  django: { since: [3, 0] },
  djangoChecks: ["async.E001"],
  messages: {
    settings:
      "{module}, which runs in {environment}, sets DJANGO_ALLOW_ASYNC_UNSAFE: Django no longer stops code that uses the database from an event loop, where requests can share a connection and get each other's data. Remove it, and call such code with sync_to_async.",
    deployment:
      "This sets DJANGO_ALLOW_ASYNC_UNSAFE for {module}, which runs in {environment}: Django no longer stops code that uses the database from an event loop, where requests can share a connection and get each other's data. Remove it, and call such code with sync_to_async.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove DJANGO_ALLOW_ASYNC_UNSAFE" } },
  doc,

  check(context) {
    const deployed = context.project.deployedVariables.find(
      (one) => one.name === VARIABLE && isForProduction(one) && one.value !== "" && one.value !== undefined,
    );
    if (deployed !== undefined) context.report({ message: "deployment", at: siteOf(deployed.file, deployed.range) });
    const written = armsOf(context.evaluation.exported(VARIABLE)).every(isSet) ? writtenIn(context) : undefined;
    if (written === undefined) return;
    const { file, statement, isAlone } = written;
    const remove: ReportedFix<"remove"> = { id: "remove", edit: (edit) => edit.deleteStatement(file, statement) };
    context.report({ message: "settings", at: written.site, fixes: [isAlone ? remove : undefined] });
  },
});

/** Whether a variable has a text that is not empty: one that the settings give it, at least where it has none yet. */
function isSet(value: Value): boolean {
  const given = value.kind === "environment" ? value.fallback : value;
  return given?.kind === "str" && truthOf(given) === true;
}

interface Written {
  readonly file: string;
  readonly statement: Stmt;
  readonly site: Site;
  /** The statement does nothing else. */
  readonly isAlone: boolean;
}

/** The last statement of the settings that names the variable to set it. */
function writtenIn(context: RuleContext): Written | undefined {
  for (const file of context.evaluation.files.toReversed()) {
    const body = context.source(file)?.ast.body ?? [];
    let found: Written | undefined;
    walk(body, (node) => {
      if (node.kind === "Assign") {
        const target = node.targets.find((one) => one.kind === "Subscript" && isName(one.slice));
        if (target !== undefined)
          found = { file, statement: node, site: siteOf(file, target), isAlone: node.targets.length === 1 };
      }
      if (node.kind !== "Expr" || node.value.kind !== "Call" || node.value.func.kind !== "Attribute") return;
      const { func, args } = node.value;
      if (func.attr === "setdefault" && args[0] !== undefined && isName(args[0]))
        found = { file, statement: node, site: siteOf(file, node), isAlone: true };
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function isName(expression: Expr): boolean {
  return expression.kind === "Str" && expression.value === VARIABLE;
}
