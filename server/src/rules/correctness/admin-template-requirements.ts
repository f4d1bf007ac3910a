import { adminContextProcessors, lacksContextProcessor, lacksEngine } from "../../django/checks/admin";
import { both, type CheckedSettings } from "../../django/checks/check";
import { templateEngines, type TemplateEngine } from "../../django/checks/engines";
import { isSubclassByName } from "../../django/classes";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { installedApp } from "../questions/apps/installedApps";
import { provenanceOf } from "../questions/assignments/assigned";
import { holdsAlways } from "../questions/checks/systemChecks";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { endOfList, insertFix } from "../questions/fixes/settingFixes";
import doc from "./admin-template-requirements.md";

const ADMIN = "django.contrib.admin";
const CHECKS = { auth: "admin.E402", messages: "admin.E404", request: "admin.W411" } as const;

export const adminTemplateRequirements = defineRule({
  id: "admin-template-requirements",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["admin.E402", "admin.E403", "admin.E404", "admin.W411"],
  messages: {
    engine:
      "TEMPLATES lacks DjangoTemplates in {module}: the pages of the admin are written for it and cannot be rendered. Add an engine.",
    auth: "TEMPLATES lacks {processor}: the admin's pages ask for the user and the permissions, which the first engine does not give them, and show no menu. Add the context processor.",
    messages:
      "TEMPLATES lacks {processor}: the admin tells what it has saved by messages, which the first engine does not give its pages, and nobody sees them. Add the context processor.",
    request:
      "TEMPLATES lacks {processor}: the admin's sidebar asks for the request, which the first engine does not give its pages, and cannot mark the current page. Add the context processor.",
  },
  fixes: { add: { safety: "safe", title: "Add the context processor" } },
  doc,

  check(context) {
    const templates = context.setting("TEMPLATES");
    const proof = provenanceOf(context, "TEMPLATES");
    const admin = installedApp(context, ADMIN);
    if (proof === undefined || admin === undefined) return;
    // Until 1.10 older settings did for it; where something that is not followed may set it, it is not known to be absent.
    const isOpen = context.djangoAtLeast(1, 10) === false || proof.overridable !== undefined;
    if (templates.isUnset && isOpen) return;
    if (lacksAlways(context, lacksEngine)) {
      const at = templates.isUnset ? admin.site : undefined;
      context.report({ message: "engine", proof, at, djangoCheck: "admin.E403" });
    }
    if (templates.isUnset) return;
    for (const message of ["auth", "messages", "request"] as const) {
      if (!lacksAlways(context, (settings) => lacksContextProcessor(settings, message))) continue;
      // The sidebar came with 3.1.
      if (message === "request" && context.djangoAtLeast(3, 1) !== true) continue;
      const processor = adminContextProcessors[message];
      const processors = entryAt(firstEngine(proof)?.definition, "OPTIONS", "context_processors");
      context.report({
        message,
        values: { processor },
        proof,
        at: processors && keySite(context, processors),
        severity: message === "request" ? "warning" : "error",
        djangoCheck: CHECKS[message],
        fixes: [insertFix("add", endOfList(context, processors?.valueSite), processor)],
      });
    }
  },
});

function lacksAlways(context: RuleContext, lacks: (settings: CheckedSettings) => boolean | undefined): boolean {
  return holdsAlways(context, (settings) => both(settings.installs(ADMIN), () => lacks(settings)));
}

/** As Django finds it, by name. */
function firstEngine(proof: Proof): TemplateEngine | undefined {
  const engines = templateEngines({ isSubclass: isSubclassByName }, proof.value);
  const first = engines?.find(({ isDjango }) => isDjango !== false);
  return first?.isDjango === true ? first : undefined;
}
