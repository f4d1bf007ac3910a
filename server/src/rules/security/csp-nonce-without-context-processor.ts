import { hasCspProcessor, orRaises, usesNonce } from "../../django/checks/securityValues";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { entryOf, expressionAt, valueAt } from "../questions/dicts";
import { CSP, listsMiddleware } from "../questions/middleware";
import { aboutSetting } from "../questions/settingReport";
import doc from "./csp-nonce-without-context-processor.md";

type Context = RuleContext<never, never>;
type Fixes = "addProcessor";

const SETTING = "TEMPLATES";

export const cspNonceWithoutContextProcessor = defineRule<"unused", Fixes>({
  id: "csp-nonce-without-context-processor",
  category: "security",
  severity: "warning",
  audience: "entry",
  django: { since: [6, 0] },
  djangoChecks: ["security.W027"],
  messages: {
    unused:
      "{policy} of {module} lets scripts in by their nonce, and no template engine gives templates that nonce: browsers block the inline scripts that should have it. Add the context processor django.template.context_processors.csp.",
  },
  fixes: {
    addProcessor: { safety: "safe", title: "Add the context processor django.template.context_processors.csp" },
  },
  onByDefault: true,
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 0) !== true || listsMiddleware(context, CSP) === undefined) return;
    const policy = ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"].find(
      (name) => context.setting(name).mustBe((value) => usesNonce(value) === true) !== undefined,
    );
    const proof = context
      .setting(SETTING)
      .mustBe((value) => value.kind !== "unset" && orRaises(() => hasCspProcessor(value)) === false);
    if (policy === undefined || proof?.origin === undefined) return;
    const about = aboutSetting(context, SETTING, proof);
    context.report({
      ...about,
      message: "unused",
      values: { ...about.values, policy },
      fixes: addProcessor(context, proof),
    });
  },
});

/** Into the first engine whose context processors are written in a list of their own. */
function addProcessor(context: Context, { value }: Proof): readonly ReportedFix<Fixes>[] {
  const engines = value.kind === "list" || value.kind === "tuple" ? value.items : [];
  for (const engine of engines) {
    const entry = entryOf(valueAt(engine.value, "OPTIONS"), "context_processors");
    const site = entry === undefined || entry === "absent" ? undefined : entry.valueSite;
    const list = expressionAt(context, site);
    if (site === undefined || list?.kind !== "List") continue;
    const text = "django.template.context_processors.csp";
    const edit: ReportedFix["edit"] = (one) =>
      one.insertElement(site.file, list, list.elts.length, one.quote(site.file, text));
    return [{ id: "addProcessor", edit }];
  }
  return [];
}
