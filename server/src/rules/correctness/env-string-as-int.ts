import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { EnvironmentValue, Value } from "../../python/values/value";
import { describePath, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./env-string-as-int.md";

/**
 * Settings that Django compares with numbers or adds to them, which raises TypeError for a string, and where in them the number
 * is. Left out is what works as a string, too: EMAIL_PORT, SECURE_HSTS_SECONDS, TIMEOUT of a cache. `site-id-type` knows SITE_ID.
 */
const NUMBERS: readonly (readonly [string, RegExp])[] = [
  ...[
    "SESSION_COOKIE_AGE",
    "CSRF_COOKIE_AGE",
    "LANGUAGE_COOKIE_AGE",
    "PASSWORD_RESET_TIMEOUT",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "FILE_UPLOAD_MAX_MEMORY_SIZE",
    "FILE_UPLOAD_PERMISSIONS",
    "FILE_UPLOAD_DIRECTORY_PERMISSIONS",
    "EMAIL_TIMEOUT",
  ].map((name) => [name, /^$/] as const),
  ["DATABASES", /^[^.]+\.CONN_MAX_AGE$/],
];

export const envStringAsInt = defineRule({
  id: "env-string-as-int",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    text: "{place} is the raw string of {variable}, but must be a number: Django computes with it, which raises TypeError{condition}. Convert it with int().",
  },
  fixes: { convert: { safety: "safe", title: "Read {variable} as an int" } },
  doc,

  check(context) {
    for (const [setting, places] of NUMBERS) {
      if (context.setting(setting).isUnset) continue;
      for (const proof of context.setting(setting).proofs()) {
        for (const leaf of leavesOf(setting, proof.outcome.value)) {
          const { value } = leaf;
          if (!places.test(leaf.path.slice(1).join(".")) || value.kind !== "environment" || value.cast !== "str")
            continue;
          // With a default that is a number it only fails where the variable is set.
          const isOnlySet = value.fallback !== undefined && value.fallback.kind !== "str";
          context.report({
            message: "text",
            values: {
              place: describePath(leaf),
              variable: value.variable,
              condition: isOnlySet ? " as soon as the variable is set" : "",
            },
            proof,
            at: leaf.site,
            severity: isOnlySet ? "warning" : "error",
            fixes: [convert(context, leaf, value)],
          });
        }
      }
    }
  },
});

/** Not where int() would raise for the default, and not where another variable is read in place of a missing one. */
function convert(context: RuleContext, { site }: Leaf, read: EnvironmentValue): ReportedFix<"convert"> | undefined {
  const { fallback, variable } = read;
  const isWritten =
    context.source(read.site.file) !== undefined && (site === undefined || site.file === read.site.file);
  if (!isWritten || (fallback !== undefined && environmentReads(fallback).length > 0)) return undefined;
  const written = fallback === undefined ? undefined : numberOf(fallback);
  if (fallback !== undefined && written === undefined) return undefined;
  return replaceFix("convert", read.site, (edit, file) => edit.readEnvironment(file, variable, "int", written));
}

function numberOf(fallback: Value): string | undefined {
  if (fallback.kind === "int") return String(fallback.value);
  return fallback.kind === "str" && /^\d{1,15}$/.test(fallback.value) ? String(Number(fallback.value)) : undefined;
}
