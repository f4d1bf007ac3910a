import { defineRule } from "../../lint/rule";
import { sharedDomain } from "../questions/hosts/sharedDomains";
import { knownEntries } from "../questions/lists/entries";
import doc from "./csrf-trusted-origin-broad.md";

export const csrfTrustedOriginBroad = defineRule({
  id: "csrf-trusted-origin-broad",
  category: "security",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  django: { since: [4, 0] },
  messages: {
    shared:
      'CSRF_TRUSTED_ORIGINS has "{origin}": anybody can have a site below {suffix}, and its forms pass the CSRF check of {module}, which runs in {environment}. List your own origins.',
    nothing:
      'CSRF_TRUSTED_ORIGINS has "{origin}", which matches no origin: forms from other origins get 403 Forbidden. List the origins.',
  },
  doc,

  check(context) {
    for (const proof of context.setting("CSRF_TRUSTED_ORIGINS").proofs()) {
      for (const { text, item } of knownEntries(proof.value)) {
        const host = /^https?:\/\/(.*)$/.exec(text)?.[1] ?? "";
        const suffix = sharedDomain(host);
        if (suffix === undefined && host !== "*") continue;
        context.report({
          message: suffix === undefined ? "nothing" : "shared",
          values: { origin: text, suffix: suffix ?? "" },
          proof,
          at: item.site,
        });
      }
    }
  },
});
