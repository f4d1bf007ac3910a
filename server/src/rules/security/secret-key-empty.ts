import { isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mayBeImported } from "../questions/assignments/assigned";
import { comesFromDeployment } from "../questions/environment/environment";
import { readFromEnvironment, setFix } from "../questions/fixes/settingFixes";
import { isOff } from "../settingRule";
import doc from "./secret-key-empty.md";

/** What an environment that lacks the variable makes of a key is the business of other rules. */
export const secretKeyEmpty = defineRule({
  id: "secret-key-empty",
  category: "security",
  severity: "error",
  audience: "entry",
  messages: {
    empty:
      "SECRET_KEY is empty in {module}: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
    unset:
      "SECRET_KEY is not set in {module}: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
    local:
      "SECRET_KEY of {module} is left to a local file: unless a module that the repository lacks sets it, Django raises ImproperlyConfigured as soon as anything is signed, a login for instance, and nothing says what is missing. Read it from the environment.",
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read SECRET_KEY from the environment" } },
  doc,

  check(context) {
    const proof = context.setting("SECRET_KEY").mustBe(isOff);
    // A base is completed by the modules that import it.
    if (proof === undefined || context.module.role === "base" || mayBeImported(context, "SECRET_KEY")) return;
    if (proof.overridable !== undefined) return reportLocal(context, proof);
    if (proof.origin === undefined && !isWhole(context)) return;
    const fix = setFix(context, "readEnvironment", proof, readFromEnvironment("SECRET_KEY", "str"));
    context.report({
      message: proof.origin === undefined ? "unset" : "empty",
      proof,
      fixes: [comesFromDeployment(proof) ? undefined : fix],
    });
  },
});

/**
 * Whether a module is all that Django gets: something selects it, or it is for production and built on others, and it installs apps.
 * Parts of settings that a package or a loader puts together look like modules of their own, and tests of a package often do
 * without a key.
 */
function isWhole(context: RuleContext): boolean {
  const { module, evaluation } = context;
  const isProduction = context.isConfirmed && module.role === "production" && evaluation.files.length > 1;
  if (module.role === "test" || (module.entryPoints.length === 0 && !isProduction)) return false;
  const hasApps = context.setting("INSTALLED_APPS").mustBe(isTruthy)?.origin !== undefined;
  return hasApps && (module.entryPoints.length > 0 || !context.setting("ROOT_URLCONF").isUnset);
}

/** `from .local import *`, of a module that each machine has of its own: production then depends on a file that nobody reviews. */
function reportLocal(context: RuleContext<"empty" | "unset" | "local", "readEnvironment">, proof: Proof): void {
  const isImport = proof.overridable?.kind === "import" && proof.overridable.isHook !== true;
  if (!isImport || proof.origin !== undefined || !context.isConfirmed || !isWhole(context)) return;
  if (context.module.role === "production") context.report({ message: "local", proof, severity: "info" });
}
