import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./password-reset-timeout-days.md";

export const passwordResetTimeoutDays = defineRule({
  id: "password-reset-timeout-days",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored: "PASSWORD_RESET_TIMEOUT_DAYS is ignored since Django {version}{consequence}. {remedy}",
    beside: "PASSWORD_RESET_TIMEOUT_DAYS is ignored beside PASSWORD_RESET_TIMEOUT, which {module} sets. Remove it.",
    refused:
      "PASSWORD_RESET_TIMEOUT_DAYS and PASSWORD_RESET_TIMEOUT are both set in {module}: Django refuses to start with both (ImproperlyConfigured). Keep PASSWORD_RESET_TIMEOUT only.",
    deprecated:
      "PASSWORD_RESET_TIMEOUT_DAYS is deprecated since Django {since}, and Django {version} ignores it{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, hasSuccessor, isRefused, report } of leftoversOf(context, "password-reset-timeout-days")) {
      if (isRefused) context.report({ message: "refused", ...report, severity: "error" });
      else if (!hasSuccessor || phase === "deprecated") context.report({ message: phase, ...report });
      else context.report({ message: "beside", ...report, severity: report.severity === "hint" ? "hint" : "info" });
    }
  },
});
