import type { ReportedFix, RuleContext } from "../../../lint/rule";
import { replaceTextFix, rewriteFix } from "../fixes/settingFixes";
import type { DottedPath } from "./places";

/** Writes another dotted path in place of one; none where its string is not written there as it is. */
export function replacePath<Id extends string>(
  context: RuleContext,
  id: Id,
  path: DottedPath,
  wanted: string | undefined,
): ReportedFix<Id> | undefined {
  const { leaf, proof } = path;
  return leaf.path.length === 1
    ? rewriteFix(context, id, proof, { text: wanted })
    : replaceTextFix(context, id, leaf.site, wanted);
}
