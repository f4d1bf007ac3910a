import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import { mayBeImported } from "../questions/assigned";
import { comesFromDeployment } from "../questions/environment";
import { overrideOf } from "../questions/override";
import { aboutSetting } from "../questions/settingReport";
import doc from "./secret-key-empty.md";

const SETTING = "SECRET_KEY";

/** What an environment that lacks the variable makes of a key is the business of other rules. */
export const secretKeyEmpty = defineRule<"empty" | "unset", "readEnvironment">({
  id: "secret-key-empty",
  category: "security",
  severity: "error",
  audience: "entry",
  djangoChecks: [],
  messages: {
    empty:
      "SECRET_KEY is empty in {module}: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
    unset:
      "{module} does not set SECRET_KEY: Django raises ImproperlyConfigured as soon as anything is signed, a login for instance. Read it from the environment.",
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Read SECRET_KEY from the environment" } },
  onByDefault: true,
  doc,

  check(context) {
    const { role } = context.module;
    // A base is completed by the modules that import it.
    if (role === "base" || mayBeImported(context, SETTING)) return;
    const proof = context.setting(SETTING).mustBe((value) => value.kind === "unset" || isFalsy(value));
    if (proof === undefined || proof.overridable !== undefined) return;
    if (proof.origin === undefined && !isWhole(context)) return;
    const override = overrideOf(context, SETTING, proof);
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "empty",
      fixes:
        override === undefined || comesFromDeployment(proof)
          ? []
          : [
              {
                id: "readEnvironment",
                edit: (edit) =>
                  override.write(edit, edit.readEnvironment(override.file, edit.variable({ path: [SETTING] }), "str")),
              },
            ],
    });
  },
});

/**
 * Whether a module is all that Django gets: something selects it and it installs apps. Parts of settings that a package or a
 * loader puts together look like modules of their own, and tests of a package often do without a key.
 */
function isWhole(context: RuleContext<never, never>): boolean {
  const { role, entryPoints } = context.module;
  if (role === "test" || entryPoints.length === 0) return false;
  return context.setting("INSTALLED_APPS").mustBe(isTruthy)?.origin !== undefined;
}
