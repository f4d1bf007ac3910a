import { defineRule, type RuleContext } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { setFix, rewriteFix } from "../questions/fixes/settingFixes";
import { publicSuffix } from "../questions/hosts/sharedDomains";
import doc from "./cookie-domain-invalid.md";

const SETTINGS = ["SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "LANGUAGE_COOKIE_DOMAIN"];

export const cookieDomainInvalid = defineRule({
  id: "cookie-domain-invalid",
  category: "security",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  messages: {
    invalid: '{setting} is "{domain}" in {module}: browsers drop the cookie, because {reason}. {advice}',
  },
  fixes: {
    host: { safety: "safe", title: 'Write "{host}"' },
    none: { safety: "unsafe", title: "Set {setting} = None" },
  },
  doc,

  check(context) {
    for (const name of SETTINGS) {
      const proof = context.setting(name).judge((value) => faultIn(context, value) !== undefined);
      const domain = proof && textOf(proof.value);
      const fault = proof && faultIn(context, proof.value);
      if (proof === undefined || domain === undefined || fault === undefined) continue;
      const { reason, host } = fault;
      context.report({
        message: "invalid",
        values: {
          domain,
          reason,
          host: host ?? "",
          advice:
            host === undefined
              ? "Leave it at None, so that the cookie is for the host that sets it."
              : "Write the host alone.",
        },
        proof,
        fixes: [
          host === undefined
            ? setFix(context, "none", proof, "None")
            : rewriteFix(context, "host", proof, { text: host }),
        ],
      });
    }
  },
});

interface Fault {
  /** Completes "because". */
  readonly reason: string;
  /** The host that was meant; `undefined` where no domain helps. */
  readonly host: string | undefined;
}

/** What is wrong with a cookie's domain (RFC 6265, section 5.3); characters that no host has are the business of `cookie-path-invalid`. */
function faultIn(context: RuleContext, value: Value): Fault | undefined {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined || text === "" || /[^\w.:/[\]-]/.test(text)) return undefined;
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/{0,2}([^:/[\]]+)(?::\d*)?(?:\/.*)?$/.exec(text)?.[1];
  // A domain of one label is sent back by browsers to exactly that host, but it is none for a site.
  const isSite = host?.includes(".") === true && !/^[\d.]+$/.test(host);
  if (text.includes("://")) return { reason: "a domain has no scheme", host: isSite ? host : undefined };
  if (/^[^:]*:\d+/.test(text)) return { reason: "a domain has no port", host: isSite ? host : undefined };
  if (text.includes("/")) return { reason: "a domain has no path", host: isSite ? host : undefined };
  if (/^\.(?:\d+\.){3}\d+$/.test(text)) return { reason: "an IP address has no subdomains", host: undefined };
  const suffix = publicSuffix(text);
  if (suffix !== undefined)
    return { reason: `anybody may have a site below ${suffix}, and no cookie is shared among them`, host: undefined };
  const isForVisitors = servesProduction(context.module.role) && context.module.role !== "single";
  return isForVisitors && text === "localhost"
    ? { reason: "visitors ask for another host than their own machine", host: undefined }
    : undefined;
}
