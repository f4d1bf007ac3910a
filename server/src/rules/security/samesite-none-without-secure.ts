import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { textOf } from "../questions/dicts/dicts";
import { setFix } from "../questions/fixes/settingFixes";
import doc from "./samesite-none-without-secure.md";

const COOKIES = ["SESSION", "CSRF", "LANGUAGE"] as const;

export const samesiteNoneWithoutSecure = defineRule({
  id: "samesite-none-without-secure",
  category: "security",
  severity: "warning",
  audience: "hardened",
  django: { since: [3, 1] },
  messages: {
    dropped:
      '{setting} is "None" in {module}, but {secure} is off: browsers drop the cookie, because SameSite=None needs Secure. Set {secure} = True.',
  },
  fixes: { secure: { safety: "unsafe", title: "Set {setting} = {value} in {module}" } },
  doc,

  check(context) {
    for (const cookie of COOKIES) {
      const proof = context
        .setting(`${cookie}_COOKIE_SAMESITE`)
        .judge((value) => textOf(value)?.toLowerCase() === "none");
      const secure = `${cookie}_COOKIE_SECURE`;
      const off = context.setting(secure).judge((value) => value.kind === "unset" || isFalsy(value));
      if (proof === undefined || off === undefined) continue;
      const fix = off.missing.length > 0 ? undefined : setFix(context, "secure", off, "True");
      context.report({ message: "dropped", values: { secure }, proof, fixes: [fix] });
    }
  },
});
