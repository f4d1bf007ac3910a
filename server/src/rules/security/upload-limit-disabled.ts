import { defineRule } from "../../lint/rule";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./upload-limit-disabled.md";

/** What each limit keeps from a server, and since which release there is one. */
const LIMITS = [
  { name: "DATA_UPLOAD_MAX_MEMORY_SIZE", since: [1, 10], harm: "one request can fill the memory" },
  {
    name: "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    since: [1, 10],
    harm: "one request with a million fields keeps a process busy",
  },
  {
    name: "DATA_UPLOAD_MAX_NUMBER_FILES",
    since: [3, 2],
    harm: "one request with thousands of files uses up memory and file handles",
  },
] as const;

export const uploadLimitDisabled = defineRule({
  id: "upload-limit-disabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 10] },
  messages: {
    none: "{setting} is None in {module}, which runs in {environment}: there is no limit, and {harm}. Set a number that your largest form needs.",
  },
  fixes: { remove: { safety: "unsafe", title: "Delete {setting}, so that Django's limit applies" } },
  doc,

  check(context) {
    for (const { name, since, harm } of LIMITS) {
      const [major, minor] = since;
      const proof = context.setting(name).judge((value) => value.kind === "none");
      if (proof?.origin === undefined || context.djangoAtLeast(major, minor) === false) continue;
      const isWritten = proof.missing.length === 0;
      context.report({
        message: "none",
        values: { harm },
        proof,
        fixes: [isWritten ? deleteSettingFix(context, "remove", proof) : undefined],
      });
    }
  },
});
