import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./use-l10n.md";

export const useL10n = defineRule({
  id: "use-l10n",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  messages: {
    ignored: "USE_L10N has no effect since Django {version}: localised formats are always used. Remove it.",
    off: "USE_L10N is ignored in {module}: it is False, but Django {version} and newer format dates and numbers for the language all the same. Remove it, and use the unlocalize filter where a plain value is needed.",
    deprecated:
      "USE_L10N is deprecated since Django {since}. It is True by default there, and Django {version} ignores it. Remove it.",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, report } of leftoversOf(context, "use-l10n")) {
      const isOff = phase === "ignored" && context.setting("USE_L10N").certainly(isFalsy);
      const severity = isOff && report.severity !== "hint" ? "warning" : report.severity;
      context.report({ message: isOff ? "off" : phase, ...report, severity });
    }
  },
});
