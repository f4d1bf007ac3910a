import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { mayBeImported } from "../questions/assigned";
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
    // Tests of a package often do without a key, and what installs no apps is a part of other settings.
    const isPart =
      role === "test" || context.setting("INSTALLED_APPS").mustBe((value) => !isFalsy(value)) === undefined;
    if (proof.origin === undefined && (isPart || context.setting("INSTALLED_APPS").isUnset)) return;
    const override = overrideOf(context, SETTING, proof);
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "empty",
      fixes:
        override === undefined
          ? []
          : [
              {
                id: "readEnvironment",
                edit: (edit) =>
                  override.write(edit, edit.readEnvironment(override.file, edit.variableName(SETTING), "str")),
              },
            ],
    });
  },
});
