import { isFalsy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { entryAt, entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import doc from "./template-autoescape-disabled.md";

const BACKENDS = /^django\.template\.backends\.(?:django\.DjangoTemplates|jinja2\.Jinja2)$/;

export const templateAutoescapeDisabled = defineRule({
  id: "template-autoescape-disabled",
  category: "security",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  django: { since: [1, 8] },
  messages: {
    off: "TEMPLATES has autoescape off in {module}: what visitors enter gets into pages as it is, scripts included. Remove the option, and mark what is safe in the templates that need it.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove the option" } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("TEMPLATES").judgeParts(unescaped)) {
      const isWritten = proof.missing.length === 0;
      context.report({
        message: "off",
        proof,
        at: part.entry.site,
        // An engine of its own may be for emails or configuration files, which are no HTML.
        severity: part.isOnly ? undefined : "info",
        fixes: [isWritten ? deleteElementFix("remove", deletableEntry(context, part.entry)) : undefined],
      });
    }
  },
});

interface Unescaped extends JudgedPart {
  readonly entry: Entry;
  /** The one engine there is, without a name of its own. */
  readonly isOnly: boolean;
}

function unescaped(templates: Value): readonly Unescaped[] {
  if (templates.kind !== "list" && templates.kind !== "tuple") return [];
  return templates.items.flatMap(({ value: engine }, index) => {
    const entry = entryAt(engine, "OPTIONS", "autoescape");
    if (entry === undefined || entry.value.kind !== "bool" || !isFalsy(entry.value)) return [];
    if (!BACKENDS.test(textOf(valueAt(engine, "BACKEND")) ?? "")) return [];
    const isOnly = templates.items.length === 1 && entryOf(engine, "NAME") === "absent";
    return [{ key: String(index), entry, isOnly }];
  });
}
