import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./template-settings.md";

/** The settings without which no template of the project is found. */
const FINDS = /^TEMPLATE_(?:DIRS|LOADERS|CONTEXT_PROCESSORS)$/;

export const templateSettings = defineRule({
  id: "template-settings",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored:
      "{setting} is ignored since Django {version}: TEMPLATES alone configures templates, and {module} does not set it. {remedy}",
    beside:
      "{setting} is ignored beside TEMPLATES: {module} sets both. Remove it, and move to TEMPLATES what is still needed.",
    needless: "{setting} is ignored since Django {version}: nothing has taken its place. Remove it.",
    deprecated: "{setting} is deprecated since Django {since}. Django {version} ignores it{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    const isSet = !context.setting("TEMPLATES").isUnset;
    for (const { row, phase, report } of leftoversOf(context, "template-settings")) {
      if (phase === "deprecated" && (!isSet || row.replacement === undefined)) {
        context.report({ message: "deprecated", ...report });
        continue;
      }
      const message = row.replacement === undefined ? "needless" : isSet ? "beside" : "ignored";
      const usual = message !== "ignored" ? "info" : FINDS.test(row.name) ? "error" : "warning";
      context.report({ message, ...report, severity: report.severity === "hint" ? "hint" : usual });
    }
  },
});
