import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./deprecated-setting.md";

/** A name that the project's Django still reads, and that a later one will not: see `removed-setting`. */
export const deprecatedSetting = defineRule({
  id: "deprecated-setting",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  messages: {
    deprecated: "{setting} is deprecated since Django {since}. Django {version} ignores it{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, report } of leftoversOf(context))
      if (phase === "deprecated") context.report({ message: phase, ...report });
  },
});
