import type { EditBuilder } from "../../lint/edit";
import { defineRule, type RuleContext } from "../../lint/rule";
import { allEntries, hasApp } from "../questions/entries";
import { overrideOf, type Override } from "../questions/override";
import { aboutSetting } from "../questions/settingReport";
import doc from "./password-validators-missing.md";

const SETTING = "AUTH_PASSWORD_VALIDATORS";

/** Apps with forms in which people choose passwords. */
const APPS_WITH_PASSWORDS: readonly string[] = [
  "django.contrib.admin",
  "allauth.account",
  "dj_rest_auth",
  "dj_rest_auth.registration",
  "djoser",
  "django_registration",
  "registration",
  "two_factor",
  "wagtail.users",
];

/** The list that startproject writes. */
const VALIDATORS = [
  "UserAttributeSimilarityValidator",
  "MinimumLengthValidator",
  "CommonPasswordValidator",
  "NumericPasswordValidator",
];

export const passwordValidatorsMissing = defineRule<"missing", "addValidators">({
  id: "password-validators-missing",
  category: "security",
  severity: "warning",
  audience: "hardened",
  django: { since: [1, 9] },
  djangoChecks: [],
  messages: {
    missing:
      '{module} runs in {environment} without AUTH_PASSWORD_VALIDATORS: users may choose any password, "1" included. Add Django\'s validators.',
  },
  fixes: { addValidators: { safety: "safe", title: "Add Django's four validators to {module}" } },
  onByDefault: true,
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.auth") || !hasApp(context, ...APPS_WITH_PASSWORDS)) return;
    if (!asksForPasswords(context)) return;
    const proof = context
      .setting(SETTING)
      .mustBe((value) => (value.kind === "list" || value.kind === "tuple") && value.items.length === 0);
    if (proof === undefined) return;
    const override = overrideOf(context, SETTING, proof);
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: "missing",
      fixes:
        override === undefined
          ? []
          : [
              {
                id: "addValidators",
                values: { module: context.module.name },
                edit: (edit) => override.write(edit, validators(edit, override)),
              },
            ],
    });
  },
});

/** Whether a backend certainly checks passwords of this database: single sign-on replaces ModelBackend. */
function asksForPasswords(context: RuleContext<never, never>): boolean {
  const proof = context
    .setting("AUTHENTICATION_BACKENDS")
    .mustBe(
      (value) => allEntries(value)?.some(({ text }) => /\.ModelBackend$|^allauth\.account\./.test(text)) === true,
    );
  return proof !== undefined;
}

function validators(edit: EditBuilder, { file }: Override): string {
  const lines = VALIDATORS.map((name) => {
    const path = `django.contrib.auth.password_validation.${name}`;
    return `    {${edit.quote(file, "NAME")}: ${edit.quote(file, path)}},\n`;
  });
  return `[\n${lines.join("")}]`;
}
