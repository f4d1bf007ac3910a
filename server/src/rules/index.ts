import type { Rule } from "../lint/rule";
import { debugEnabled } from "./security/debug-enabled";
import { secretKeyHardcoded } from "./security/secret-key-hardcoded";
import { removedSettingRule } from "./deprecation/removed-setting";
import { secretKeyInsecureDefault } from "./security/secret-key-insecure-default";
import { baseDirDepth } from "./split-settings/base-dir-depth";
import { dictSettingReplaced } from "./split-settings/dict-setting-replaced";
import { hostnameBranching } from "./split-settings/hostname-branching";
import { inplaceMutationLeaks } from "./split-settings/inplace-mutation-leaks";
import { localSettingsImportedTooEarly } from "./split-settings/local-settings-imported-too-early";
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
  secretKeyHardcoded,
  secretKeyInsecureDefault,
  // performance
  // split-settings
  baseDirDepth,
  dictSettingReplaced,
  hostnameBranching,
  inplaceMutationLeaks,
  localSettingsImportedTooEarly,
  overrideBeforeStarImport,
  settingOverwritten,
  staleConditionalBlock,
  staleDerivedSetting,
  // correctness
  // deprecation
  removedSettingRule,
  // deployment
  // third-party
  // suppression
  suppressionWithoutReason,
  unknownRule,
  unusedSuppression,
];
