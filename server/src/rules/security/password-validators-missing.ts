import type { FilePath } from "../../base/path";
import type { EditBuilder } from "../../lint/edit";
import type { RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { allEntries } from "../questions/lists/entries";
import { defineSettingRule } from "../settingRule";
import doc from "./password-validators-missing.md";

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

export const passwordValidatorsMissing = defineSettingRule({
  id: "password-validators-missing",
  category: "security",
  severity: "warning",
  audience: "hardened",
  django: { since: [1, 9] },
  setting: "AUTH_PASSWORD_VALIDATORS",
  isBad: (value) => (value.kind === "list" || value.kind === "tuple") && value.items.length === 0,
  matters: (context) =>
    hasApp(context, "django.contrib.auth") && hasApp(context, ...APPS_WITH_PASSWORDS) && asksForPasswords(context),
  messages: {
    missing:
      'AUTH_PASSWORD_VALIDATORS is empty in {module}, which runs in {environment}: users may choose any password, "1" included. Add Django\'s validators.',
  },
  fixes: { addValidators: { safety: "unsafe", title: "Add Django's four validators to {module}", set: validators } },
  doc,
});

/** Whether a backend certainly checks passwords of this database: single sign-on replaces ModelBackend. */
function asksForPasswords(context: RuleContext): boolean {
  return context
    .setting("AUTHENTICATION_BACKENDS")
    .certainly(
      (value) => allEntries(value)?.some(({ text }) => /\.ModelBackend$|^allauth\.account\./.test(text)) === true,
    );
}

function validators(edit: EditBuilder, file: FilePath): string {
  const lines = VALIDATORS.map((name) => {
    const path = `django.contrib.auth.password_validation.${name}`;
    return `    {${edit.quote(file, "NAME")}: ${edit.quote(file, path)}},\n`;
  });
  return `[\n${lines.join("")}]`;
}
