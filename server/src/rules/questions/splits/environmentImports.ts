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
export function builtOnEnvironments({
  evaluation,
  module,
  project,
  source,
}: RuleContext): readonly EnvironmentImport[] {
  const body = source(module.file)?.ast.body ?? [];
  const firstSetting = body.findIndex((one) => one.kind !== "ImportFrom" && boundNames(one).some(isSettingName));
  const head = firstSetting < 0 ? body : body.slice(0, firstSetting);
  return evaluation.imports.flatMap((event) => {
    const { star, file, guarded, statement } = event;
    if (star === undefined || file === undefined || guarded || !head.includes(statement)) return [];
    const imported = project.modules.find((one) => one.file === file && one.className === undefined);
    const usage = imported && usageOf(imported);
    return imported === undefined || usage === undefined || file === module.file
      ? []
      : [{ event, file, imported, usage }];
  });
}

/** The environment that its own name says it is for, unless the configuration or the name says that others build on it. */
function usageOf({ role, evidence, name }: SettingsModule): Usage | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const isBase = isBaseName(last) || (role === "base" && evidence.some(({ kind }) => kind === "config"));
  return isBase ? undefined : usageOfModulePart(last);
}
