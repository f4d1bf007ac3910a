import { defineRule, type RuleContext } from "../../lint/rule";
import { keyOf } from "../../python/values/symbolic";
import { hasApp } from "../questions/apps/installedApps";
import { hasOlder } from "../questions/apps/packages";
import { provenanceOf } from "../questions/assignments/assigned";
import { renameAssignments } from "../questions/assignments/renaming";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import { hasCorsMiddleware } from "../questions/hosts/cors";
import doc from "./cors-legacy-name.md";

/** What the settings are called since 3.5 (its HISTORY). */
const RENAMED = [
  ["CORS_ORIGIN_WHITELIST", "CORS_ALLOWED_ORIGINS"],
  ["CORS_ORIGIN_REGEX_WHITELIST", "CORS_ALLOWED_ORIGIN_REGEXES"],
  ["CORS_ORIGIN_ALLOW_ALL", "CORS_ALLOW_ALL_ORIGINS"],
] as const;

/** What its system checks refuse (corsheaders/checks.py), and since which release, with the lowest Django of that. */
const REMOVED = [
  { name: "CORS_MODEL", version: [3, 0], django: [1, 11], check: "corsheaders.E012" },
  { name: "CORS_REPLACE_HTTPS_REFERER", version: [4, 0], django: [3, 2], check: "corsheaders.E013" },
] as const;

const PACKAGE = "django-cors-headers";

export const corsLegacyName = defineRule({
  id: "cors-legacy-name",
  category: "third-party",
  severity: "hint",
  audience: "entry",
  messages: {
    renamed: "{setting} was renamed to {wanted} in django-cors-headers 3.5. Rename it.",
    ignored:
      "{setting} has no effect in {module}: it was renamed to {wanted}, which is set as well and wins. Delete it.",
    removed: "{setting} was removed in django-cors-headers {version}: its system check fails ({check}). Delete it.",
  },
  fixes: {
    rename: { safety: "safe", title: "Rename it to {wanted}" },
    remove: { safety: "unsafe", title: "Delete {setting}" },
  },
  doc,

  check(context) {
    if (!hasApp(context, "corsheaders") && !hasCorsMiddleware(context)) return;
    for (const [name, wanted] of RENAMED) reportRenamed(context, name, wanted);
    for (const { name, version, django, check } of REMOVED) {
      const proof =
        isSet(context, name) && !hasOlder(context, { name: PACKAGE, version, django }) && provenanceOf(context, name);
      if (!proof) continue;
      context.report({
        message: "removed",
        values: { version: version.join("."), check },
        proof,
        severity: "warning",
        fixes: [deleteSettingFix(context, "remove", proof)],
      });
    }
  },
});

type Context = RuleContext<"renamed" | "ignored" | "removed", "rename" | "remove">;

function reportRenamed(context: Context, name: string, wanted: string): void {
  const proof = isSet(context, name) ? provenanceOf(context, name) : undefined;
  if (proof === undefined || hasOlder(context, { name: PACKAGE, version: [3, 5], django: [1, 11] })) return;
  const isIgnored = isSet(context, wanted);
  const isSame = keyOf(proof.value) === keyOf(provenanceOf(context, wanted)?.value ?? proof.value);
  context.report({
    message: isIgnored ? "ignored" : "renamed",
    values: { wanted },
    proof,
    // Both names with the same value are for releases before and after.
    severity: isIgnored && !isSame ? "warning" : undefined,
    fixes: [isIgnored ? deleteSettingFix(context, "remove", proof) : rename(context, name, wanted)],
  });
}

/** In every outcome; where something may have set any name, it may have left this one out. */
function isSet(context: Context, name: string): boolean {
  return context.setting(name).certainly(({ kind }) => kind !== "unset" && kind !== "unknown");
}

/** Not where a part of the project knows the new name already. */
function rename(context: Context, name: string, wanted: string) {
  const isTaken = context.entries.some(({ evaluation }) => evaluation.names.includes(wanted));
  return isTaken ? undefined : renameAssignments(context, "rename", name, wanted);
}
