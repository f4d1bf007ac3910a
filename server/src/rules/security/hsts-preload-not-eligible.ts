import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { setDeclaration, setFix } from "../questions/fixes/settingFixes";
import { asksForPreload, isNotTrue } from "../questions/https/hsts";
import doc from "./hsts-preload-not-eligible.md";

/** What https://hstspreload.org asks for. */
const A_YEAR = 31_536_000;

export const hstsPreloadNotEligible = defineRule({
  id: "hsts-preload-not-eligible",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  partialChecks: ["security.W005"],
  messages: {
    subdomains:
      "SECURE_HSTS_PRELOAD needs SECURE_HSTS_INCLUDE_SUBDOMAINS: {module}, which runs in {environment}, lacks it, so browsers' preload list refuses the site. Include subdomains, if all of them are served over HTTPS, or leave PRELOAD off.",
    seconds:
      "SECURE_HSTS_PRELOAD needs SECURE_HSTS_SECONDS of a year: {module}, which runs in {environment}, has less, so browsers' preload list refuses the site. Raise it to 31536000, or leave PRELOAD off.",
  },
  fixes: { set: setDeclaration("unsafe") },
  doc,

  check(context) {
    if (!asksForPreload(context)) return;
    const seconds = context.setting("SECURE_HSTS_SECONDS").judge(isBelowAYear);
    const subdomains = context.setting("SECURE_HSTS_INCLUDE_SUBDOMAINS").judge(isNotTrue);
    if (subdomains !== undefined) {
      // It alone would not be enough.
      const fix = seconds === undefined ? setFix(context, "set", subdomains, "True") : undefined;
      return context.report({ message: "subdomains", proof: subdomains, djangoCheck: "security.W005", fixes: [fix] });
    }
    if (seconds === undefined) return;
    const fix = setFix(context, "set", seconds, String(A_YEAR));
    context.report({ message: "seconds", proof: seconds, djangoCheck: "none", fixes: [fix] });
  },
});

function isBelowAYear(value: Value): boolean {
  return value.kind === "bool" ? value.value : value.kind === "int" && value.value > 0n && value.value < BigInt(A_YEAR);
}
