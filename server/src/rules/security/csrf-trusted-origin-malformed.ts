import { defineRule } from "../../lint/rule";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./csrf-trusted-origin-malformed.md";

export const csrfTrustedOriginMalformed = defineRule({
  id: "csrf-trusted-origin-malformed",
  category: "security",
  severity: "warning",
  audience: "entry",
  django: { since: [4, 0] },
  messages: {
    never:
      'CSRF_TRUSTED_ORIGINS has "{origin}", which never matches: because of its {part} it equals no Origin header, and forms from there get 403 Forbidden. Write "{wanted}".',
  },
  fixes: { rewrite: { safety: "safe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    if (context.djangoAtLeast(4, 0) !== true) return;
    for (const proof of context.setting("CSRF_TRUSTED_ORIGINS").proofs()) {
      for (const { text, item } of knownEntries(proof.value)) {
        const found = faultOf(text);
        if (found === undefined || proof.origin === undefined) continue;
        context.report({
          message: "never",
          values: { origin: text, ...found },
          proof,
          at: item.site,
          fixes: [replaceTextFix(context, "rewrite", item.site, found.wanted)],
        });
      }
    }
  },
});

/** What browsers never send in the header, which is compared as it is (django/middleware/csrf.py, `allowed_origins_exact`). */
function faultOf(origin: string): { readonly part: string; readonly wanted: string } | undefined {
  const [, scheme = "", host = "", rest = ""] = /^(https?):\/\/([^/?#@\s]+)([\s\S]*)$/.exec(origin) ?? [];
  // Entries with a wildcard are compared by their host, without what is behind it.
  if (scheme === "" || host.includes("*")) return undefined;
  const isDefault = (scheme === "https" && host.endsWith(":443")) || (scheme === "http" && host.endsWith(":80"));
  const plain = isDefault ? host.slice(0, host.lastIndexOf(":")) : host;
  if (rest !== "") return { part: rest === "/" ? "slash at the end" : "path", wanted: `${scheme}://${plain}` };
  return isDefault ? { part: "default port", wanted: `${scheme}://${plain}` } : undefined;
}
