import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { tlsProxy } from "../questions/https/proxies";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import doc from "./ssl-redirect-loop.md";

export const sslRedirectLoop = defineRule({
  id: "ssl-redirect-loop",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 8] },
  messages: {
    loop: "SECURE_SSL_REDIRECT redirects forever in {module}, which runs in {environment}: {proxy} ends HTTPS, and Django gets plain HTTP. {remedy}",
  },
  doc,

  check(context) {
    if (!hasMiddleware(context, SECURITY)) return;
    const proof = context.setting("SECURE_SSL_REDIRECT").mustBe(isTruthy);
    const proxy = proof && tlsProxy(context);
    if (proof === undefined || proxy === undefined) return;
    context.report({
      message: "loop",
      values: { proxy: proxy.name, remedy: proxy.remedy },
      proof,
      chain: proxy.chain,
    });
  },
});
