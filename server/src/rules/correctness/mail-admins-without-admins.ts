import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { entryAt } from "../questions/dicts/dicts";
import { adminHandlers } from "../questions/logging/handlers";
import doc from "./mail-admins-without-admins.md";

export const mailAdminsWithoutAdmins = defineRule({
  id: "mail-admins-without-admins",
  category: "correctness",
  severity: "info",
  audience: "hardened",
  messages: {
    nobody:
      "LOGGING mails errors to no one in {module}, which runs in {environment}: AdminEmailHandler sends them to ADMINS, which is empty. Set ADMINS.",
  },
  doc,

  check(context) {
    const proof = context.setting("LOGGING").mustBe((value) => adminHandlers(value).length > 0);
    const admins = context.setting("ADMINS");
    if (proof?.origin === undefined || admins.mustBe(isFalsy) === undefined) return;
    const [handler] = adminHandlers(proof.value);
    context.report({
      message: "nobody",
      proof,
      at: handler === undefined ? undefined : entryAt(proof.value, "handlers", handler)?.site,
    });
  },
});
