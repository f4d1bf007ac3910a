import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Site, Value } from "../../python/values/value";
import { allStatements } from "../../syntax/statements";
import { dottedName } from "../../syntax/dottedName";
import { contains } from "../../base/text";
import { armsOf, valueAt } from "../questions/dicts/dicts";
import doc from "./database-url-default-missing.md";

export const databaseUrlDefaultMissing = defineRule({
  id: "database-url-default-missing",
  category: "split-settings",
  severity: "info",
  audience: "production",
  messages: {
    replaced:
      'DATABASES["default"] may be empty in {module}: without {variables}, the empty dict replaces the database that is configured above, and every query fails. Give the call a default, or update() the database above.',
  },
  doc,

  check(context) {
    const setting = context.setting("DATABASES");
    const proof = setting.whenMissing((value) => isEmptyDefault(value) && isOnlyThere(value));
    const at = proof && lastCall(context);
    if (proof === undefined || at === undefined) return;
    context.report({ message: "replaced", proof, at });
  },
});

function isEmptyDefault(value: Value): boolean {
  const arms = armsOf(valueAt(value, "default"));
  return arms.length > 0 && arms.every((arm) => arm.kind === "dict" && arm.entries.length === 0);
}

function isOnlyThere(value: Value): boolean {
  return value.kind === "dict" && value.entries.every(({ key }) => key !== undefined);
}

/** `DATABASES["default"] = dj_database_url.config()`, where the same file gives the database another value before. */
function lastCall(context: RuleContext): Site | undefined {
  const { evaluation, source } = context;
  const change = evaluation.mutations.findLast(({ name, how }) => name === "DATABASES" && how === "setitem");
  if (
    change === undefined ||
    !evaluation.bindings.some(({ name, value }) => name === "DATABASES" && !isEmptyDefault(value))
  )
    return undefined;
  const { file, range } = change.step.site;
  const statement = [...allStatements(source(file)?.ast.body ?? [], "branches")].find(
    (one) => one.kind === "Assign" && contains(range, one),
  );
  if (statement?.kind !== "Assign" || statement.value.kind !== "Call") return undefined;
  return /^(?:dj_database_url\.)?config$/.test(dottedName(statement.value.func) ?? "")
    ? siteOf(file, statement.value)
    : undefined;
}
