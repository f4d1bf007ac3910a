import { isTheTrue } from "../../django/checks/securityValues";
import { defineRule } from "../../lint/rule";
import { listsMiddleware, SECURITY } from "../questions/middleware";
import { isSentInFront } from "../questions/proxies";
import { aboutSetting, assignDeclaration, assignFix, deleteFix } from "../questions/settingReport";
import doc from "./content-type-nosniff-disabled.md";

const SETTING = "SECURE_CONTENT_TYPE_NOSNIFF";

export const contentTypeNosniffDisabled = defineRule<"off" | "unset", "remove" | "setTrue">({
  id: "content-type-nosniff-disabled",
  category: "security",
  severity: "warning",
  audience: "hardened",
  djangoChecks: ["security.W006"],
  messages: {
    off: "SECURE_CONTENT_TYPE_NOSNIFF is off in {module}, which runs in {environment}: browsers may guess that an uploaded file is a page or a script, and run it. Django's default is on.",
    unset:
      "{module} runs in {environment} and does not set SECURE_CONTENT_TYPE_NOSNIFF, which is off before Django 3.0: browsers may guess that an uploaded file is a page or a script, and run it. Set it to True.",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}: Django's default is on" },
    setTrue: assignDeclaration("safe"),
  },
  onByDefault: true,
  doc,

  check(context) {
    if (listsMiddleware(context, SECURITY) === undefined) return;
    // Without a known release there is no default to speak of.
    const proof = context.setting(SETTING).mustBe((value) => isTheTrue(value) === false);
    if (proof === undefined || isSentInFront(context, "contentType")) return;
    const isLocal = proof.origin?.site.file === context.module.file;
    const isDefaultOn = context.djangoAtLeast(3, 0) === true;
    const remove = isLocal && isDefaultOn ? deleteFix(context, "remove", proof, SETTING) : [];
    context.report({
      ...aboutSetting(context, SETTING, proof),
      message: proof.origin === undefined ? "unset" : "off",
      fixes: remove.length > 0 ? remove : assignFix(context, "setTrue", proof, SETTING, { source: "True" }),
    });
  },
});
