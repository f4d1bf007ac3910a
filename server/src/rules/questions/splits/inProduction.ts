import { servesProduction } from "../../../lint/settingsModules";
import type { RuleContext } from "../../../lint/rule";

/** Whether production executes the settings file under examination, as its module or as a part of it. */
export function runsInProduction({ entries, file }: RuleContext): boolean {
  return entries.some(
    ({ module, evaluation }) => servesProduction(module.role) && evaluation.files.includes(file.path),
  );
}
