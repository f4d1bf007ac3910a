import { isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import { findSettingRead, searchesAll } from "../../project/codeIndex";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { CSP, lacksMiddleware, SECURITY } from "../questions/middleware/middleware";
import doc from "./csp-middleware-missing.md";

const POLICIES = ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"];

export const cspMiddlewareMissing = defineRule({
  id: "csp-middleware-missing",
  category: "security",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  messages: {
    missing:
      "{setting} has no effect in {module}: ContentSecurityPolicyMiddleware is not in MIDDLEWARE, so that no policy is sent. Add django.middleware.csp.ContentSecurityPolicyMiddleware.",
    early:
      "{setting} has no effect in {module}: Django sends a Content-Security-Policy since 6.0 only, and this project has an older one. Upgrade, or use django-csp, whose setting is CONTENT_SECURITY_POLICY.",
  },
  fixes: { insert: { safety: "unsafe", title: "Add ContentSecurityPolicyMiddleware to MIDDLEWARE" } },
  doc,

  check(context) {
    const isThere = context.djangoAtLeast(6, 0);
    if (isThere === undefined) return;
    for (const name of POLICIES) {
      const proof = context.setting(name).mustBe((value) => value.kind === "dict" && isTruthy(value));
      const middleware = proof && lacksMiddleware(context, /csp|content_?security/i);
      if (proof === undefined || middleware === undefined || isReadByProject(context, name)) continue;
      const place = isThere ? placeInList(context, middleware, { after: [SECURITY] }) : undefined;
      context.report({
        message: isThere ? "missing" : "early",
        proof,
        fixes: [insertFix("insert", place, CSP)],
      });
    }
  },
});

/** A middleware or view of the project's own may send the policy; where not all of its code is searched, it may, too. */
function isReadByProject({ snapshot, project }: RuleContext, name: string): boolean {
  return !searchesAll(snapshot, project.root, /\.py$/) || findSettingRead(snapshot, project.root, name) !== undefined;
}
