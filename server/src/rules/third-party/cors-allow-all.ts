import { isTruthy } from "../../lint/effective";
import type { Severity } from "../../lint/finding";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { corsSetting, hasCorsMiddleware } from "../questions/hosts/cors";
import { setFix } from "../questions/fixes/settingFixes";
import doc from "./cors-allow-all.md";

export const corsAllowAll = defineRule({
  id: "cors-allow-all",
  category: "third-party",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    all: "{setting} lets any website read responses of {module}, which runs in {environment}. List the origins that need it in CORS_ALLOWED_ORIGINS.",
    withCookies:
      "{setting} lets any website read {module}, which runs in {environment}: responses are for everyone, with the cookies of the visitors, because CORS_ALLOW_CREDENTIALS is on. List the origins that need it in CORS_ALLOWED_ORIGINS.",
  },
  fixes: { turnOff: { safety: "unsafe", title: "Set {setting} = False" } },
  doc,

  check(context) {
    if (!hasCorsMiddleware(context)) return;
    const proof = corsSetting(context, "CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL").judge(isTruthy);
    if (proof === undefined) return;
    const hasCookies = context.setting("CORS_ALLOW_CREDENTIALS").certainly(isTruthy);
    context.report({
      message: hasCookies ? "withCookies" : "all",
      proof,
      severity: severityFor(context, hasCookies, proof),
      fixes: [proof.missing.length > 0 ? undefined : setFix(context, "turnOff", proof, "False")],
    });
  },
});

/** Certain paths alone, without cookies, are a public API more often than a mistake. */
function severityFor(context: RuleContext, hasCookies: boolean, { missing }: Proof): Severity | undefined {
  if (hasCookies) return missing.length === 0 && !context.isAssumed ? "error" : undefined;
  return context.setting("CORS_URLS_REGEX").isUnset ? undefined : "info";
}
