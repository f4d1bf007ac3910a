import { chainOf, environmentOf } from "../../lint/chain";
import type { FixDeclaration, Report, ReportedFix, RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { isTheTrue } from "../../django/checks/securityValues";
import { bindingOf } from "./bindings";
import { overrideOf } from "./override";

type Context = RuleContext<never, never>;

/** What every report about a setting of a module has: where it stands, how it gets there, and the texts that messages name. */
export function aboutSetting(context: Context, setting: string, proof: Proof) {
  const { module } = context;
  return {
    values: { module: module.name, environment: environmentOf(module), setting },
    at: proof.site,
    setting,
    chain: chainOf(context, setting, proof),
  } as const satisfies Partial<Report>;
}

/** Proof that a setting certainly is not True, as Django's own checks want it; an unset one where Django has no default that is. */
export function isNotTrue(context: Context, name: string): Proof | undefined {
  return context.setting(name).mustBe((value) => value.kind === "unset" || isTheTrue(value) === false);
}

/** The fix `{setting} = {value}`, for rules that give its id. */
export const assignDeclaration = (safety: FixDeclaration["safety"]): FixDeclaration => ({
  safety,
  title: "Set {setting} = {value} in {module}",
});

/** Gives a setting a value (Python source; quoted where it is a text) in the module that a finding is about; none where that is a class without it. */
export function assignFix<Id extends string>(
  context: Context,
  id: Id,
  proof: Proof,
  setting: string,
  value: { readonly source: string } | { readonly text: string },
): readonly ReportedFix<Id>[] {
  const override = overrideOf(context, setting, proof);
  if (override === undefined) return [];
  const shown = "source" in value ? value.source : `"${value.text}"`;
  return [
    {
      id,
      values: { setting, value: shown, module: context.module.name },
      edit: (edit) => override.write(edit, "source" in value ? value.source : edit.quote(override.file, value.text)),
    },
  ];
}

/**
 * Deletes the one assignment that gives a setting its value: nothing else binds or changes it, and nothing is made from it, so
 * that Django's default takes its place everywhere.
 */
export function deleteFix<Id extends string>(
  context: Context,
  id: Id,
  proof: Proof,
  setting: string,
): readonly ReportedFix<Id>[] {
  const { evaluation } = context;
  const binding = bindingOf(evaluation, proof.outcome);
  if (binding === undefined || proof.overridable !== undefined) return [];
  const { statement, step } = binding;
  const isPlain =
    (statement.kind === "Assign" && statement.targets.length === 1 && statement.targets[0]?.kind === "Name") ||
    statement.kind === "AnnAssign";
  const isOnly =
    evaluation.bindings.every((one) => one.name !== setting || one.statement === statement) &&
    evaluation.mutations.every((one) => one.name !== setting) &&
    evaluation.bindings.every((one) => one.name === setting || one.reads.every((read) => read.name !== setting));
  if (!isPlain || !isOnly) return [];
  return [{ id, values: { setting }, edit: (edit) => edit.deleteStatement(step.site.file, statement) }];
}
