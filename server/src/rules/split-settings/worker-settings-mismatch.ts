import { baseName } from "../../base/path";
import { defineRule, siteOf, type ContextOf, type RuleContext } from "../../lint/rule";
import { serverOf, startsCelery } from "../../project/entryPoints/startCommand";
import type { EntryPoint, SettingsModule } from "../../project/model";
import { composeServices, type ComposeService } from "../questions/splits/composeServices";
import { betterModule, fileLabel, pointSite, selectInstead } from "../questions/splits/entryPoints";
import doc from "./worker-settings-mismatch.md";

type Context = ContextOf<typeof workerSettingsMismatch>;

export const workerSettingsMismatch = defineRule({
  id: "worker-settings-mismatch",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    service:
      "The service {worker} runs Celery with {value}: {file} selects it and nothing sets DJANGO_SETTINGS_MODULE. The service {web} runs with {other}. Set the variable for both.",
    defaults:
      "{file} selects {value} for Celery: the site runs with {other}, so tasks and requests work with other settings. Select {other}.",
    fallback:
      "{file} falls back to {value} for Celery: a worker started without DJANGO_SETTINGS_MODULE runs tasks with the {what} settings. Select {other}, or require the variable.",
  },
  fixes: { select: { safety: "unsafe", title: "Select {module}" } },
  doc,

  check(context) {
    const points = context.project.entryPoints;
    const celery = points.find(
      ({ kind, form, purpose }) => kind === "celery" && form === "setdefault" && purpose === "any",
    );
    const selected = celery && moduleOf(context, celery);
    if (celery === undefined || selected === undefined) return;
    if (reportServices(context, celery, selected)) return;
    const sites = points.filter(({ kind, form }) => (kind === "wsgi" || kind === "asgi") && form === "setdefault");
    // Beside one for staging, the file for production says what the site is.
    const site = sites.find(({ purpose }) => purpose === "production") ?? sites[0];
    const served = site && moduleOf(context, site);
    const isServed = served?.role === "production";
    // Without a site that says more, only what is for developers or for tests is wrong for workers.
    const isForOthers = selected.role === "development" || selected.role === "test";
    if (!isForOthers && !(isServed && (isBase(selected) || selected.role === "staging"))) return;
    const other = isServed ? served : betterModule(context, celery);
    if (other?.role !== "production") return;
    const isSet = points.some(({ form, purpose }) => form === "set" && purpose !== "development" && purpose !== "test");
    context.report({
      message: isServed && !isSet ? "defaults" : "fallback",
      values: { file: fileLabel(context, celery), value: selected.name, other: other.name, what: selected.role },
      at: pointSite(celery),
      // Platforms that set the variable set it for all processes; what the repository sets may leave out a worker that is yet to come.
      severity: isSet ? "hint" : "info",
      chain: isServed && site !== undefined ? [{ site: pointSite(site), text: `selects ${served.name}` }] : [],
      fixes: [selectInstead(celery, other, "select")],
    });
  },
});

/** An empty package is reported by `settings-module-is-empty-package`. */
function isBase({ role, file }: SettingsModule): boolean {
  return role === "base" && baseName(file) !== "__init__.py";
}

function moduleOf({ project }: RuleContext, point: EntryPoint): SettingsModule | undefined {
  return project.modules.find(({ file, className }) => file === point.module && className === undefined);
}

/** A worker of a compose file that gets another module than the site in the same file. */
function reportServices(context: Context, celery: EntryPoint, selected: SettingsModule): boolean {
  const services = composeServices(context);
  for (const worker of services) {
    if (!startsCelery(worker.command) || worker.settings !== undefined || worker.mayGetMore) continue;
    const web = services.find(
      (one) => one.file === worker.file && serverOf(one.command) !== undefined && one.settings !== undefined,
    );
    const other = web?.settings?.value;
    if (web === undefined || other === undefined || other === selected.name || other.includes("$")) continue;
    report(context, { worker, web: web.name, other, value: selected.name, file: fileLabel(context, celery) });
    return true;
  }
  return false;
}

interface Mismatch {
  readonly worker: ComposeService;
  readonly web: string;
  readonly other: string;
  readonly value: string;
  readonly file: string;
}

function report(context: Context, { worker, web, other, value, file }: Mismatch): void {
  const range = worker.commandRange;
  if (range === undefined) return;
  context.report({
    message: "service",
    values: { worker: worker.name, web, other, value, file },
    at: siteOf(worker.file, range),
  });
}
