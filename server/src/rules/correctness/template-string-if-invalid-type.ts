import { hasOtherStringIfInvalid } from "../../django/checks/templates";
import { defineRule } from "../../lint/rule";
import { chainFrom, deletableEntry } from "../questions/assignedSites";
import { entryOf, keySite, valueAt } from "../questions/dicts";
import { enginesThat } from "../questions/templateEngines";
import doc from "./template-string-if-invalid-type.md";

export const templateStringIfInvalidType = defineRule<"notText", "deleteOption">({
  id: "template-string-if-invalid-type",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 8] },
  djangoChecks: ["templates.E002"],
  messages: {
    notText:
      "string_if_invalid is no text in {module}, though Django puts it into pages in place of each variable that it does not find: they then fail or show {shown}. Delete the option, or give it a text.",
  },
  fixes: { deleteOption: { safety: "safe", title: "Delete string_if_invalid" } },
  onByDefault: true,
  doc,

  check(context) {
    const found = enginesThat(context, hasOtherStringIfInvalid);
    for (const engine of found?.engines ?? []) {
      const option = entryOf(valueAt(engine.definition, "OPTIONS"), "string_if_invalid");
      if (found === undefined || option === undefined || option === "absent") continue;
      const site = deletableEntry(context, option);
      const at = keySite(context, option) ?? found.proof.site;
      context.report({
        message: "notText",
        values: { module: context.module.name, shown: option.value.kind === "none" ? "None" : "something else" },
        at,
        setting: "TEMPLATES",
        chain: chainFrom(context, "TEMPLATES", found.proof, at),
        fixes:
          site === undefined ? [] : [{ id: "deleteOption", edit: (edit) => edit.deleteElement(site.file, site.range) }],
      });
    }
  },
});
