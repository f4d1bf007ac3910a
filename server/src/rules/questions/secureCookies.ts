import type { FixDeclaration, Report, ReportedFix, RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { overrideOf } from "./override";
import { canFollowDebug } from "./switches";
import { aboutSetting } from "./settingReport";

export type SecureCookieFix = "setTrue" | "followDebug";

export const SECURE_COOKIE_FIXES: Readonly<Record<SecureCookieFix, FixDeclaration>> = {
  setTrue: { safety: "unsafe", title: "Set {setting} = True in {module}" },
  followDebug: { safety: "unsafe", title: "Set {setting} = not DEBUG" },
};

/** The report of a cookie that browsers send over plain HTTP, too: switched off, or left at Django's default. */
export function secureCookieReport(
  context: RuleContext<never, never>,
  setting: string,
  proof: Proof,
): Report<"off" | "unset", SecureCookieFix> {
  return {
    ...aboutSetting(context, setting, proof),
    message: proof.origin === undefined ? "unset" : "off",
    fixes: secureCookieFixes(context, setting, proof),
  };
}

/** Ways to keep a cookie off plain HTTP. With one settings module the value follows DEBUG, or development would lose its cookies. */
function secureCookieFixes(
  context: RuleContext<never, never>,
  setting: string,
  proof: Proof,
): readonly ReportedFix<SecureCookieFix>[] {
  const override = overrideOf(context, setting, proof);
  if (override === undefined) return [];
  const setTrue: ReportedFix<SecureCookieFix> = {
    id: "setTrue",
    values: { setting, module: context.module.name },
    edit: (edit) => override.write(edit, "True"),
  };
  const followDebug: ReportedFix<SecureCookieFix> = {
    id: "followDebug",
    values: { setting },
    edit: (edit) => override.write(edit, "not DEBUG"),
  };
  return canFollowDebug(context) ? [followDebug, setTrue] : [setTrue];
}
