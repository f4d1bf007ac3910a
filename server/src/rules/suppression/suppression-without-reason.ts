import { defineRule, siteOf } from "../../lint/rule";
import doc from "./suppression-without-reason.md";

export const suppressionWithoutReason = defineRule({
  id: "suppression-without-reason",
  category: "suppression",
  severity: "warning",
  audience: "file",
  messages: { missing: "This suppression comment does not say why: add the reason after --." },
  onByDefault: false,
  doc,

  check({ file, suppressions, report }) {
    for (const { directive } of suppressions) {
      if (directive.problem !== undefined || directive.reason !== undefined) continue;
      const setting = directive.ids.map(({ id }) => id).join(",");
      report({ message: "missing", at: siteOf(file.path, directive.range), setting });
    }
  },
});
