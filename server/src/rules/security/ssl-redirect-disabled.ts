import type { RuleContext } from "../../lint/rule";
import { canFollowDebug } from "../questions/fixes/conditions";
import { isRedirectedInFront } from "../questions/hosts/frontServers";
import { knownEntries } from "../questions/lists/entries";
import { hasMiddleware, middlewareSetting, SECURITY } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import { followsScheme, TLS_ELSEWHERE } from "../questions/https/scheme";
import doc from "./ssl-redirect-disabled.md";

/** Middleware of packages that redirect to HTTPS themselves. */
const REDIRECTING = /ssl|https|secure_?redirect/i;

export const sslRedirectDisabled = defineSettingRule({
  id: "ssl-redirect-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W008"],
  setting: "SECURE_SSL_REDIRECT",
  matters: (context, proof) =>
    hasMiddleware(context, SECURITY) && !followsScheme(proof) && !redirectsElsewhere(context),
  documentedBy: TLS_ELSEWHERE,
  messages: {
    off: "SECURE_SSL_REDIRECT is off in {module}, which runs in {environment}: visitors who arrive over HTTP are not redirected. Set it to True, unless a server in front redirects.",
    unset:
      "Nothing sends visitors of {module}, which runs in {environment}, from HTTP to HTTPS. Set SECURE_SSL_REDIRECT = True, unless a server in front does it.",
  },
  fixes: {
    followDebug: {
      safety: "unsafe",
      title: "Set SECURE_SSL_REDIRECT = not DEBUG",
      set: "not DEBUG",
      when: canFollowDebug,
    },
    redirect: { safety: "unsafe", set: "True" },
  },
  doc,
});

function redirectsElsewhere(context: RuleContext): boolean {
  const isByMiddleware = middlewareSetting(context).mayBe((value) =>
    knownEntries(value).some(({ text }) => REDIRECTING.test(text)),
  );
  return isByMiddleware !== undefined || isRedirectedInFront(context);
}
