import { textOf } from "../questions/dicts/dicts";
import { isMailUnused, maySendOverSmtp } from "../questions/mail/sending";
import type { Value } from "../../python/values/value";
import { defineSettingRule } from "../settingRule";
import doc from "./email-timeout-missing.md";

export const emailTimeoutMissing = defineSettingRule({
  id: "email-timeout-missing",
  category: "performance",
  severity: "info",
  audience: "hardened",
  setting: "EMAIL_TIMEOUT",
  isBad: (value) => value.kind === "unset" || value.kind === "none",
  matters: (context) =>
    maySendOverSmtp(context) &&
    context.setting("EMAIL_HOST").mayBe(isElsewhere)?.origin !== undefined &&
    !isMailUnused(context),
  messages: {
    endless:
      "EMAIL_TIMEOUT is not set in {module}, which runs in {environment}: a mail server that does not answer blocks the request or worker that sends without end. Set some seconds.",
  },
  fixes: { tenSeconds: { safety: "unsafe", set: "10" } },
  doc,
});

/** Why the value of a setting is not known where each machine is given its own. */
const GIVEN: readonly string[] = ["environment", "file", "machine"];

/**
 * A server that is named, or read from a variable or a file of secrets, of which nothing is known. One on the same machine answers
 * or refuses at once.
 */
function isElsewhere(value: Value): boolean {
  if (value.kind === "unknown") return GIVEN.includes(value.because.kind);
  if (value.kind === "str") return value.value !== "" && !isLocal(value.value);
  return value.kind === "environment" && !isLocal(textOf(value.fallback) ?? "elsewhere");
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\..*|::1)$/.test(host);
}
