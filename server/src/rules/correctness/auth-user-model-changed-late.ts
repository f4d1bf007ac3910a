import { defineSettingRule } from "../settingRule";
import { hasApp } from "../questions/apps/installedApps";
import { workspaceApp } from "../questions/apps/appLabels";
import { textOf } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
import type { RuleContext } from "../../lint/rule";
import doc from "./auth-user-model-changed-late.md";

export const authUserModelChangedLate = defineSettingRule({
  id: "auth-user-model-changed-late",
  category: "correctness",
  severity: "hint",
  audience: "entry",
  onByDefault: false,
  setting: "AUTH_USER_MODEL",
  isBad: (value) => textOf(value) === "auth.User",
  matters: (context) => hasApp(context, "django.contrib.auth") && hasOwnApps(context),
  messages: {
    default:
      "AUTH_USER_MODEL is Django's own user: it is hard to replace once there are tables that refer to it. Start with a model that derives from AbstractUser.",
  },
  doc,
});

function hasOwnApps(context: RuleContext): boolean {
  return context
    .setting("INSTALLED_APPS")
    .outcomes.some(({ value }) =>
      knownEntries(value).some(({ text }) => typeof workspaceApp(context, text) === "object"),
    );
}
