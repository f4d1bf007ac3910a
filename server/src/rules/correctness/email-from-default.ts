import { defineRule, type ContextOf } from "../../lint/rule";
import { readFromEnvironment, setFix } from "../questions/fixes/settingFixes";
import { mailsErrors, sendsFromDefault, usesSmtpByDefault } from "../questions/mail/sending";
import doc from "./email-from-default.md";

type Context = ContextOf<typeof emailFromDefault>;

export const emailFromDefault = defineRule({
  id: "email-from-default",
  category: "correctness",
  severity: "info",
  audience: "hardened",
  messages: {
    from: "DEFAULT_FROM_EMAIL is not set in {module}: mail comes from webmaster@localhost, which mail servers refuse or take for spam. Set it.",
    server:
      "SERVER_EMAIL is not set in {module}: error reports come from root@localhost, which mail servers refuse or take for spam. Set it.",
  },
  fixes: { read: { safety: "unsafe", title: "Read {setting} from the environment" } },
  doc,

  check(context) {
    // Where no server is named, mail is not set up at all.
    if (!usesSmtpByDefault(context) || context.setting("EMAIL_HOST").isUnset) return;
    checkAddress(context, "DEFAULT_FROM_EMAIL", "from", sendsFromDefault);
    checkAddress(context, "SERVER_EMAIL", "server", mailsErrors);
  },
});

function checkAddress(
  context: Context,
  name: string,
  message: "from" | "server",
  isUsed: (of: Context) => boolean,
): void {
  const setting = context.setting(name);
  if (!setting.isUnset || !isUsed(context)) return;
  const proof = setting.mustBe(() => true);
  // What a module outside of the workspace replaces, it most likely sets.
  if (proof === undefined || proof.overridable !== undefined) return;
  context.report({ message, proof, fixes: [setFix(context, "read", proof, readFromEnvironment(name, "str"))] });
}
