import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { knownEntries } from "../questions/lists/entries";
import { CSP, hasMiddleware, listsMiddleware } from "../questions/middleware/middleware";
import doc from "./csp-configured-twice.md";

const DJANGO_CSP = "csp.middleware.CSPMiddleware";

export const cspConfiguredTwice = defineRule({
  id: "csp-configured-twice",
  category: "security",
  severity: "info",
  audience: "entry",
  aboutRequests: true,
  django: { since: [6, 0] },
  messages: {
    twice:
      "MIDDLEWARE has two CSP middleware in {module}: django-csp and Django's own middleware each leave a header alone that is set already, so that only the policy of the one listed later is sent. Move the directives to SECURE_CSP, and remove django-csp.",
  },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 0) !== true || !hasMiddleware(context, CSP)) return;
    const proof = listsMiddleware(context, DJANGO_CSP);
    // Without a policy Django's middleware sends nothing; what only reports has a header of its own.
    if (proof === undefined || !context.setting("SECURE_CSP").certainly(isTruthy)) return;
    const entry = knownEntries(proof.value).find(({ text }) => text === DJANGO_CSP);
    context.report({ message: "twice", proof, at: entry?.item.site });
  },
});
