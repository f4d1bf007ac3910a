import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./upload-limit-disabled.md";

const MIB = 1024 ** 2;

/** What each limit keeps from a server, since which release there is one, and above which number it is none in effect. */
const LIMITS = [
  {
    name: "DATA_UPLOAD_MAX_MEMORY_SIZE",
    since: [1, 10],
    harm: "a few requests at a time can fill the memory",
    // Twenty times the default; files that are uploaded do not count for it.
    hardly: 49_999_999,
    shown: (bytes: number) => `${String(Math.round(bytes / MIB))} MiB`,
  },
  {
    name: "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    since: [1, 10],
    harm: "one request with a million fields keeps a process busy",
    hardly: 999_999,
    shown: String,
  },
  {
    name: "DATA_UPLOAD_MAX_NUMBER_FILES",
    since: [3, 2],
    harm: "one request with thousands of files uses up memory and file handles",
    hardly: 9_999,
    shown: String,
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
    high: "{setting} is {limit} in {module}, which runs in {environment}: that is hardly a limit, and {harm}. Set a number that your largest form needs.",
  },
  fixes: { remove: { safety: "unsafe", title: "Delete {setting}, so that Django's limit applies" } },
  doc,

  check(context) {
    for (const { name, since, harm, hardly, shown } of LIMITS) {
      const [major, minor] = since;
      const proof = context.setting(name).judge((value) => value.kind === "none" || sizeOf(value) > hardly);
      if (proof?.origin === undefined || context.djangoAtLeast(major, minor) === false) continue;
      const size = sizeOf(proof.value);
      const isNone = Number.isNaN(size);
      context.report({
        message: isNone ? "none" : "high",
        values: { harm, limit: isNone ? "None" : shown(size) },
        proof,
        fixes: [isNone && proof.missing.length === 0 ? deleteSettingFix(context, "remove", proof) : undefined],
      });
    }
  },
});

/** A number, or NaN for what is none. */
function sizeOf(value: Value): number {
  return value.kind === "int" ? Number(value.value) : Number.NaN;
}
