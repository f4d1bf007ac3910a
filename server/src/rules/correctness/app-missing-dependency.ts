import { appRequirements, type AppRequirement } from "../../django/requirements";
import { both, not } from "../../django/checks/check";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { chainFrom, installedApp, placeInList, type InstalledApp } from "../questions/assignedSites";
import { checkUnlessDenied, holdsAlways } from "../questions/djangoSays";
import doc from "./app-missing-dependency.md";

type Context = RuleContext<"missing", "insert">;

const SEVERITIES = ["error", "warning", "info"] as const;

export const appMissingDependency = defineRule<"missing", "insert">({
  id: "app-missing-dependency",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["admin.E406"],
  messages: { missing: "{app} needs {needed} in INSTALLED_APPS: {reason}. Add it." },
  fixes: { insert: { safety: "safe", title: "Add {needed}" } },
  onByDefault: true,
  doc,

  check(context) {
    const reported = new Set<string>();
    for (const app of new Set(appRequirements.map((row) => row.app))) {
      const installed = installedApp(context, app);
      if (installed === undefined) continue;
      const rows = appRequirements.filter(
        (row) => row.app === app && !reported.has(row.needs) && isMissing(context, row),
      );
      for (const { needs } of rows) reported.add(needs);
      if (rows.length > 0) report(context, installed, rows);
    }
  },
});

/** In all branches; where an entry may install the needed app under another name, nothing is missing. */
function isMissing(context: Context, { app, needs }: AppRequirement): boolean {
  return holdsAlways(context, (settings) => both(settings.installs(app), () => not(settings.installs(needs))));
}

function report(context: Context, installed: InstalledApp, rows: readonly AppRequirement[]): void {
  const gravest = SEVERITIES.find((severity) => rows.some((row) => row.severity === severity)) ?? "error";
  const first = rows.find(({ severity }) => severity === gravest);
  const check = rows.find((row) => row.check !== undefined)?.check;
  const needed = rows.map(({ needs }) => needs).join(" and ");
  context.report({
    message: "missing",
    values: { app: first?.app ?? "", needed, reason: first?.reason ?? "" },
    at: installed.site,
    setting: "INSTALLED_APPS",
    severity: gravest,
    djangoCheck: check === undefined ? "none" : checkUnlessDenied(context, check),
    chain: chainFrom(context, "INSTALLED_APPS", installed.proof, installed.site),
    fixes: fixesOf(context, installed, rows).map((fix) => ({ ...fix, values: { needed } })),
  });
}

function fixesOf(
  context: Context,
  { proof, entry }: InstalledApp,
  rows: readonly AppRequirement[],
): readonly ReportedFix<"insert">[] {
  const place = placeInList(context, proof, { after: [entry.text] });
  if (place === undefined) return [];
  const { file, list, index } = place;
  return [
    {
      id: "insert",
      edit: (edit) => {
        for (const { needs } of rows) edit.insertElement(file, list, index, edit.quote(file, needs));
      },
    },
  ];
}
