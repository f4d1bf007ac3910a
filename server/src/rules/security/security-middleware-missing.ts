import { listed } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import { insertFix } from "../questions/fixes/settingFixes";
import { lacksMiddleware, SECURITY, writtenList } from "../questions/middleware/middleware";
import { isSentInFront } from "../questions/hosts/frontServers";
import doc from "./security-middleware-missing.md";

/** What Django's SecurityMiddleware reads, and nothing else does. */
const READ_BY_IT: readonly string[] = [
  "SECURE_BROWSER_XSS_FILTER",
  "SECURE_CONTENT_TYPE_NOSNIFF",
  "SECURE_CROSS_ORIGIN_OPENER_POLICY",
  "SECURE_HSTS_INCLUDE_SUBDOMAINS",
  "SECURE_HSTS_PRELOAD",
  "SECURE_HSTS_SECONDS",
  "SECURE_REDIRECT_EXEMPT",
  "SECURE_REFERRER_POLICY",
  "SECURE_SSL_HOST",
  "SECURE_SSL_REDIRECT",
];

export const securityMiddlewareMissing = defineRule({
  id: "security-middleware-missing",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 8] },
  djangoChecks: ["security.W001"],
  messages: {
    missing:
      "SecurityMiddleware is not in {setting} of {module}, which runs in {environment}: responses lack the headers against content sniffing and leaking referrers. Add it as the first item.",
    inert:
      "SecurityMiddleware is not in {setting} of {module}, which runs in {environment}: {names} {have} no effect. Add it as the first item.",
  },
  fixes: { insert: { safety: "unsafe", title: "Add SecurityMiddleware as the first item" } },
  doc,

  check(context) {
    const proof = lacksMiddleware(context, /secur/i);
    if (proof === undefined) return;
    const inert = inertSettings(context);
    const isSent = isSentInFront(context, "contentType") && isSentInFront(context, "referrer");
    if (inert.length === 0 && isSent) return;
    const written = writtenList(context, proof);
    context.report({
      message: inert.length === 0 ? "missing" : "inert",
      values: { names: listed(inert), have: inert.length === 1 ? "has" : "have" },
      proof,
      fixes: [insertFix("insert", written && { ...written, index: 0 }, SECURITY)],
    });
  },
});

/** The settings that are switched on and that nothing reads. */
function inertSettings(context: RuleContext): readonly string[] {
  const isSet = (name: string): boolean =>
    context.setting(name).outcomes.every(({ value }) => {
      const isNothing = value.kind === "none" || value.kind === "unset";
      return !isNothing && !(value.kind === "bool" && !value.value) && !(value.kind === "int" && value.value === 0n);
    });
  return READ_BY_IT.filter(isSet);
}
