import { isFalsy } from "../lint/effective";
import {
  defineRule,
  type FixDeclaration,
  type ReportedFix,
  type Rule,
  type RuleContext,
  type RuleDeclaration,
} from "../lint/rule";
import type { Proof } from "../lint/setting";
import type { Value } from "../python/values/value";
import { isDocumented } from "./questions/assignments/comments";
import { deleteSettingFix, setDeclaration, setFix, type Written } from "./questions/fixes/settingFixes";

/** A rule about one setting: what makes its value bad, when that matters, and what to write instead. */
export interface SettingRule<Messages extends string, Fixes extends string> extends Omit<
  RuleDeclaration<Messages, Fixes>,
  "check" | "fixes" | "messages"
> {
  readonly setting: string;
  /** Of the value, or of Django's default; {@link isOff} unless said. */
  readonly isBad?: (value: Value) => boolean;
  /** What a missing variable makes of the value does not count; unless said, all three readings do. */
  readonly onlyCertain?: true;
  /** Whether a bad value does harm here; always unless said. */
  readonly matters?: (context: RuleContext, proof: Proof) => boolean;
  /** What a comment at the line says where the value is meant: the finding is a hint then. */
  readonly documentedBy?: Pick<RegExp, "test">;
  /** One for a value that is written and, called `unset`, one for a setting that is not; or one for both. */
  readonly messages: Readonly<Record<Messages, string>>;
  readonly fixes?: Readonly<Record<Fixes, SettingFix>>;
}

/** A fix of a setting's value; the title is "Set {setting} = {value} in {module}" unless said. */
export type SettingFix = {
  readonly safety: FixDeclaration["safety"];
  readonly title?: string;
  /** Whether it is offered; always unless said. */
  readonly when?: (context: RuleContext, proof: Proof) => boolean;
} & (
  | { readonly set: Written }
  /** Deletes the assignment, so that Django's default takes its place. Where that is possible, the other fixes are not offered. */
  | { readonly remove: true }
);

/** Off: a false value, or unset where Django has no default that is on. */
export function isOff(value: Value): boolean {
  return value.kind === "unset" || isFalsy(value);
}

/** Makes a rule of a declaration. */
export function defineSettingRule<Messages extends string, Fixes extends string = never>({
  setting,
  isBad = isOff,
  onlyCertain,
  matters = () => true,
  documentedBy,
  fixes,
  ...declaration
}: SettingRule<Messages, Fixes>): Rule<Messages, Fixes> {
  const offered = Object.entries<SettingFix>(fixes ?? {}) as [Fixes, SettingFix][];
  const declared = offered.map(([id, fix]) => [id, { ...setDeclaration(fix.safety), ...titleOf(fix) }]);
  return defineRule<Messages, Fixes>({
    ...declaration,
    fixes: Object.fromEntries(declared) as Record<Fixes, FixDeclaration>,
    check(context) {
      const effective = context.setting(setting);
      const proof = onlyCertain === true ? effective.mustBe(isBad) : effective.judge(isBad);
      if (proof === undefined || !matters(context, proof)) return;
      const ids = Object.keys(declaration.messages) as Messages[];
      const unset = proof.origin === undefined ? ids.find((id) => id === "unset") : undefined;
      const message = unset ?? ids.find((id) => id !== "unset");
      if (message === undefined) return;
      const isMeant = documentedBy !== undefined && isDocumented(context, proof, documentedBy);
      const severity = isMeant ? ("hint" as const) : undefined;
      context.report({ message, proof, severity, fixes: fixesFor(context, proof, offered) });
    },
  });
}

function titleOf({ title }: SettingFix): Partial<FixDeclaration> {
  return title === undefined ? {} : { title };
}

/** None where a variable makes the value bad, by what a deployment file sets or by being missing: the source reads it already. */
function fixesFor<Fixes extends string>(
  context: RuleContext,
  proof: Proof,
  offered: readonly (readonly [Fixes, SettingFix])[],
): readonly (ReportedFix<Fixes> | undefined)[] {
  if (proof.missing.length > 0 || proof.deployed.length > 0) return [];
  const wanted = offered.filter(([, { when }]) => when === undefined || when(context, proof));
  for (const [id, fix] of wanted) {
    const removal = "remove" in fix ? deleteSettingFix(context, id, proof) : undefined;
    if (removal !== undefined) return [removal];
  }
  return wanted.map(([id, fix]) => ("set" in fix ? setFix(context, id, proof, fix.set) : undefined));
}
