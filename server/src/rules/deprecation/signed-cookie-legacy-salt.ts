import { placeLabel } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import { LEGACY_SALT, legacySalt } from "../questions/deprecations/legacySalt";
import { deleteSettingFix, setFix } from "../questions/fixes/settingFixes";
import doc from "./signed-cookie-legacy-salt.md";

export const signedCookieLegacySalt = defineRule({
  id: "signed-cookie-legacy-salt",
  category: "deprecation",
  severity: "info",
  audience: "production",
  aboutRequests: true,
  django: { since: [5, 2] },
  messages: {
    accepted:
      "SIGNED_COOKIE_LEGACY_SALT_FALLBACK is True in {module}: {read} takes cookies with the salt of before CVE-2026-6873, which one cookie may share with another. Turn it off when those cookies have expired.",
    unset:
      "SIGNED_COOKIE_LEGACY_SALT_FALLBACK is not set: by default it is True in {module}, and {read} takes cookies with the salt of before CVE-2026-6873, which one cookie may share with another. Set it to False when those cookies have expired.",
  },
  fixes: {
    turnOff: { safety: "unsafe", title: "Set SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False" },
    remove: { safety: "unsafe", title: "Remove SIGNED_COOKIE_LEGACY_SALT_FALLBACK" },
  },
  doc,

  check(context) {
    const found = legacySalt(context);
    if (found === undefined) return;
    const { proof, read } = found;
    context.report({
      message: proof.origin === undefined ? "unset" : "accepted",
      values: { read: placeLabel(context, read) },
      proof,
      setting: LEGACY_SALT,
      chain: [{ site: read, text: "reads a signed cookie" }],
      fixes: [
        context.djangoAtLeast(6, 1) === true
          ? deleteSettingFix(context, "remove", proof)
          : setFix(context, "turnOff", proof, "False"),
      ],
    });
  },
});
