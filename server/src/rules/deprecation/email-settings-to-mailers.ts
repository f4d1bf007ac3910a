import { REPLACED_BY_MAILERS } from "../../django/checks/files";
import { listed, placeLabel } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import { findSettingRead } from "../../project/codeIndex";
import type { Site } from "../../python/values/value";
import { isBound } from "../questions/deprecations/leftovers";
import { rewriteOf } from "../questions/deprecations/removedRewrites";
import doc from "./email-settings-to-mailers.md";

export const emailSettingsToMailers = defineRule({
  id: "email-settings-to-mailers",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  django: { since: [6, 1] },
  messages: {
    replaced:
      "{names} {are} deprecated since Django 6.1: MAILERS replaces {them}, and the release after 6.2 reads nothing else. Write MAILERS.{reader}",
  },
  fixes: { write: { safety: "unsafe", title: "Write MAILERS" } },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 1) !== true || !context.setting("MAILERS").isUnset) return;
    const proofs = REPLACED_BY_MAILERS.map((name) => context.setting(name))
      .filter((setting) => !setting.isUnset)
      .map((setting) => setting.mayBe(isBound))
      .filter((proof) => proof?.origin !== undefined);
    const [first] = proofs;
    if (first === undefined) return;
    const names = proofs.map((proof) => proof?.setting ?? "");
    const reader = readerOf(context);
    const rewrite = reader === undefined ? rewriteOf(context, first.setting) : undefined;
    const isOne = names.length === 1;
    context.report({
      message: "replaced",
      values: {
        names: listed(names),
        are: isOne ? "is" : "are",
        them: isOne ? "it" : "them",
        reader:
          reader === undefined
            ? ""
            : ` First change ${placeLabel(context, reader)}: beside MAILERS the old names raise AttributeError.`,
      },
      proof: first,
      tags: ["deprecated"],
      fixes: [rewrite && { id: "write", edit: rewrite.edit }],
    });
  },
});

/** Where code of the project reads one of the old settings. */
function readerOf({ snapshot, project }: RuleContext): Site | undefined {
  for (const name of REPLACED_BY_MAILERS) {
    const site = findSettingRead(snapshot, project.root, name);
    if (site !== undefined) return site;
  }
  return undefined;
}
