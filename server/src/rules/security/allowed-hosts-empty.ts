import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
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
      "{module} runs in {environment} and does not set ALLOWED_HOSTS: with DEBUG off, Django answers every request with 400. List the hosts that it serves.",
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read ALLOWED_HOSTS from the environment" } },
  doc,

  check(context) {
    const debug = context.setting("DEBUG");
    // With DEBUG on, localhost is let in without being listed; that DEBUG is on is another rule's finding.
    if (debug.certainly(isTruthy)) return;
    // Django does not start without a key: something that is not in the workspace completes this module.
    if (context.setting("SECRET_KEY").mustBe(isFalsy)?.origin !== undefined) return;
    const proof = context.setting("ALLOWED_HOSTS").mustBe((value) => "items" in value && value.items.length === 0);
    if (proof === undefined) return;
    const isSet = proof.origin !== undefined;
    // Without addresses to serve a module is for commands and workers, or a part of another one.
    if (!isSet && context.setting("ROOT_URLCONF").isUnset) return;
    context.report({
      proof,
      message: isSet ? "empty" : "unset",
      severity: context.isConfirmed || debug.certainly(isFalsy) ? "error" : "warning",
      fixes: [readHosts(context, proof)],
    });
  },
});
