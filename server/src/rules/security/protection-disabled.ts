import { isFalsy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import { textOf } from "../questions/dicts/dicts";
import { hasApp } from "../questions/apps/installedApps";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import type { Value } from "../../python/values/value";
import doc from "./protection-disabled.md";

interface Switch {
  readonly setting: string;
  readonly isUsed: (context: RuleContext) => boolean;
  readonly isOff: (value: Value) => boolean;
  /** Completes "so that". */
  readonly effect: string;
}

const isFalse = (value: Value): boolean => value.kind === "bool" && isFalsy(value);

/** Settings of packages that are installed to keep attackers out, each with what it does when it is off. */
const SWITCHES: readonly Switch[] = [
  {
    setting: "AXES_ENABLED",
    isUsed: (context) => hasApp(context, "axes"),
    isOff: isFalse,
    effect: "passwords can be guessed without a limit",
  },
  {
    setting: "RATELIMIT_ENABLE",
    isUsed: (context) => context.hasPackage("django-ratelimit") || hasApp(context, "django_ratelimit"),
    isOff: isFalse,
    effect: "no view limits how often it is asked",
  },
  {
    setting: "ACCOUNT_RATE_LIMITS",
    isUsed: (context) => hasApp(context, "allauth.account"),
    isOff: isFalse,
    effect: "logins, sign-ups and password resets can be tried without a limit",
  },
  ...["RECAPTCHA_PRIVATE_KEY", "RECAPTCHA_SECRET_KEY"].map((setting) => ({
    setting,
    isUsed: (context: RuleContext) => hasApp(context, "captcha", "django_recaptcha", "snowpenguin.django.recaptcha2"),
    // Google's key for tests: https://developers.google.com/recaptcha/docs/faq
    isOff: (value: Value) => /^6LeIxAcT/.test(textOf(value) ?? ""),
    effect: "every answer to the CAPTCHA is taken for right, as it is Google's key for tests",
  })),
];

export const protectionDisabled = defineRule({
  id: "protection-disabled",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    off: "{setting} turns protection off in {module}, which runs in {environment}: {effect}. Leave it to the settings of tests and development.",
  },
  fixes: { remove: { safety: "unsafe", title: "Delete {setting}" } },
  doc,

  check(context) {
    for (const { setting, isUsed, isOff, effect } of SWITCHES) {
      const proof = context.setting(setting).judge(isOff);
      if (proof === undefined || !isUsed(context)) continue;
      const isCaptcha = setting.startsWith("RECAPTCHA");
      context.report({
        message: "off",
        values: { effect },
        proof,
        fixes: [isCaptcha || proof.missing.length > 0 ? undefined : deleteSettingFix(context, "remove", proof)],
      });
    }
  },
});
