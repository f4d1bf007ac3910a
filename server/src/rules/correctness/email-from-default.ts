import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { readFromEnvironment, setFix } from "../questions/fixes/settingFixes";
import { mayMailErrors, maySend, maySendOverSmtp, sendsFromDefault } from "../questions/mail/sending";
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
    const sender = checkAddress(context, "DEFAULT_FROM_EMAIL", "from", sendsFromDefault);
    // What SERVER_EMAIL takes from DEFAULT_FROM_EMAIL is told there.
    checkAddress(context, "SERVER_EMAIL", "server", (of) => mayMailErrors(of) && !isTaken(of, sender));
  },
});

/** Gives the address that it has reported, where the settings say it themselves. */
function checkAddress(
  context: Context,
  name: string,
  message: "from" | "server",
  isUsed: (of: Context) => boolean,
): string | undefined {
  const proof = context.setting(name).judge(isNobody);
  // What a module outside of the workspace replaces, it most likely sets.
  if (proof === undefined || proof.overridable !== undefined || !isUsed(context)) return undefined;
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
  return isUnset ? undefined : address;
}

function isTaken({ setting }: Context, sender: string | undefined): boolean {
  return sender !== undefined && setting("SERVER_EMAIL").judge((value) => textOf(value) === sender) !== undefined;
}

/** An address that no mail server takes for real: Django's defaults, those of examples (RFC 2606), and none. */
function isNobody(value: Value): boolean {
  return /^$|@(?:localhost|example\.(?:com|org|net))>?$/.test(textOf(value) ?? "somebody");
}
