import type { SettingFix } from "../../settingRule";
import { canFollowDebug } from "../fixes/conditions";

/** Ways to keep a cookie off plain HTTP. With one settings module the value follows DEBUG, or development would lose its cookies. */
export const SECURE_COOKIE_FIXES: Readonly<Record<"followDebug" | "setTrue", SettingFix>> = {
  followDebug: { safety: "unsafe", title: "Set {setting} = not DEBUG", set: "not DEBUG", when: canFollowDebug },
  setTrue: { safety: "unsafe", set: "True" },
};
