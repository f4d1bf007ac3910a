import { isInside, relativePath } from "../../../base/path";
import { siteOf, type EntryModule, type ReportedFix, type RuleContext } from "../../../lint/rule";
import { mostSimilar } from "../../../lint/similar";
import type { EntryPoint, Role, SettingsModule } from "../../../project/model";
import { usageOfPath } from "../../../project/nameWords";
import type { Site } from "../../../python/values/value";
import { replaceFix } from "../fixes/settingFixes";

type Context = RuleContext;

/** The file of an entry point as people name it: relative to the project. */
export function fileLabel(context: Context, point: EntryPoint): string {
  const { root } = context.project;
  const base = isInside(root, point.file) ? root : context.snapshot.listing.root;
  return relativePath(base, point.file);
}

/** Where an entry point names its module. */
export function pointSite(point: EntryPoint): Site {
  return siteOf(point.file, point.range);
}

/** The module, or the class of django-configurations, that an entry point selects, with its evaluation. */
export function selectedEntry(context: Context, point: EntryPoint): EntryModule | undefined {
  return context.entries.find(
    ({ module: { file, className } }) =>
      file === point.module && (className === undefined || className === point.configuration),
  );
}

/** What an entry point is for, also where only its kind or its path tells. */
export function purposeOf(context: Context, point: EntryPoint): EntryPoint["purpose"] {
  if (point.purpose !== "any") return point.purpose;
  const named = usageOfPath(relativePath(context.snapshot.listing.root, point.file));
  if (named !== undefined) return named;
  if (point.kind === "wsgi" || point.kind === "asgi" || point.kind === "celery") return "production";
  return point.kind === "manage.py" || point.kind === "mypy" || point.kind === "editor" ? "development" : "any";
}

const ROLES: Readonly<Record<EntryPoint["purpose"], readonly Role[]>> = {
  production: ["production", "single"],
  staging: ["staging", "production", "single"],
  development: ["development", "single"],
  test: ["test", "development", "single"],
  build: ["production", "single", "test"],
  any: ["single", "production", "development"],
};

/** The module that an entry point should rather select: one for its purpose, of several the most similar name; `undefined` when that is a guess. */
export function betterModule(context: Context, point: EntryPoint): SettingsModule | undefined {
  const candidates = context.project.modules.filter(
    (module) => module.isEntry && module.className === undefined && module.file !== point.module,
  );
  for (const role of ROLES[purposeOf(context, point)]) {
    const ofRole = candidates.filter((module) => module.role === role);
    // A worker's module runs in production, too; the one that is called so is meant.
    const named = ofRole.filter((module) => module.evidence.some(({ kind }) => kind === "name"));
    const fitting = named.length > 0 ? named : ofRole;
    const [only, second] = fitting;
    if (second === undefined && only !== undefined) return only;
    const near = mostSimilar(
      point.value ?? "",
      fitting.map((module) => module.name),
    );
    const nearest = fitting.find((module) => module.name === near);
    if (nearest !== undefined) return nearest;
    if (fitting.length > 0) return undefined;
  }
  return undefined;
}

/** A fix that makes an entry point select another module. */
export function selectInstead<Fix extends string>(
  point: EntryPoint,
  module: SettingsModule | undefined,
  id: Fix,
): ReportedFix<Fix> | undefined {
  return module && replaceFix(id, point, module.name, { module: module.name });
}
