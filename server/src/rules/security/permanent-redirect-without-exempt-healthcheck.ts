import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { Site } from "../../python/values/value";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import doc from "./permanent-redirect-without-exempt-healthcheck.md";

export const permanentRedirectWithoutExemptHealthcheck = defineRule({
  id: "permanent-redirect-without-exempt-healthcheck",
  category: "security",
  severity: "hint",
  audience: "hardened",
  messages: {
    redirected:
      "SECURE_SSL_REDIRECT answers the health check of {file} with a redirect, because it comes over HTTP: a probe that wants 200 fails. Exempt its path in SECURE_REDIRECT_EXEMPT.",
  },
  doc,

  check(context) {
    if (!hasMiddleware(context, SECURITY)) return;
    const proof = context.setting("SECURE_SSL_REDIRECT").judge(isTruthy);
    if (proof === undefined || context.setting("SECURE_REDIRECT_EXEMPT").mustBe(isFalsy) === undefined) return;
    const probe = plainProbe(context);
    if (probe === undefined) return;
    context.report({
      message: "redirected",
      values: { file: probe.relative },
      proof,
      chain: [{ site: probe.site, text: "the health check over HTTP" }],
    });
  },
});

/** Health checks of Kubernetes, Compose and Fly.io, up to the end of their block, as far as they are seen. */
const PROBES: readonly RegExp[] = [
  /\bhttpGet:[ \t]*\r?\n(?:[ \t]+(?!scheme|httpHeaders)[^\n]*\n?){1,4}/,
  /\btest:[^\n]{0,200}\bhttp:\/\/[^\n]*/,
  /^HEALTHCHECK[^\n]{0,200}\bhttp:\/\/[^\n]*/m,
  /^\[\[(?:http_service|services)\.(?:http_)?checks\]\]/m,
];

function plainProbe(context: RuleContext): { readonly relative: string; readonly site: Site } | undefined {
  for (const { path, relative, text } of deploymentFiles(context.snapshot)) {
    for (const pattern of PROBES) {
      const match = pattern.exec(text);
      // With the header the request counts as secure; with the scheme it is.
      if (match === null || /X-Forwarded-Proto|scheme:\s*HTTPS/i.test(text)) continue;
      const [first = ""] = match[0].split("\n");
      return { relative, site: siteOf(path, { start: match.index, end: match.index + first.length }) };
    }
  }
  return undefined;
}
