import { isTruthy } from "../../lint/effective";
import { textOf } from "../questions/dicts/dicts";
import { defineSettingRule } from "../settingRule";
import doc from "./session-save-every-request.md";

export const sessionSaveEveryRequest = defineSettingRule({
  id: "session-save-every-request",
  category: "performance",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  setting: "SESSION_SAVE_EVERY_REQUEST",
  isBad: isTruthy,
  matters: (context) =>
    context.setting("SESSION_ENGINE").certainly((value) => /\.(?:db|cached_db)$/.test(textOf(value) ?? "")),
  messages: {
    on: "SESSION_SAVE_EVERY_REQUEST is on in {module}, which runs in {environment}: every request with a session writes a row to the database. Remove it, or keep sessions in a cache.",
  },
  fixes: {
    remove: { safety: "unsafe", title: "Remove SESSION_SAVE_EVERY_REQUEST", remove: true },
    turnOff: { safety: "unsafe", set: "False" },
  },
  doc,
});
