import { both, not } from "../../django/checks/check";
import {
  appRequirements,
  classRequirements,
  routeRequirements,
  type AppRequirement,
  type ClassRequirement,
  type RouteRequirement,
} from "../../django/requirements";
import { placeLabel } from "../../lint/phrases";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Site } from "../../python/values/value";
import { installedApp, lacksApps, type InstalledApp } from "../questions/apps/installedApps";
import { certainRoutes } from "../questions/apps/routes";
import { provenanceOf } from "../questions/assignments/assigned";
import { holdsAlways } from "../questions/checks/systemChecks";
import { entryOf, textOf } from "../questions/dicts/dicts";
import { leavesOf, type Leaf } from "../questions/dicts/leaves";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./app-missing-dependency.md";

type Context = ContextOf<typeof appMissingDependency>;

const SEVERITIES = ["error", "warning", "info"] as const;

export const appMissingDependency = defineRule({
  id: "app-missing-dependency",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["admin.E406"],
  messages: {
    missing: "{app} needs {needed} in INSTALLED_APPS: {reason}. Add it.",
    routed: "INSTALLED_APPS lacks {needed}, but {place} routes to {target}: {reason}. Add it.",
  },
  fixes: { insert: { safety: "safe", title: "Add {needed}" } },
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
    // A module without INSTALLED_APPS is hardly the whole of the settings.
    if (context.setting("INSTALLED_APPS").isUnset) return;
    for (const row of classRequirements) checkClass(context, row);
    checkRoutes(context);
  },
});

/** Views of packages in the URLconf whose app is not installed. */
function checkRoutes(context: Context): void {
  const apps = provenanceOf(context, "INSTALLED_APPS");
  if (apps === undefined) return;
  const missing = new Map<string, { readonly row: RouteRequirement; readonly site: Site }>();
  for (const { target, site } of certainRoutes(context)) {
    const row = routeRequirements.find(({ path }) => target === path || target.startsWith(`${path}.`));
    if (row !== undefined && !missing.has(row.needs) && holdsAlways(context, (one) => not(one.installs(row.needs))))
      missing.set(row.needs, { row, site });
  }
  const found = [...missing.values()];
  const worst = found.find(({ row }) => row.severity === "error") ?? found[0];
  if (worst === undefined) return;
  const { row, site } = worst;
  context.report({
    message: "routed",
    values: {
      needed: [...missing.keys()].join(" and "),
      place: placeLabel(context, site),
      target: row.path,
      reason: row.reason,
    },
    proof: apps,
    severity: row.severity,
    djangoCheck: "none",
    fixes: [insertFix("insert", placeInList(context, apps, {}), [...missing.keys()])],
  });
}

/** A class whose package has to be installed as an app. */
function checkClass(context: Context, { setting, path, needs, severity, reason, renderer }: ClassRequirement): void {
  if (context.setting(setting).isUnset || !isRendered(context, renderer)) return;
  const isIt = ({ value }: Leaf): boolean => textOf(value) === path;
  const proof = context.setting(setting).mustBe((value) => leavesOf(setting, value).some((leaf) => isIt(leaf)));
  if (proof?.origin === undefined || !lacksApps(context, [needs])) return;
  const apps = provenanceOf(context, "INSTALLED_APPS");
  // With what the app itself needs: else adding it would only bring the next finding.
  const rest = appRequirements.filter((row) => row.app === needs && lacksApps(context, [row.needs]));
  const needed = [...rest.map((row) => row.needs), needs];
  context.report({
    message: "missing",
    values: { app: path.split(/[.:]/).at(-1) ?? path, needed: needed.join(" and "), reason },
    proof,
    at: leavesOf(setting, proof.value).find(isIt)?.site,
    severity,
    djangoCheck: "none",
    fixes: [insertFix("insert", apps && placeInList(context, apps, {}), needed)],
  });
}

/** Whether Django REST Framework renders by a class: without a list it takes the browsable API, too. */
function isRendered({ setting }: Context, renderer: string | undefined): boolean {
  if (renderer === undefined) return true;
  return setting("REST_FRAMEWORK").certainly((value) => {
    const classes = entryOf(value, "DEFAULT_RENDERER_CLASSES");
    return (
      classes === "absent" ||
      (classes !== undefined && knownEntries(classes.value).some(({ text }) => text === renderer))
    );
  });
}

/** In all branches; where an entry may install the needed app under another name, nothing is missing. */
function isMissing(context: Context, { app, needs, check }: AppRequirement): boolean {
  // Older releases have no such check: where nobody opens the pages, as in tests of models, nothing is wrong.
  if (check !== undefined && context.djangoAtLeast(2, 2) === false) return false;
  return holdsAlways(context, (settings) => both(settings.installs(app), () => not(settings.installs(needs))));
}

function report(context: Context, { proof, entry, site }: InstalledApp, rows: readonly AppRequirement[]): void {
  const severity = SEVERITIES.find((one) => rows.some((row) => row.severity === one)) ?? "error";
  const first = rows.find((row) => row.severity === severity);
  const place = placeInList(context, proof, { after: [entry.text] });
  context.report({
    message: "missing",
    values: {
      app: first?.app ?? "",
      needed: rows.map(({ needs }) => needs).join(" and "),
      reason: first?.reason ?? "",
    },
    proof,
    at: site,
    severity,
    djangoCheck: rows.find(({ check }) => check !== undefined)?.check ?? "none",
    fixes: [
      insertFix(
        "insert",
        place,
        rows.map(({ needs }) => needs),
      ),
    ],
  });
}
