import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { knownEntries } from "../questions/entries";
import {
  AUTHENTICATION,
  COMMON,
  CSRF,
  indexIn,
  lacksMiddleware,
  listsMiddleware,
  middlewareSetting,
  writtenList,
} from "../questions/middleware";
import doc from "./csrf-middleware-missing.md";

type Fixes = "insert";

export const csrfMiddlewareMissing = defineRule<"missing", Fixes>({
  id: "csrf-middleware-missing",
  category: "security",
  severity: "error",
  audience: "entry",
  djangoChecks: ["security.W003"],
  messages: {
    missing:
      "{module} logs users in by session, but CsrfViewMiddleware is not in {setting}: any other site can send requests in their name. Add it after CommonMiddleware.",
  },
  fixes: { insert: { safety: "unsafe", title: "Add CsrfViewMiddleware" } },
  onByDefault: true,
  doc,

  check(context) {
    const { role, name } = context.module;
    // Django's test client does not ask for tokens, so that a test module may well go without.
    if (role === "test") return;
    const proof = listsMiddleware(context, AUTHENTICATION) && lacksMiddleware(context, /csrf|xsrf/i);
    if (proof === undefined) return;
    const setting = middlewareSetting(context).name;
    context.report({
      message: "missing",
      values: { module: name, setting },
      at: proof.site,
      setting,
      severity: role === "development" ? "warning" : "error",
      chain: chainOf(context, setting, proof),
      fixes: fixesOf(context, proof),
    });
  },
});

/** After CommonMiddleware, else before the one that says who the user is. */
function fixesOf(context: RuleContext<never, never>, proof: Proof): readonly ReportedFix<Fixes>[] {
  const written = writtenList(context, proof);
  if (written === undefined) return [];
  const indexOf = (path: string): number | undefined => {
    const entry = knownEntries(proof.value).find(({ text }) => text === path);
    return entry === undefined ? undefined : indexIn(written, entry);
  };
  const [common, authentication] = [indexOf(COMMON), indexOf(AUTHENTICATION) ?? 0];
  const index = common !== undefined && common < authentication ? common + 1 : authentication;
  return [
    {
      id: "insert",
      edit: (edit) => edit.insertElement(written.file, written.list, index, edit.quote(written.file, CSRF)),
    },
  ];
}
