import { releaseText } from "../../django/facts";
import { defineRule } from "../../lint/rule";
import { describePath } from "../questions/dicts/leaves";
import { PATH_FIXES, pathFix, pathRemedy, pathsInPhase } from "../questions/dottedPaths/removedPaths";
import doc from "./removed-dotted-path.md";

export const removedDottedPath = defineRule({
  id: "removed-dotted-path",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    gone: '{label} is "{path}", which Django {version} removed: importing it fails. {remedy}',
  },
  fixes: PATH_FIXES,
  doc,

  check(context) {
    for (const { path, row } of pathsInPhase(context, "removed")) {
      context.report({
        message: "gone",
        values: {
          label: describePath(path.leaf),
          path: path.text,
          version: releaseText(row.removed),
          remedy: pathRemedy(row),
          wanted: row.replacement ?? "",
        },
        proof: path.proof,
        at: path.site,
        fixes: [pathFix(context, path, row)],
      });
    }
  },
});
