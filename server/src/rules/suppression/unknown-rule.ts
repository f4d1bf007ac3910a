import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Directive, SuppressionUse } from "../../lint/suppressions";
import doc from "./unknown-rule.md";

export const unknownRule = defineRule({
  id: "unknown-rule",
  category: "suppression",
  severity: "error",
  audience: "file",
  messages: {
    unknown: 'There is no rule "{rule}": this comment suppresses nothing.',
    similar: 'There is no rule "{rule}": this comment suppresses nothing. Did you mean "{similar}"?',
    "no-rules": "This comment suppresses nothing, because it names no rule: write {word}[rule-id].",
    "unknown-word": 'This comment suppresses nothing: "{word}" is neither ignore[rule-id] nor file-ignore[rule-id].',
    "not-at-top":
      "file-ignore counts only above the first statement of a file: move it there, or write ignore[rule-id].",
  },
  fixes: { rename: { safety: "safe", title: "Replace it by {similar}" } },
  doc,

  check(context) {
    for (const use of context.suppressions) {
      reportForm(context, use.directive);
      for (const id of use.ids) if (!id.isKnown) reportId(context, id);
    }
  },
});

function reportForm({ file, report }: ContextOf<typeof unknownRule>, { problem, range, word }: Directive): void {
  if (problem === undefined) return;
  report({ message: problem, values: { word }, at: siteOf(file.path, range), setting: word });
}

function reportId(
  { file, report }: ContextOf<typeof unknownRule>,
  { id, range, similar }: SuppressionUse["ids"][number],
): void {
  const at = siteOf(file.path, range);
  if (similar === undefined) return report({ message: "unknown", values: { rule: id }, at, setting: id });
  report({
    message: "similar",
    values: { rule: id, similar },
    at,
    setting: id,
    fixes: [{ id: "rename", values: { similar }, edit: (edit) => edit.replace(file.path, range, similar) }],
  });
}
