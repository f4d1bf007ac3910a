import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { insertFix, type ElementPlace } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import {
  AUTHENTICATION,
  COMMON,
  CSRF,
  indexIn,
  lacksMiddleware,
  listsMiddleware,
  writtenList,
} from "../questions/middleware/middleware";
import doc from "./csrf-middleware-missing.md";

export const csrfMiddlewareMissing = defineRule({
  id: "csrf-middleware-missing",
  category: "security",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  djangoChecks: ["security.W003"],
  messages: {
    missing:
      "{setting} lacks CsrfViewMiddleware in {module}: users log in by session, and any other site can send requests in their name. Add it after CommonMiddleware.",
  },
  fixes: { insert: { safety: "unsafe", title: "Add CsrfViewMiddleware" } },
  doc,

  check(context) {
    const { role } = context.module;
    // Django's test client does not ask for tokens, so that a test module may well go without.
    if (role === "test") return;
    const proof = listsMiddleware(context, AUTHENTICATION) && lacksMiddleware(context, /csrf|xsrf/i);
    if (proof === undefined) return;
    context.report({
      message: "missing",
      proof,
      severity: role === "development" ? "warning" : undefined,
      fixes: [insertFix("insert", placeOf(context, proof), CSRF)],
    });
  },
});

/** After CommonMiddleware, else before the one that says who the user is. */
function placeOf(context: RuleContext, proof: Proof): ElementPlace | undefined {
  const written = writtenList(context, proof);
  if (written === undefined) return undefined;
  const indexOf = (path: string): number | undefined => {
    const entry = knownEntries(proof.value).find(({ text }) => text === path);
    return entry === undefined ? undefined : indexIn(written, entry);
  };
  const [common, authentication] = [indexOf(COMMON), indexOf(AUTHENTICATION) ?? 0];
  const index = common !== undefined && common < authentication ? common + 1 : authentication;
  return { ...written, index };
}
