import { defineRule, siteOf } from "../../lint/rule";
import { removeIdEdit } from "../../lint/suppressionEdits";
import doc from "./unused-suppression.md";

export const unusedSuppression = defineRule({
  id: "unused-suppression",
  category: "suppression",
  severity: "warning",
  audience: "file",
  messages: {
    unused: "This comment suppresses {rule} for nothing: it reports nothing here any more. Remove the comment.",
  },
  fixes: { remove: { safety: "safe", title: "Remove {rule} from the suppression comment" } },
  doc,

  check({ file, suppressions, report }) {
    for (const { directive, ids } of suppressions) {
      for (const { id, range, isUsed, isJudged } of ids) {
        if (isUsed || !isJudged) continue;
        report({
          message: "unused",
          values: { rule: id },
          at: siteOf(file.path, range),
          setting: id,
          tags: ["unnecessary"],
          fixes: [
            {
              id: "remove",
              values: { rule: id },
              edit: (edit) => {
                const removal = removeIdEdit(file.text, file.path, directive, { id, range });
                edit.replace(removal.file, removal.range, removal.text);
              },
            },
          ],
        });
      }
    }
  },
});
