import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import { hasApp } from "../questions/apps/installedApps";
import { setDeclaration, setFix } from "../questions/fixes/settingFixes";
import { isLocalOrigin } from "../questions/hosts/cors";
import { allEntries } from "../questions/lists/entries";
import { hasMiddleware, hasSessions, SECURITY } from "../questions/middleware/middleware";
import doc from "./https-forced-in-development.md";

/** Signs of a development server or a proxy in front of it that speaks TLS. */
const SERVES_TLS =
  /runsslserver|runserver_plus|mkcert|ssl_certificate|--(?:cert|ssl-?)|certfile|websecure|\bhttps:\/\/localhost/;

export const httpsForcedInDevelopment = defineRule({
  id: "https-forced-in-development",
  category: "security",
  severity: "warning",
  audience: "development",
  aboutRequests: true,
  messages: {
    redirect:
      "SECURE_SSL_REDIRECT is True in {module}: the module is for development, and runserver does not speak HTTPS, so every page redirects to an address that nothing answers. Set it to False here.",
    cookie:
      "{setting} is True in {module}, a module for development: over plain HTTP browsers drop the cookie, or keep it at localhost only, so that {loss}. Set it to False here.",
  },
  fixes: { turnOff: setDeclaration("safe") },
  doc,

  check(context) {
    if (!isServedLocally(context)) return;
    if (hasMiddleware(context, SECURITY)) report(context, "redirect", "SECURE_SSL_REDIRECT", "");
    if (hasSessions(context)) report(context, "cookie", "SESSION_COOKIE_SECURE", "nobody stays logged in");
    report(context, "cookie", "CSRF_COOKIE_SECURE", "forms are refused");
  },
});

function report(
  context: RuleContext<"redirect" | "cookie", "turnOff">,
  message: "redirect" | "cookie",
  name: string,
  loss: string,
): void {
  const proof = context.setting(name).mustBe(isTruthy);
  if (proof === undefined) return;
  context.report({
    message,
    values: { loss },
    proof,
    severity: message === "cookie" ? "info" : undefined,
    fixes: [setFix(context, "turnOff", proof, "False")],
  });
}

/** Run by developers over plain HTTP, and not on a server that is called so: no sign of TLS anywhere. */
function isServedLocally(context: RuleContext): boolean {
  if (hasApp(context, "sslserver", "django_extensions") || !context.setting("DEBUG").certainly(isTruthy)) return false;
  if (!context.setting("SECURE_PROXY_SSL_HEADER").certainly((value) => value.kind === "unset" || isFalsy(value)))
    return false;
  const isLocal = context
    .setting("ALLOWED_HOSTS")
    .certainly((value) => allEntries(value)?.every(({ text }) => text === "*" || isLocalOrigin(text)) === true);
  return isLocal && !deploymentFiles(context.snapshot).some(({ text }) => SERVES_TLS.test(text));
}
