import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf } from "../../lint/rule";
import { sendsHsts } from "../questions/https/hsts";
import { tlsProxy } from "../questions/https/proxies";
import { knownEntries } from "../questions/lists/entries";
import { CSRF, hasMiddleware } from "../questions/middleware/middleware";
import doc from "./proxy-ssl-header-missing.md";

type Context = ContextOf<typeof proxySslHeaderMissing>;

export const proxySslHeaderMissing = defineRule({
  id: "proxy-ssl-header-missing",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    forms:
      "SECURE_PROXY_SSL_HEADER is not set in {module}: {proxy} ends HTTPS, so Django takes each request for plain HTTP and refuses forms with 403, because their Origin header says https. {remedy}",
    links:
      "SECURE_PROXY_SSL_HEADER is not set in {module}: {proxy} ends HTTPS, so Django takes each request for plain HTTP, and absolute links begin with http. {remedy}",
  },
  doc,

  check(context) {
    // What is worse has the same cause: a redirect that never ends, and a header that is never sent.
    if (context.setting("SECURE_SSL_REDIRECT").mayBe(isTruthy) !== undefined) return;
    if (sendsHsts(context) && context.setting("SECURE_HSTS_SECONDS").mayBe(isTruthy) !== undefined) return;
    const proxy = tlsProxy(context);
    const proof = proxy && context.setting("SECURE_PROXY_SSL_HEADER").mustBe(() => true);
    if (proof === undefined) return;
    const refuses = refusesForms(context);
    context.report({
      message: refuses ? "forms" : "links",
      values: { proxy: proxy?.name ?? "", remedy: proxy?.remedy ?? "" },
      proof,
      chain: proxy?.chain,
      severity: refuses ? "warning" : undefined,
    });
  },
});

/** Since 4.0 the Origin header has to be the site's own address, scheme included, or one of CSRF_TRUSTED_ORIGINS (django/middleware/csrf.py). */
function refusesForms(context: Context): boolean {
  if (context.djangoAtLeast(4, 0) !== true || !hasMiddleware(context, CSRF)) return false;
  return context
    .setting("CSRF_TRUSTED_ORIGINS")
    .certainly(
      (value) =>
        value.kind === "unset" || ("items" in value && knownEntries(value).length === 0 && value.items.length === 0),
    );
}
