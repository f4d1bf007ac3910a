import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { knownEntries } from "../questions/entries";
import { listsMiddleware, middlewareSetting, SECURITY } from "../questions/middleware";
import { overrideOf } from "../questions/override";
import { isRedirectedInFront } from "../questions/proxies";
import { canFollowDebug, isOff } from "../questions/switches";
import { aboutSetting } from "../questions/settingReport";
import doc from "./ssl-redirect-disabled.md";

type Messages = "off" | "unset";
type Fixes = "redirect" | "followDebug";

const SETTING = "SECURE_SSL_REDIRECT";
/** Middleware of packages that redirect to HTTPS themselves. */
const REDIRECTING = /ssl|https|secure_?redirect/i;

export const sslRedirectDisabled = defineRule<Messages, Fixes>({
  id: "ssl-redirect-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  djangoChecks: ["security.W008"],
  messages: {
    off: "SECURE_SSL_REDIRECT is off in {module}, which runs in {environment}: who comes over plain HTTP stays there. Set it to True, unless a server in front redirects.",
    unset:
      "Nothing sends visitors of {module}, which runs in {environment}, from HTTP to HTTPS. Set SECURE_SSL_REDIRECT = True, unless a server in front does it.",
  },
  fixes: {
    redirect: { safety: "unsafe", title: "Set SECURE_SSL_REDIRECT = True in {module}" },
    followDebug: { safety: "unsafe", title: "Set SECURE_SSL_REDIRECT = not DEBUG" },
  },
  onByDefault: true,
  doc,

  check(context) {
    if (listsMiddleware(context, SECURITY) === undefined || hasRedirectingMiddleware(context)) return;
    const proof = isOff(context, SETTING);
    if (proof === undefined || isRedirectedInFront(context)) return;
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: fixesOf(context, proof),
    });
  },
});

function hasRedirectingMiddleware(context: RuleContext<never, never>): boolean {
  return (
    middlewareSetting(context).mayBe((value) => knownEntries(value).some(({ text }) => REDIRECTING.test(text))) !==
    undefined
  );
}

function fixesOf(context: RuleContext<Messages, Fixes>, proof: Proof): readonly ReportedFix<Fixes>[] {
  const override = overrideOf(context, SETTING, proof);
  if (override === undefined) return [];
  const redirect: ReportedFix<Fixes> = {
    id: "redirect",
    values: { module: context.module.name },
    edit: (edit) => override.write(edit, "True"),
  };
  const followDebug: ReportedFix<Fixes> = {
    id: "followDebug",
    edit: (edit) => override.write(edit, "not DEBUG"),
  };
  return canFollowDebug(context) ? [followDebug, redirect] : [redirect];
}
