import { defineRule, siteOf } from "../../lint/rule";
import { variablesRead } from "../questions/environment/variablesRead";
import doc from "./deployment-value-quoted.md";

export const deploymentValueQuoted = defineRule({
  id: "deployment-value-quoted",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    quoted:
      "{variable} has the quotes as part of its value here: the settings read it with them. Remove the quotes, or put them around the whole item.",
  },
  fixes: { unquote: { safety: "safe", title: "Remove the quotes" } },
  doc,

  check(context) {
    const quoted = context.project.deployedVariables.filter(({ value }) => /^(["'])[^"']+\1$/.test(value ?? ""));
    if (quoted.length === 0) return;
    // django-environ takes quotes away itself.
    const read = variablesRead(context, ({ library }) => library !== "django-environ");
    for (const { name, value = "", file, range } of quoted) {
      if (!read.has(name)) continue;
      const text = context.snapshot.text(file)?.slice(range.start, range.end) ?? "";
      const at = text.indexOf(value);
      const inner = { start: range.start + at, end: range.start + at + value.length };
      context.report({
        message: "quoted",
        values: { variable: name },
        at: siteOf(file, range),
        fixes: [at < 0 ? undefined : { id: "unquote", edit: (edit) => edit.replace(file, inner, value.slice(1, -1)) }],
      });
    }
  },
});
