import { isTruthy } from "../../lint/effective";
import { defineSettingRule } from "../settingRule";
import doc from "./debug-propagate-exceptions.md";

export const debugPropagateExceptions = defineSettingRule({
  id: "debug-propagate-exceptions",
  category: "security",
  severity: "warning",
  audience: "production",
  setting: "DEBUG_PROPAGATE_EXCEPTIONS",
  isBad: isTruthy,
  messages: {
    on: "DEBUG_PROPAGATE_EXCEPTIONS is on in {module}, which runs in {environment}: an exception in a view reaches the server as it is, with no 500 page and no report to ADMINS. Remove it.",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove DEBUG_PROPAGATE_EXCEPTIONS", remove: true },
    turnOff: { safety: "safe", set: "False" },
  },
  doc,
});
