import { defineRule, type RuleContext } from "../../lint/rule";
import { joinPath, parentPath } from "../../base/path";
import type { Site } from "../../python/values/value";
import { celeryConfiguration } from "../questions/apps/celery";
import doc from "./celery-app-without-settings.md";

const VARIABLE = "DJANGO_SETTINGS_MODULE";

export const celeryAppWithoutSettings = defineRule({
  id: "celery-app-without-settings",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    none: "DJANGO_SETTINGS_MODULE is not set for this Celery app: it reads django.conf:settings, and its worker raises ImproperlyConfigured when it starts. Call os.environ.setdefault(...) above it, as wsgi.py does.",
  },
  doc,

  check(context) {
    const configuration = celeryConfiguration(context);
    if (configuration === undefined || isSelected(context, configuration.site)) return;
    const worker = context.project.starts.find(({ serves }) => serves === "worker");
    context.report({
      message: "none",
      at: configuration.site,
      // Without a worker in the deployment files it may be started with the variable.
      severity: worker === undefined ? "info" : undefined,
      chain: worker && [{ site: worker, text: "starts the worker" }],
    });
  },
});

/** Whether the app, its package or any file that is not Python selects a module. Errs towards yes. */
function isSelected({ project, snapshot }: RuleContext, { file }: Site): boolean {
  const packages = [parentPath(file), parentPath(parentPath(file))].map((folder) => joinPath(folder, "__init__.py"));
  const near = [file, ...packages].map((path) => snapshot.text(path) ?? "");
  const isNear = near.some(
    (text) => text.includes(VARIABLE) || /\b(?:django\.)?setup\(|settings\.configure\(/.test(text),
  );
  return isNear || project.entryPoints.some(({ form, purpose }) => form === "set" && purpose !== "test");
}
