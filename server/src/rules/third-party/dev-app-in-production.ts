import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { COMMAND_APPS, DEVELOPMENT_APPS } from "../questions/apps/developmentApps";
import { installedApp } from "../questions/apps/installedApps";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import doc from "./dev-app-in-production.md";

export const devAppInProduction = defineRule({
  id: "dev-app-in-production",
  category: "third-party",
  severity: "warning",
  audience: "hardened",
  messages: {
    tool: "INSTALLED_APPS has {app} in {module}, which runs in {environment}: it is a tool for development, costs time, and may show what is inside. Install it in the settings of development.",
    commands:
      "INSTALLED_APPS has {app} in {module}, which runs in {environment}: its commands are for development, and each process of the site loads it for nothing. Install it in the settings of development.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {app}" } },
  doc,

  check(context) {
    // Where DEBUG is on, that is what has to be said.
    if (context.setting("DEBUG").certainly(isTruthy)) return;
    for (const app of [...DEVELOPMENT_APPS, ...COMMAND_APPS]) {
      const installed = installedApp(context, app);
      if (installed === undefined) continue;
      const { proof, entry, site } = installed;
      const isOfCommands = COMMAND_APPS.includes(app);
      const isHere = entry.item.site?.file === context.module.file;
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
