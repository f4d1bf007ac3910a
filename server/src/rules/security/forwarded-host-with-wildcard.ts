import { defineRule } from "../../lint/rule";
import {
  isHostCheckedElsewhere,
  isWildcard,
  letsAllIn,
  readHosts,
  trustsForwardedHost,
} from "../questions/hosts/hosts";
import { knownEntries } from "../questions/lists/entries";
import doc from "./forwarded-host-with-wildcard.md";

export const forwardedHostWithWildcard = defineRule({
  id: "forwarded-host-with-wildcard",
  category: "security",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    any: 'ALLOWED_HOSTS has "*" with USE_X_FORWARDED_HOST on: a client of {module}, which runs in {environment}, names any host in a header, and gets it into links such as those of password resets. List the hosts that it serves.',
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read ALLOWED_HOSTS from the environment" } },
  doc,

  check(context) {
    if (!trustsForwardedHost(context) || isHostCheckedElsewhere(context)) return;
    const proof = context.setting("ALLOWED_HOSTS").judge(letsAllIn);
    if (proof === undefined) return;
    const entry = knownEntries(proof.value).find(({ text }) => isWildcard(text));
    context.report({
      message: "any",
      proof,
      at: entry?.item.site,
      fixes: [proof.missing.length > 0 ? undefined : readHosts(context, proof)],
    });
  },
});
