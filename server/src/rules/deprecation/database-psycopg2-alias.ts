import { defineRule } from "../../lint/rule";
import { textOf } from "../questions/dicts/dicts";
import { leavesOf } from "../questions/dicts/leaves";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths } from "../questions/dottedPaths/places";
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
    if (context.djangoAtLeast(1, 9) !== true) return;
    for (const path of dottedPaths(context)) {
      const wanted = path.kind === "databaseEngines" ? NAMES.get(path.text) : undefined;
      if (wanted === undefined) continue;
      context.report({
        message: "alias",
        values: { path: path.text, wanted },
        proof: path.proof,
        at: path.site,
        fixes: [replacePath(context, "rename", path, wanted)],
      });
    }
    for (const proof of context.setting("DATABASES").proofs())
      for (const { path, value, site } of leavesOf("DATABASES", proof.value)) {
        const fallback = value.kind === "environment" ? textOf(value.fallback) : undefined;
        const wanted = path.at(-1) === "ENGINE" ? NAMES.get(fallback ?? "") : undefined;
        if (wanted === undefined || fallback === undefined) continue;
        context.report({ message: "alias", values: { path: fallback, wanted }, proof, at: site });
      }
  },
});
