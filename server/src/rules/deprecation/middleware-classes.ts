import { listed } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./middleware-classes.md";
import type { Value } from "../../python/values/value";
import { knownEntries } from "../questions/lists/entries";

/** What a site misses first. */
const PROTECTS = ["SecurityMiddleware", "SessionMiddleware", "CsrfViewMiddleware", "AuthenticationMiddleware"];

export const middlewareClasses = defineRule({
  id: "middleware-classes",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored:
      "MIDDLEWARE_CLASSES is ignored since Django {version}: {module} runs without {lost}. Rename it to MIDDLEWARE, and rewrite middleware of the old style.",
    beside: "MIDDLEWARE_CLASSES is ignored beside MIDDLEWARE: {module} sets both. Remove it.",
    deprecated:
      "MIDDLEWARE_CLASSES is deprecated since Django {since}: Django {version} ignores it, and the site then runs without {lost}. Rename it to MIDDLEWARE, and rewrite middleware of the old style.",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, hasSuccessor, report } of leftoversOf(context, "middleware-classes")) {
      const values = { ...report.values, lost: lostOf(report.proof.value) };
      const severity = hasSuccessor && report.severity !== "hint" ? "info" : report.severity;
      context.report({ message: hasSuccessor ? "beside" : phase, ...report, values, severity });
    }
  },
});

/** The names of the classes that matter most among those that are certainly listed. */
function lostOf(value: Value): string {
  const names = knownEntries(value).map(({ text }) => text.slice(text.lastIndexOf(".") + 1));
  const found = PROTECTS.filter((name) => names.includes(name));
  return found.length === 0 ? "any of its middleware" : listed(found);
}
