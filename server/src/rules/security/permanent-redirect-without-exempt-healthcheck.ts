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
      "SECURE_SSL_REDIRECT redirects the health check of {file}: it comes over HTTP, and a probe that wants 200 fails. Exempt its path in SECURE_REDIRECT_EXEMPT.",
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

/** Health checks of Kubernetes, of Compose and Docker, and of Fly.io that come over HTTP. */
function isProbe(line: string): boolean {
  if (/\bhttpGet:/.test(line) || /^\[\[(?:http_service|services)\.(?:http_)?checks\]\]/.test(line)) return true;
  return (line.includes("test:") || line.startsWith("HEALTHCHECK")) && line.includes("http://");
}

function plainProbe(context: RuleContext): { readonly relative: string; readonly site: Site } | undefined {
  for (const { path, relative, text } of deploymentFiles(context.snapshot)) {
    // With the header the request counts as secure; with the scheme it is.
    if (/X-Forwarded-Proto|scheme: ?HTTPS/i.test(text)) continue;
    let start = 0;
    for (const line of text.split("\n")) {
      if (isProbe(line)) return { relative, site: siteOf(path, { start, end: start + line.trimEnd().length }) };
      start += line.length + 1;
    }
  }
  return undefined;
}
