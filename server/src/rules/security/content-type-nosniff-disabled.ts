import { isTheTrue } from "../../django/checks/securityValues";
import { isSetHere } from "../questions/fixes/conditions";
import { isSentInFront } from "../questions/hosts/frontServers";
import { hasMiddleware, SECURITY } from "../questions/middleware/middleware";
import { defineSettingRule } from "../settingRule";
import doc from "./content-type-nosniff-disabled.md";

export const contentTypeNosniffDisabled = defineSettingRule({
  id: "content-type-nosniff-disabled",
  category: "security",
  severity: "warning",
  audience: "hardened",
  aboutRequests: true,
  djangoChecks: ["security.W006"],
  setting: "SECURE_CONTENT_TYPE_NOSNIFF",
  // Without a known release there is no default to speak of.
  isBad: (value) => isTheTrue(value) === false,
  matters: (context) => hasMiddleware(context, SECURITY) && !isSentInFront(context, "contentType"),
  messages: {
    off: "SECURE_CONTENT_TYPE_NOSNIFF is off in {module}, which runs in {environment}: browsers may guess that an uploaded file is a page or a script, and run it. Django's default is on.",
    unset:
      "SECURE_CONTENT_TYPE_NOSNIFF is not set in {module}, which runs in {environment}: it is off before Django 3.0, so that browsers may guess that an uploaded file is a page or a script, and run it. Set it to True.",
  },
  fixes: {
    remove: {
      safety: "unsafe",
      title: "Remove {setting}: Django's default is on",
      remove: true,
      when: (context, proof) => context.djangoAtLeast(3, 0) === true && isSetHere(context, proof),
    },
    setTrue: { safety: "unsafe", set: "True" },
  },
  doc,
});
