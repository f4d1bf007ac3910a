import { compareReleases, defaultOf, releaseText } from "../../django/facts";
import type { Release } from "../../django/release";
import { removedSetting } from "../../django/removed";
import { defineRule, type ContextOf } from "../../lint/rule";
import { equals } from "../../python/semantics/operators";
import { str, type Value } from "../../python/values/value";
import { TRANSITIONS } from "../questions/deprecations/transitions";
import { LEGACY_SALT, legacySalt } from "../questions/deprecations/legacySalt";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./transitional-setting.md";

/** Those that Django has removed are the business of `removed-setting`, and cookies that are signed have a rule of their own. */
export const transitionalSetting = defineRule({
  id: "transitional-setting",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  djangoChecks: ["security.E100"],
  messages: {
    needless:
      "{setting} does nothing in {module}: it only eases an upgrade, and has the value that it has anyway. Remove it.",
    ahead:
      "{setting} is only for the time before Django {version}: it makes {module} behave as that release does without it. Remove it with the upgrade.",
    keeps:
      "{setting} keeps {module} at what Django did before: {version} ignores it. Remove it as soon as nothing depends on that any more.",
    algorithm:
      'DEFAULT_HASHING_ALGORITHM is invalid in {module}: it is neither "sha1" nor "sha256", and every management command stops at this. Remove it, which means "sha256".',
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}" },
    removeAnyway: { safety: "unsafe", title: "Remove {setting}, and behave as Django {version} will" },
  },
  doc,

  check(context) {
    const release = context.project.django?.version;
    if (release === undefined) return;
    for (const [setting, target] of Object.entries(TRANSITIONS)) {
      if (setting === LEGACY_SALT && legacySalt(context) !== undefined) continue;
      const removed = removedSetting(setting)?.removed;
      const usual = defaultOf(setting, release);
      if (usual === undefined || removed === undefined || compareReleases(release, removed) >= 0) continue;
      check(context, { setting, target, usual, removed });
    }
  },
});

interface Transition {
  readonly setting: string;
  readonly target: Value;
  /** What Django does in this release without it. */
  readonly usual: Value;
  readonly removed: Release;
}

function check(context: ContextOf<typeof transitionalSetting>, transition: Transition): void {
  const { setting, target, usual, removed } = transition;
  const effective = context.setting(setting);
  const isAlways = (wanted: Value): boolean => effective.certainly((value) => equals(value, wanted) === true);
  const known = effective.mustBe((value) => value.kind === "bool" || value.kind === "str");
  if (known?.origin === undefined) return;
  // Releases after 6.2 are named by their year; people know this one as what follows it.
  const version = removed[0] > 2000 ? "after 6.2" : releaseText(removed);
  const common = { proof: known, values: { version }, tags: ["deprecated"] as const };
  const remove = deleteSettingFix(context, "remove", known);
  if (isAlways(usual)) return context.report({ ...common, message: "needless", djangoCheck: "none", fixes: [remove] });
  if (setting === "DEFAULT_HASHING_ALGORITHM" && !isAlways(str("sha1")))
    return context.report({ ...common, message: "algorithm", severity: "error", fixes: [remove] });
  if (isAlways(target)) return context.report({ ...common, message: "ahead", severity: "hint", djangoCheck: "none" });
  const removeAnyway = deleteSettingFix(context, "removeAnyway", known);
  context.report({ ...common, message: "keeps", severity: "warning", djangoCheck: "none", fixes: [removeAnyway] });
}
