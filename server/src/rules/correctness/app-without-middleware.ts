import { table } from "../../base/table";
import { lacksMiddleware as lacksClass } from "../../django/checks/admin";
import { both } from "../../django/checks/check";
import { middlewareRequirements, type MiddlewareRequirement } from "../../django/requirements";
import { defineRule, type ContextOf, type MessageOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { installedApp, type InstalledApp } from "../questions/apps/installedApps";
import { hasOlder } from "../questions/apps/packages";
import { provenanceOf } from "../questions/assignments/assigned";
import { holdsAlways } from "../questions/checks/systemChecks";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { lacksMiddleware, middlewareSetting, shortName } from "../questions/middleware/middleware";
import doc from "./app-without-middleware.md";

type Context = ContextOf<typeof appWithoutMiddleware>;

const MESSAGE_OF_CHECK: Readonly<Record<string, MessageOf<typeof appWithoutMiddleware>>> = table({
  "admin.E408": "user",
  "admin.E409": "messages",
  "admin.E410": "sessions",
});
const TEXT = "{app} needs {middleware} in {setting}: {reason}. Add it{place}.";

export const appWithoutMiddleware = defineRule({
  id: "app-without-middleware",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["admin.E408", "admin.E409", "admin.E410"],
  messages: { missing: TEXT, sessions: TEXT, user: TEXT, messages: TEXT },
  fixes: { insert: { safety: "unsafe", title: "Add {middleware}" } },
  doc,

  check(context) {
    const setting = middlewareSetting(context);
    // Where nothing is set, the module is hardly the whole of the settings.
    if (setting.isUnset) return;
    const reported = new Set<string>();
    for (const row of middlewareRequirements) {
      const installed = reported.has(row.middleware) ? undefined : installedApp(context, row.app);
      const proof = installed && missing(context, row);
      if (installed === undefined || proof === undefined) continue;
      reported.add(row.middleware);
      report(context, proof, row, installed);
    }
  },
});

/** Of what Django checks itself its own answer counts: a class that derives from the one that is missing is as good. */
function missing(context: Context, row: MiddlewareRequirement): Proof | undefined {
  if (row.since !== undefined && hasOlder(context, row.since)) return undefined;
  if (row.check === undefined) {
    // Tests often do with less.
    return context.module.role === "test" ? undefined : lacksMiddleware(context, row.alternatives);
  }
  const { name } = middlewareSetting(context);
  const isMissing = holdsAlways(context, (settings) =>
    both(settings.installs(row.app), () => lacksClass(settings, row.middleware)),
  );
  return name === "MIDDLEWARE" && isMissing ? provenanceOf(context, name) : undefined;
}

function report(context: Context, proof: Proof, row: MiddlewareRequirement, installed: InstalledApp): void {
  const place = row.after.length > 0 ? ` below ${row.after.map(shortName).join(" and ")}` : "";
  context.report({
    message: MESSAGE_OF_CHECK[row.check ?? ""] ?? "missing",
    values: { app: row.app, middleware: shortName(row.middleware), reason: row.reason, place },
    proof,
    at: installed.site,
    severity: row.severity,
    djangoCheck: row.check ?? "none",
    fixes: [insertFix("insert", placeInList(context, proof, row), row.middleware)],
  });
}
