import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Entry } from "../../python/values/value";
import { entryAt, expressionAt } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { djangoEngines } from "../questions/templates/templateEngines";
import type { Value } from "../../python/values/value";
import doc from "./template-debug-enabled.md";

export const templateDebugEnabled = defineRule({
  id: "template-debug-enabled",
  category: "security",
  severity: "info",
  audience: "hardened",
  django: { since: [1, 8] },
  messages: {
    on: "TEMPLATES has debug on in {module}, which runs in {environment}: DEBUG is off, but rendering is slower, and the source of templates gets into error reports. Remove the option, which then follows DEBUG.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove the option, which then follows DEBUG" } },
  doc,

  check(context) {
    if (!context.setting("DEBUG").certainly(isFalsy)) return;
    for (const { part, proof } of context.setting("TEMPLATES").judgeParts(enginesWithDebug)) {
      if (isCopied(context, part.entry)) continue;
      const isWritten = proof.missing.length === 0;
      context.report({
        message: "on",
        proof,
        at: part.entry.site,
        fixes: [isWritten ? deleteElementFix("remove", deletableEntry(context, part.entry)) : undefined],
      });
    }
  },
});

interface DebuggedEngine extends JudgedPart {
  readonly entry: Entry;
}

function enginesWithDebug(templates: Value): readonly DebuggedEngine[] {
  return djangoEngines(templates).flatMap(({ definition }, index) => {
    const entry = entryAt(definition, "OPTIONS", "debug");
    return entry !== undefined && isTruthy(entry.value) ? [{ key: String(index), entry }] : [];
  });
}

/** A copy of DEBUG that was made before it was turned off is the business of `stale-derived-setting`. */
function isCopied(context: RuleContext, { valueSite }: Entry): boolean {
  return /^(?:Name|Attribute)$/.test(expressionAt(context, valueSite)?.kind ?? "");
}
