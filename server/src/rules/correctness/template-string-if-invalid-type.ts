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
      "TEMPLATES has a string_if_invalid that is not a string: Django puts it into pages of {module} in place of each variable that it does not find, and they then fail or show {shown}. Delete the option, or write a string.",
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
