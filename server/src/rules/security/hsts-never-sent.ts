import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { isSentInFront } from "../questions/hosts/frontServers";
import { sendsHsts } from "../questions/https/hsts";
import { tlsProxy } from "../questions/https/proxies";
import doc from "./hsts-never-sent.md";

export const hstsNeverSent = defineRule({
  id: "hsts-never-sent",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 8] },
  messages: {
    never:
      "SECURE_HSTS_SECONDS has no effect in {module}, which runs in {environment}: {proxy} ends HTTPS, and Django, which gets plain HTTP, sends the header over HTTPS only. {remedy}",
  },
  doc,

  check(context) {
    // A redirect that never ends is worse, and has the same cause: `ssl-redirect-loop`.
    if (!sendsHsts(context) || context.setting("SECURE_SSL_REDIRECT").mayBe(isTruthy) !== undefined) return;
    const proof = context.setting("SECURE_HSTS_SECONDS").mustBe(isTruthy);
    const proxy = proof && tlsProxy(context);
    if (proof === undefined || proxy === undefined || isSentInFront(context, "hsts")) return;
    context.report({
      message: "never",
      values: { proxy: proxy.name, remedy: proxy.remedy },
      proof,
      chain: proxy.chain,
    });
  },
});
