import { defineRule, siteOf } from "../../lint/rule";
import { knownEntries } from "../questions/lists/entries";
import { CSRF, listsMiddleware, shortName } from "../questions/middleware/middleware";
import { doneForEachRequest } from "../questions/middleware/middlewareCode";
import type { Stmt } from "../../syntax/ast";
import doc from "./csrf-checks-bypassed.md";

/** What CsrfViewMiddleware takes for a sign that it has nothing to do (django/middleware/csrf.py, `process_view`). */
const SIGNS = new Set(["_dont_enforce_csrf_checks", "csrf_processing_done"]);

export const csrfChecksBypassed = defineRule({
  id: "csrf-checks-bypassed",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    bypassed:
      "{middleware} turns CSRF protection off in {module}, which runs in {environment}: any website can send requests in the name of users who are logged in. Remove it, and exempt single views with csrf_exempt.",
  },
  doc,

  check(context) {
    const proof = listsMiddleware(context, CSRF);
    if (proof === undefined) return;
    for (const { text, item } of knownEntries(proof.value)) {
      const place = doneForEachRequest(context, text, turnsOff);
      if (place === undefined) continue;
      context.report({
        message: "bypassed",
        values: { middleware: shortName(text) },
        proof,
        at: item.site,
        chain: [{ site: siteOf(place.file, place.statement), text: "It marks each request as checked here." }],
      });
    }
  },
});

/** `request._dont_enforce_csrf_checks = True` and `setattr(request, "_dont_enforce_csrf_checks", True)`. */
function turnsOff(statement: Stmt): boolean {
  if (statement.kind === "Assign") {
    const { targets, value } = statement;
    const isOn = value.kind === "Constant" && value.value === true;
    return isOn && targets.some((target) => target.kind === "Attribute" && SIGNS.has(target.attr));
  }
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return false;
  const { func, args } = statement.value;
  const [, name, value] = args;
  const isSet = func.kind === "Name" && func.id === "setattr" && name?.kind === "Str" && SIGNS.has(name.value);
  return isSet && value?.kind === "Constant" && value.value === true;
}
