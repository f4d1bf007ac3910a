import type { Rule } from "../lint/rule";
import { debugEnabled } from "./security/debug-enabled";
import { dictSettingReplaced } from "./split-settings/dict-setting-replaced";
import { inplaceMutationLeaks } from "./split-settings/inplace-mutation-leaks";
import { overrideBeforeStarImport } from "./split-settings/override-before-star-import";
import { settingOverwritten } from "./split-settings/setting-overwritten";
import { staleConditionalBlock } from "./split-settings/stale-conditional-block";
import { staleDerivedSetting } from "./split-settings/stale-derived-setting";
import { suppressionWithoutReason } from "./suppression/suppression-without-reason";
import { unknownRule } from "./suppression/unknown-rule";
import { unusedSuppression } from "./suppression/unused-suppression";

/** All rules, by category and in the order in which they are listed to people. */
export const rules: readonly Rule[] = [
  // security
  debugEnabled,
  // performance
  // split-settings
  dictSettingReplaced,
  inplaceMutationLeaks,
  overrideBeforeStarImport,
  settingOverwritten,
  staleConditionalBlock,
  staleDerivedSetting,
  // correctness
  // deprecation
  // deployment
  // third-party
  // suppression
  suppressionWithoutReason,
  unknownRule,
  unusedSuppression,
];
