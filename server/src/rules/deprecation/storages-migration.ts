import { defineRule } from "../../lint/rule";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./storages-migration.md";

/** Django 4.2 to 5.0 refuse to start with both names, which `storages-conflict` tells. */
export const storagesMigration = defineRule({
  id: "storages-migration",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored: "{setting} is ignored since Django {version}{consequence}. {remedy}",
    beside:
      "{setting} is ignored since Django {version}: STORAGES, which {module} sets, too, says which storages are used. Move it there, or remove it.",
    deprecated: "{setting} is deprecated since Django {since}. Django {version} ignores it{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, hasSuccessor, isRefused, report } of leftoversOf(context, "storages-migration")) {
      if (isRefused) continue;
      const isBeside = hasSuccessor && phase === "ignored";
      const severity = isBeside && report.severity === "error" ? "warning" : report.severity;
      context.report({ message: isBeside ? "beside" : phase, ...report, severity });
    }
  },
});
