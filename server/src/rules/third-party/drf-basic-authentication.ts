import { defineRule, type RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { addKeysFix, judgeClass } from "../questions/dicts/judgedKeys";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { isRedirectedInFront } from "../questions/hosts/frontServers";
import { isOff } from "../settingRule";
import doc from "./drf-basic-authentication.md";

const KEY = "DEFAULT_AUTHENTICATION_CLASSES";
const SESSION = "rest_framework.authentication.SessionAuthentication";
const BASIC = "rest_framework.authentication.BasicAuthentication";

/** Settings with which a project says that its visitors use HTTPS. */
const HTTPS_SIGNS = [
  "SECURE_SSL_REDIRECT",
  "SECURE_PROXY_SSL_HEADER",
  "SECURE_HSTS_SECONDS",
  "SESSION_COOKIE_SECURE",
  "CSRF_COOKIE_SECURE",
];

export const drfBasicAuthentication = defineRule({
  id: "drf-basic-authentication",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    listed:
      "REST_FRAMEWORK allows BasicAuthentication in {module}, which runs in {environment}: clients send passwords with every request, and no setting says that the site uses HTTPS, so they may travel in clear. Redirect to HTTPS, or use tokens or sessions.",
    unset:
      "REST_FRAMEWORK allows BasicAuthentication in {module}, which runs in {environment}: it sets no authentication classes, the default accepts passwords with every request, and no setting says that the site uses HTTPS. List the classes that clients need.",
  },
  fixes: {
    remove: { safety: "unsafe", title: "Remove BasicAuthentication" },
    add: { safety: "unsafe", title: "Use SessionAuthentication only" },
  },
  doc,

  check(context) {
    if (!hasApp(context, "rest_framework")) return;
    const found = judgeClass(context, "REST_FRAMEWORK", KEY, BASIC);
    if (found === undefined || mayUseHttps(context)) return;
    const { proof, entry, site, hasOthers } = found;
    const add = addKeysFix("add", entry === undefined ? writtenDict(context, proof) : undefined, [
      [KEY, (quote) => `[${quote(SESSION)}]`],
    ]);
    context.report({
      message: entry === undefined ? "unset" : "listed",
      proof,
      at: site ?? entry?.site,
      severity: entry === undefined ? "hint" : undefined,
      fixes: [hasOthers ? deleteElementFix("remove", site) : undefined, add],
    });
  },
});

/** Some setting turns HTTPS on or depends on the environment, or a server in front of Django redirects to it. */
function mayUseHttps(context: RuleContext): boolean {
  return HTTPS_SIGNS.some((name) => !context.setting(name).certainly(isOff)) || isRedirectedInFront(context);
}
