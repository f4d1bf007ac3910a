import { isTruthy } from "../../lint/effective";
import type { RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mayBeImported } from "../questions/assignments/assigned";
import { comesFromDeployment } from "../questions/environment/environment";
import { readFromEnvironment } from "../questions/fixes/settingFixes";
import { defineSettingRule } from "../settingRule";
import doc from "./secret-key-empty.md";

/** What an environment that lacks the variable makes of a key is the business of other rules. */
export const secretKeyEmpty = defineSettingRule({
  id: "secret-key-empty",
  category: "security",
  severity: "error",
  audience: "entry",
  setting: "SECRET_KEY",
  onlyCertain: true,
  matters: isUsedAsItIs,
  messages: {
    empty:
      "SECRET_KEY is empty in {module}: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
    unset:
      "SECRET_KEY is not set in {module}: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
  },
  fixes: {
    readEnvironment: {
      safety: "unsafe",
      title: "Read SECRET_KEY from the environment",
      set: readFromEnvironment("SECRET_KEY", "str"),
      when: (_, proof) => !comesFromDeployment(proof),
    },
  },
  doc,
});

function isUsedAsItIs(context: RuleContext, { overridable, origin }: Proof): boolean {
  // A base is completed by the modules that import it.
  if (context.module.role === "base" || mayBeImported(context, "SECRET_KEY")) return false;
  return overridable === undefined && (origin !== undefined || isWhole(context));
}

/**
 * Whether a module is all that Django gets: something selects it and it installs apps. Parts of settings that a package or a
 * loader puts together look like modules of their own, and tests of a package often do without a key.
 */
function isWhole(context: RuleContext): boolean {
  const { role, entryPoints } = context.module;
  if (role === "test" || entryPoints.length === 0) return false;
  return context.setting("INSTALLED_APPS").mustBe(isTruthy)?.origin !== undefined;
}
