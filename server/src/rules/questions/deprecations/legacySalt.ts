import { servesProduction } from "../../../lint/settingsModules";
import { isTruthy } from "../../../lint/effective";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import type { Site } from "../../../python/values/value";

export const LEGACY_SALT = "SIGNED_COOKIE_LEGACY_SALT_FALLBACK";

const READS: CodeQuestion = {
  id: "reads of signed cookies",
  files: /\.py$/,
  pattern: /\.get_signed_cookie\(/,
};

/** The first patch releases that have the setting, and sign with another salt (CVE-2026-6873). */
const PATCHED: readonly (readonly [string, number])[] = [
  ["5.2", 15],
  ["6.0", 6],
];

/**
 * Proof that production still takes cookies which were signed with the salt of before, and the place where the project reads one.
 * `undefined` where the release has no other salt, or only `>=5.2` is known of it.
 */
export function legacySalt(context: RuleContext): { readonly proof: Proof; readonly read: Site } | undefined {
  if (!servesProduction(context.module.role) || !hasFallback(context)) return undefined;
  const proof = context.setting(LEGACY_SALT).mustBe(isTruthy);
  const read = proof && findInCode(context.snapshot, context.project.root, READS);
  return proof === undefined || read === undefined ? undefined : { proof, read };
}

function hasFallback({ djangoAtLeast, project }: RuleContext): boolean {
  if (djangoAtLeast(6, 1) !== false) return djangoAtLeast(6, 1) === true;
  const [, series, patch] = /^(\d+\.\d+)\.(\d+)/.exec(project.packages.get("django") ?? "") ?? [];
  return PATCHED.some(([one, first]) => one === series && Number(patch) >= first);
}
