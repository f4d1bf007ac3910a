import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./celery-always-eager.md";

export const celeryAlwaysEager = defineRule({
  id: "celery-always-eager",
  category: "third-party",
  severity: "error",
  audience: "production",
  messages: {
    eager:
      "{setting} runs tasks inside requests in {module}, which runs in {environment}: visitors wait for them, and no worker is used. Remove it.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {setting}" } },
  doc,

  check(context) {
    // The old name is read where the settings have no prefix, or the project is older than Celery 4.
    for (const name of ["CELERY_TASK_ALWAYS_EAGER", "CELERY_ALWAYS_EAGER"]) {
      const proof = context.setting(name).judge(isTruthy);
      if (proof?.origin === undefined) continue;
      context.report({ message: "eager", proof, fixes: [deleteSettingFix(context, "remove", proof)] });
    }
  },
});
