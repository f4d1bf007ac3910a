import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./password-reset-timeout-days.md";

export const passwordResetTimeoutDays = defineRule({
  id: "password-reset-timeout-days",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored: "PASSWORD_RESET_TIMEOUT_DAYS is ignored. Django {version} has removed it{consequence}. {remedy}",
    beside: "PASSWORD_RESET_TIMEOUT_DAYS is ignored in {module}: PASSWORD_RESET_TIMEOUT is set as well. Remove it.",
    refused:
      "PASSWORD_RESET_TIMEOUT_DAYS must not be set in {module}: Django refuses to start with PASSWORD_RESET_TIMEOUT beside it (ImproperlyConfigured). Keep PASSWORD_RESET_TIMEOUT only.",
    deprecated:
      "PASSWORD_RESET_TIMEOUT_DAYS is deprecated. Django {since} warns of it, and Django {version} ignores it{consequence}. {remedy}",
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
