import { defineSettingRule } from "../settingRule";
import { isFalsy } from "../../lint/effective";
import doc from "./use-tz-disabled.md";

export const useTzDisabled = defineSettingRule({
  id: "use-tz-disabled",
  category: "correctness",
  severity: "hint",
  audience: "entry",
  onByDefault: false,
  setting: "USE_TZ",
  isBad: isFalsy,
  messages: {
    off: "USE_TZ is False: datetimes are stored without a time zone, in local time. Set it to True before there is data to convert.",
    unset:
      "USE_TZ is not set, and False by default before Django 5.0: datetimes are stored in local time. Set it to True before there is data to convert.",
  },
  fixes: { turnOn: { safety: "unsafe", set: "True" } },
  doc,
});
