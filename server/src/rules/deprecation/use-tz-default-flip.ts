import { defineSettingRule } from "../settingRule";
import doc from "./use-tz-default-flip.md";

/** Django 4.0 to 4.2 warn of it while they load the settings (django/conf/__init__.py). */
export const useTzDefaultFlip = defineSettingRule({
  id: "use-tz-default-flip",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  django: { since: [4, 0], until: [4, 2] },
  setting: "USE_TZ",
  onlyCertain: true,
  matters: ({ djangoAtLeast, setting }) => djangoAtLeast(4, 0) === true && setting("USE_TZ").isUnset,
  messages: {
    unset:
      "USE_TZ is not set in {module}: it is False now, and True from Django 5.0 on, which gives every datetime a time zone. Set it to what the project relies on.",
  },
  fixes: {
    keep: { safety: "safe", title: "Set USE_TZ = False, as it is now", set: "False" },
  },
  doc,
});
