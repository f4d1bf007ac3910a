import { hasOtherStringIfInvalid } from "../../django/checks/templates";
import { defineRule } from "../../lint/rule";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { enginesThat } from "../questions/templates/templateEngines";
import doc from "./template-string-if-invalid-type.md";

export const templateStringIfInvalidType = defineRule({
  id: "template-string-if-invalid-type",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 8] },
  djangoChecks: ["templates.E002"],
  messages: {
    notText:
      "string_if_invalid is not a string in {module}, though Django puts it into pages in place of each variable that it does not find: they then fail or show {shown}. Delete the option, or give it a text.",
  },
  fixes: { deleteOption: { safety: "safe", title: "Delete string_if_invalid" } },
  doc,

  check(context) {
    const found = enginesThat(context, hasOtherStringIfInvalid);
    for (const engine of found?.engines ?? []) {
      const option = entryAt(engine.definition, "OPTIONS", "string_if_invalid");
      if (found === undefined || option === undefined) continue;
      context.report({
        message: "notText",
        values: { shown: option.value.kind === "none" ? "None" : "something else" },
        proof: found.proof,
        at: keySite(context, option),
        fixes: [deleteElementFix("deleteOption", deletableEntry(context, option))],
      });
    }
  },
});
