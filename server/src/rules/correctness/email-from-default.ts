import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { readFromEnvironment, setFix } from "../questions/fixes/settingFixes";
import { mailsErrors, maySend, maySendOverSmtp, sendsFromDefault } from "../questions/mail/sending";
import doc from "./email-from-default.md";

type Context = ContextOf<typeof emailFromDefault>;

export const emailFromDefault = defineRule({
  id: "email-from-default",
  category: "correctness",
  severity: "info",
  audience: "hardened",
  messages: {
    from: "DEFAULT_FROM_EMAIL is {state} in {module}: mail comes from {sender}, which mail servers refuse or take for spam. Set it.",
    server:
      "SERVER_EMAIL is {state} in {module}: error reports come from {sender}, which mail servers refuse or take for spam. Set it.",
  },
  fixes: { read: { safety: "unsafe", title: "Read {setting} from the environment" } },
  doc,

  check(context) {
    if (!maySend(context)) return;
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
  const proof = context.setting(name).judge(isNobody);
  // What a module outside of the workspace replaces, it most likely sets.
  if (proof === undefined || proof.overridable !== undefined || !isUsed(context)) return;
  const isUnset = proof.origin === undefined;
  const address = textOf(proof.value) ?? "";
  context.report({
    message,
    values: {
      state: isUnset ? "not set" : address === "" ? "empty" : `"${address}"`,
      sender: address === "" ? "nobody" : address,
    },
    proof,
    // Where no server is named, mail may not be set up at all.
    severity: context.setting("EMAIL_HOST").isUnset && maySendOverSmtp(context) ? "hint" : undefined,
    fixes: [isUnset ? setFix(context, "read", proof, readFromEnvironment(name, "str")) : undefined],
  });
}

/** An address that no mail server takes for real: Django's defaults, and none. */
function isNobody(value: Value): boolean {
  return /^$|@localhost>?$/.test(textOf(value) ?? "somebody");
}
