import { defineRule } from "../../lint/rule";
import { describePath } from "../questions/dicts/leaves";
import { describeMissing, missingPart } from "../questions/dottedPaths/lookup";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths } from "../questions/dottedPaths/places";
import doc from "./dotted-path-unresolved.md";

export const dottedPathUnresolved = defineRule({
  id: "dotted-path-unresolved",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    module:
      '{label} is "{path}", but {owner} has no module "{part}". Django raises an exception when it imports it.{hint}',
    name: '{label} is "{path}", but {owner} does not define "{part}". Django raises an exception when it imports it.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      // Apps are a rule of their own.
      const missing = path.target === "app" ? undefined : missingPart(context, path);
      if (missing === undefined) continue;
      context.report({
        message: missing.what,
        values: { label: describePath(path.leaf), path: path.text, ...describeMissing(path, missing) },
        proof: path.proof,
        at: path.site,
        fixes: [replacePath(context, "replace", path, missing.meant)],
      });
    }
  },
});
