import { isSettingName } from "../../../project/djangoNames";
import type { FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import type { SettingsModule } from "../../../project/model";
import { isBaseName, usageOfModulePart, type Usage } from "../../../project/nameWords";
import type { ImportEvent } from "../../../python/program/evaluation";
import { boundNames } from "../../../syntax/statements";

/** A star import that makes one environment's settings the base of another's. */
export interface EnvironmentImport {
  readonly event: ImportEvent;
  readonly file: FilePath;
  readonly imported: SettingsModule;
  /** What the imported module is for. */
  readonly usage: Usage;
}

/**
 * The modules of other environments that the module under examination is built on: their star imports stand at its top level, with no
 * condition around and no setting before them. What is imported later, or where it may be missing, is there to override.
 */
export function builtOnEnvironments(context: RuleContext): readonly EnvironmentImport[] {
  const { evaluation, module, source } = context;
  const body = source(module.file)?.ast.body ?? [];
  const firstSetting = body.findIndex((one) => one.kind !== "ImportFrom" && boundNames(one).some(isSettingName));
  const head = firstSetting < 0 ? body : body.slice(0, firstSetting);
  return evaluation.imports
    .filter(({ guarded, statement }) => !guarded && head.includes(statement))
    .flatMap((event) => environmentImport(context, event));
}

/**
 * The star imports of other environments' modules in what the module under examination is built on, executed or not. A `local` that
 * may be missing is one machine's.
 */
export function carriedEnvironments(context: RuleContext): readonly EnvironmentImport[] {
  const { evaluation, module } = context;
  return evaluation.imports
    .filter(({ site }) => site.file !== module.file)
    .flatMap((event) => environmentImport(context, event))
    .filter(({ event, imported }) => !event.guarded || !/local\w{0,40}$/i.test(imported.name));
}

function environmentImport({ project, module }: RuleContext, event: ImportEvent): readonly EnvironmentImport[] {
  const { star, file } = event;
  const imported = project.modules.find((one) => one.file === file && one.className === undefined);
  const usage = imported && usageOf(imported);
  if (star === undefined || file === undefined || file === module.file) return [];
  return imported === undefined || usage === undefined ? [] : [{ event, file, imported, usage }];
}

/** The environment that its own name says it is for, unless the configuration or the name says that others build on it. */
function usageOf({ role, evidence, name }: SettingsModule): Usage | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const isBase = isBaseName(last) || (role === "base" && evidence.some(({ kind }) => kind === "config"));
  return isBase ? undefined : usageOfModulePart(last);
}
