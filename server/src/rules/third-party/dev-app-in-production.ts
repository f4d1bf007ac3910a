import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import {
  COMMAND_APPS,
  DEVELOPMENT_APPS,
  DEVELOPMENT_MIDDLEWARE,
  PROFILES_SOME,
} from "../questions/apps/developmentApps";
import { hasApp, installedApp } from "../questions/apps/installedApps";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { entrySite, knownEntries, type ListEntry } from "../questions/lists/entries";
import { middlewareSetting, shortName } from "../questions/middleware/middleware";
import { mayDependOnDebug } from "../questions/modules/branches";
import doc from "./dev-app-in-production.md";

export const devAppInProduction = defineRule({
  id: "dev-app-in-production",
  category: "third-party",
  severity: "warning",
  audience: "hardened",
  messages: {
    tool: "INSTALLED_APPS has {app} in {module}, which runs in {environment}: it is a tool for development, costs time, and may show what is inside. Install it in the settings of development.",
    middleware:
      "MIDDLEWARE has {app} in {module}, which runs in {environment}: it is a tool for development, costs time with each request, and may show what is inside. List it in the settings of development.",
    commands:
      "INSTALLED_APPS has {app} in {module}, which runs in {environment}: its commands are for development, and each process of the site loads it for nothing. Install it in the settings of development.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {app}" } },
  doc,

  check(context) {
    // Where DEBUG is on, that is what has to be said, save where visitors have both.
    const isDebug = context.setting("DEBUG").certainly(isTruthy);
    if (isDebug && !(context.isConfirmed && context.module.role !== "staging")) return;
    checkMiddleware(context, isDebug);
    for (const app of [...DEVELOPMENT_APPS, ...COMMAND_APPS]) {
      const installed = installedApp(context, app);
      if (installed === undefined) continue;
      const { proof, entry, site } = installed;
      if (isDebug && mayDependOnDebug(context, "INSTALLED_APPS", site)) continue;
      const isOfCommands = COMMAND_APPS.includes(app);
      // Without its app, a middleware would still be there.
      const isHere = entry.item.site?.file === context.module.file && !hasMiddlewareOf(context, app);
      context.report({
        message: isOfCommands ? "commands" : "tool",
        values: { app },
        severity: isOfCommands ? "hint" : undefined,
        proof,
        at: site,
        fixes: [isHere ? deleteElementFix("remove", entry.item.site) : undefined],
      });
    }
  },
});

/** Middleware without its app; with it, the app is what has to go. */
function checkMiddleware(context: ContextOf<typeof devAppInProduction>, isDebug: boolean): void {
  const setting = middlewareSetting(context);
  const isSampled = PROFILES_SOME.some((name) => !context.setting(name).isUnset);
  const found = (value: Value): ListEntry | undefined =>
    knownEntries(value).find(
      ({ text }) =>
        DEVELOPMENT_MIDDLEWARE.test(text) &&
        !(isSampled && isOf(text, "silk")) &&
        !DEVELOPMENT_APPS.some((app) => isOf(text, app) && hasApp(context, app)),
    );
  const proof = setting.mustBe((value) => found(value) !== undefined);
  const entry = proof && found(proof.value);
  if (proof === undefined || entry === undefined) return;
  const at = entrySite(proof, entry);
  if (isDebug && mayDependOnDebug(context, setting.name, at)) return;
  const isHere = entry.item.site?.file === context.module.file;
  context.report({
    message: "middleware",
    values: { app: shortName(entry.text) },
    proof,
    at,
    fixes: [isHere ? deleteElementFix("remove", entry.item.site) : undefined],
  });
}

function hasMiddlewareOf(context: RuleContext, app: string): boolean {
  return (
    middlewareSetting(context).mayBe((value) => knownEntries(value).some(({ text }) => isOf(text, app))) !== undefined
  );
}

function isOf(path: string, app: string): boolean {
  return path.split(".", 1)[0] === app.split(".", 1)[0];
}
