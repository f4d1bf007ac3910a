import { defineRule } from "../../lint/rule";
import { importFailure } from "../questions/modules/importFailures";
import doc from "./settings-import-fails.md";

export const settingsImportFails = defineRule({
  id: "settings-import-fails",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    raises:
      "{exception}: {module} certainly raises it here when it is imported, so no command of Django's runs with it.",
  },
  doc,

  check(context) {
    const found = importFailure(context);
    if (found?.kind !== "other") return;
    context.report({ message: "raises", values: { exception: found.failure.exception }, at: found.failure.site });
  },
});
