import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { readHosts } from "../questions/hosts/hosts";
import doc from "./allowed-hosts-empty.md";

export const allowedHostsEmpty = defineRule({
  id: "allowed-hosts-empty",
  category: "security",
  severity: "error",
  audience: "production",
  aboutRequests: true,
  djangoChecks: ["security.W020"],
  messages: {
    empty:
      "ALLOWED_HOSTS is empty in {module}, which runs in {environment}: with DEBUG off, Django answers every request with 400. List the hosts that it serves.",
    unset:
      "ALLOWED_HOSTS is not set in {module}, which runs in {environment}: with DEBUG off, Django answers every request with 400. List the hosts that it serves.",
    debug:
      "ALLOWED_HOSTS is empty in {module}, which runs in {environment}: with DEBUG on, Django answers requests for localhost only, and all others with 400. List the hosts that it serves.",
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read ALLOWED_HOSTS from the environment" } },
  doc,

  check(context) {
    const debug = context.setting("DEBUG");
    // With DEBUG on, localhost is let in without being listed, which is all that a project that has just begun needs.
    const isDebug = debug.certainly(isTruthy);
    if (isDebug && !context.isConfirmed) return;
    // Django does not start without a key: something that is not in the workspace completes this module.
    if (context.setting("SECRET_KEY").mustBe(isFalsy)?.origin !== undefined) return;
    const proof = context.setting("ALLOWED_HOSTS").judge(isEmpty);
    if (proof === undefined) return;
    const isSet = proof.origin !== undefined;
    const isOff = debug.certainly(isFalsy);
    // Without addresses to serve a module is for commands and workers, or a part of another one.
    if (!isSet && context.setting("ROOT_URLCONF").isUnset) return;
    context.report({
      proof,
      message: isDebug ? "debug" : isSet ? "empty" : "unset",
      // A missing variable is noticed with the first request, so it is not worth a warning.
      severity: isDebug || proof.missing.length > 0 || !(context.isConfirmed || isOff) ? "warning" : "error",
      // Django's check sees the settings as they are where it runs.
      djangoCheck: proof.missing.length > 0 ? "none" : undefined,
      fixes: [proof.missing.length > 0 ? undefined : readHosts(context, proof, { isRequired: true })],
    });
  },
});

/** `"".split(",")` has an item, and no host is called that. */
function isEmpty(value: Value): boolean {
  return "items" in value && value.items.every((item) => item.value.kind === "str" && item.value.value === "");
}
