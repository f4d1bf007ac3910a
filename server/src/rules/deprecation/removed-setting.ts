import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./removed-setting.md";

/** A name that the project's Django no longer reads. Without a known release only as a hint. */
export const removedSettingRule = defineRule({
  id: "removed-setting",
  category: "deprecation",
  severity: "warning",
  audience: "entry",
  messages: {
    ignored: "Django {version} and newer ignore {setting}{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, report } of leftoversOf(context))
      if (phase === "ignored") context.report({ message: phase, ...report });
  },
});
