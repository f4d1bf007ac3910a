import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import { leavesOf, textsIn } from "../questions/dicts/leaves";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths, type DottedPath } from "../questions/dottedPaths/places";
import doc from "./database-psycopg2-alias.md";

const NAMES: ReadonlyMap<string, string> = new Map([
  ["django.db.backends.postgresql_psycopg2", "django.db.backends.postgresql"],
]);

export const databasePsycopg2Alias = defineRule({
  id: "database-psycopg2-alias",
  category: "deprecation",
  severity: "hint",
  audience: "entry",
  django: { since: [1, 9] },
  messages: {
    alias: '{setting} has the old engine name "{path}": it is the name before Django 1.9. Write "{wanted}".',
  },
  fixes: { rename: { safety: "safe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      const wanted = path.kind === "databaseEngines" ? NAMES.get(path.text) : undefined;
      if (wanted === undefined) continue;
      context.report({
        message: "alias",
        values: { path: path.text, wanted },
        proof: path.proof,
        at: path.site,
        fixes: [renameFix(context, path, wanted)],
      });
    }
    for (const proof of context.setting("DATABASES").proofs())
      for (const { path, value, site } of leavesOf("DATABASES", proof.value)) {
        // The default of a variable, or the argument of what makes a database of a URL.
        const isEngine = path.length === 2 || path.at(-1) === "ENGINE";
        const text = isEngine && value.kind !== "str" ? textsIn(value).find((one) => NAMES.has(one)) : undefined;
        const wanted = NAMES.get(text ?? "");
        if (text === undefined || wanted === undefined) continue;
        context.report({ message: "alias", values: { path: text, wanted }, proof, at: site });
      }
  },
});

/** Of a project that does not say its release, it cannot be excluded that it has one before the new name. */
function renameFix(
  context: RuleContext,
  path: DottedPath,
  wanted: string,
): FixOf<typeof databasePsycopg2Alias> | undefined {
  const fix = replacePath(context, "rename", path, wanted);
  return context.project.django === undefined ? fix && { ...fix, safety: "unsafe" } : fix;
}
