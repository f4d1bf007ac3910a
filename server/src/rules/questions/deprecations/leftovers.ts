import type { RemovedSetting } from "../../../django/removed";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { findSettingRead } from "../../../project/codeIndex";
import type { Value } from "../../../python/values/value";

/** Proof that a module binds a name of an earlier Django, which is there for Django alone. */
export function leftover(context: RuleContext, row: RemovedSetting): Proof | undefined {
  const proof = context.setting(row.name).mayBe(isBound);
  return proof?.origin === undefined || isReadByOthers(context, row) ? undefined : proof;
}

/** Whether the module itself binds the name: something from outside may bind any name. */
export function isBound(value: Value): boolean {
  return (
    value.kind !== "unset" &&
    (value.kind !== "unknown" || (value.because.kind !== "import" && value.because.kind !== "overwritten"))
  );
}

/**
 * Whether other settings are made from it, a package or the project's own code asks for it: then it is more than a name that
 * Django once read.
 */
function isReadByOthers(context: RuleContext, { name, readBy }: RemovedSetting): boolean {
  const { evaluation, snapshot, project } = context;
  const others = [...evaluation.bindings.filter((binding) => binding.name !== name), ...evaluation.branches];
  if (others.some(({ reads }) => reads.some((read) => read.name === name))) return true;
  return readBy.some(context.hasPackage) || findSettingRead(snapshot, project.root, name) !== undefined;
}
