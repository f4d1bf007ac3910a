import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { setFix } from "../questions/fixes/settingFixes";
import doc from "./email-tls-ssl-conflict.md";

export const emailTlsSslConflict = defineRule({
  id: "email-tls-ssl-conflict",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    both: "EMAIL_USE_TLS and EMAIL_USE_SSL are both on: the SMTP backend raises ValueError for every email. Keep EMAIL_USE_TLS for port 587, EMAIL_USE_SSL for port 465.",
  },
  fixes: { turnOff: { safety: "unsafe", title: "Set {setting} = {value} in {module}" } },
  doc,

  check(context) {
    const tls = context.setting("EMAIL_USE_TLS").judge(isTruthy);
    const ssl = context.setting("EMAIL_USE_SSL").judge(isTruthy);
    if (tls === undefined || ssl === undefined) return;
    const isImplicit = context.setting("EMAIL_PORT").certainly((value) => value.kind === "int" && value.value === 465n);
    const wrong = isImplicit ? tls : ssl;
    context.report({
      message: "both",
      proof: ssl,
      fixes: [wrong.missing.length > 0 ? undefined : setFix(context, "turnOff", wrong, "False")],
    });
  },
});
