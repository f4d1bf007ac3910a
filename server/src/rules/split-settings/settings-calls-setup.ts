import { defineRule, siteOf } from "../../lint/rule";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-calls-setup.md";

/** What loads the settings, or needs apps that they have not installed yet. */
const CALLS: readonly string[] = [
  "django.setup",
  "django.core.wsgi.get_wsgi_application",
  "django.core.asgi.get_asgi_application",
  "django.core.management.call_command",
  "django.core.management.execute_from_command_line",
];

export const settingsCallsSetup = defineRule({
  id: "settings-calls-setup",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    setup:
      "{call}() is called while the settings are imported: it needs settings that are complete, and raises an exception or installs apps by half of them. Call it in the scripts that need it.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove the call" } },
  doc,

  check({ file, report }) {
    for (const { call, callee } of moduleCalls(file.ast)) {
      if (!CALLS.includes(callee)) continue;
      const statement = file.ast.body.find((one) => one.kind === "Expr" && one.value === call);
      report({
        message: "setup",
        values: { call: callee },
        at: siteOf(file.path, call),
        fixes: [statement && { id: "remove", edit: (edit) => edit.deleteStatement(file.path, statement) }],
      });
    }
  },
});
