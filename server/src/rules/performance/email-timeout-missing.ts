import { textOf } from "../questions/dicts/dicts";
import { usesSmtp } from "../questions/mail/sending";
import { defineSettingRule } from "../settingRule";
import doc from "./email-timeout-missing.md";

export const emailTimeoutMissing = defineSettingRule({
  id: "email-timeout-missing",
  category: "performance",
  severity: "info",
  audience: "hardened",
  setting: "EMAIL_TIMEOUT",
  isBad: (value) => value.kind === "unset" || value.kind === "none",
  // A server on the same machine answers or refuses at once.
  matters: (context) =>
    usesSmtp(context) &&
    context.setting("EMAIL_HOST").mustBe((value) => value.kind === "str" && !isLocal(textOf(value)))?.origin !==
      undefined,
  messages: {
    endless:
      "EMAIL_TIMEOUT is not set in {module}, which runs in {environment}: a mail server that does not answer blocks the request or worker that sends without end. Set some seconds.",
  },
  fixes: { tenSeconds: { safety: "unsafe", set: "10" } },
  doc,
});

function isLocal(host: string | undefined): boolean {
  return host === undefined || /^(?:|localhost|127\..*|::1)$/.test(host);
}
