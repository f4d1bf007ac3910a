import { releaseText } from "../../django/facts";
import { servesProduction } from "../../lint/settingsModules";
import { defineRule, type RuleContext } from "../../lint/rule";
import { describePath } from "../questions/dicts/leaves";
import type { DottedPath } from "../questions/dottedPaths/places";
import { PATH_FIXES, pathFix, pathRemedy, pathsInPhase } from "../questions/dottedPaths/removedPaths";
import doc from "./deprecated-dotted-path.md";

export const deprecatedDottedPath = defineRule({
  id: "deprecated-dotted-path",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  messages: {
    ending:
      '{label} is "{path}", deprecated since Django {since}: Django {version} does not have it, and importing it fails there. {remedy}',
  },
  fixes: PATH_FIXES,
  doc,

  check(context) {
    for (const { path, row } of pathsInPhase(context, "deprecated")) {
      if (isSecuritys(context, path)) continue;
      context.report({
        message: "ending",
        values: {
          label: describePath(path.leaf),
          path: path.text,
          since: releaseText(row.deprecated ?? row.removed),
          version: releaseText(row.removed),
          remedy: pathRemedy(row),
          wanted: row.replacement ?? "",
        },
        proof: path.proof,
        at: path.site,
        tags: ["deprecated"],
        fixes: [pathFix(context, path, row)],
      });
    }
  },
});

/** In production `session-serializer-pickle` and `password-hasher-weak` say worse of the same string. */
function isSecuritys({ module }: RuleContext, { kind, leaf }: DottedPath): boolean {
  const isFirstHasher = kind === "passwordHashers" && leaf.path[1] === "0";
  return servesProduction(module.role) && (kind === "sessionSerializers" || isFirstHasher);
}
