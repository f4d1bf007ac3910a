import { isSettingName } from "../../project/djangoNames";
import { placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { ImportEvent } from "../../python/program/evaluation";
import type { Stmt } from "../../syntax/ast";
import { boundNames } from "../../syntax/statements";

import { reads } from "../questions/assignments/statements";
import { topLevelNames } from "../questions/splits/starImports";
import doc from "./override-before-star-import.md";

type Context = ContextOf<typeof overrideBeforeStarImport>;

/** Only names that the star-imported module binds without a condition, and that nothing reads in between. */
export const overrideBeforeStarImport = defineRule({
  id: "override-before-star-import",
  category: "split-settings",
  severity: "error",
  audience: "entry",
  messages: {
    overwritten:
      "{setting} is overwritten by the star import at {place}: it is set here, and gets the value of {imported} there. Import first, then override.",
  },
  fixes: { moveImport: { safety: "safe", title: "Move the star import above the overrides" } },
  doc,

  check(context) {
    const seen = new Set<ImportEvent["statement"]>();
    for (const event of context.evaluation.imports) {
      if (event.star === undefined || event.file === undefined || seen.has(event.statement)) continue;
      seen.add(event.statement);
      checkImport(context, event, event.file);
    }
  },
});

function checkImport(context: Context, event: ImportEvent, imported: string): void {
  const body = context.source(event.site.file)?.ast.body ?? [];
  const at = body.findIndex((statement) => statement === event.statement);
  if (at <= 0) return;
  const names = topLevelNames(context, imported);
  let first: Stmt | undefined;
  for (const [index, statement] of body.slice(0, at).entries()) {
    for (const setting of boundNames(statement).filter(isSettingName)) {
      if (!names.has(setting) || statement.kind === "AugAssign" || statement.kind === "ImportFrom") continue;
      if (reads(body.slice(index + 1, at), setting)) continue;
      first ??= statement;
      reportOverride(context, event, setting, statement, first);
    }
  }
}

function reportOverride(context: Context, event: ImportEvent, setting: string, statement: Stmt, first: Stmt): void {
  const { file } = event.site;
  const target =
    statement.kind === "Assign" ? statement.targets[0] : statement.kind === "AnnAssign" ? statement.target : undefined;
  context.report({
    message: "overwritten",
    values: { place: placeLabel(context, event.site), imported: event.dotted },
    at: siteOf(file, target ?? statement),
    setting,
    chain: [{ site: event.site, text: `${event.dotted} is imported here and binds ${setting} again.` }],
    tags: ["unnecessary"],
    fixes: [moveImport(context, event, first)],
  });
}

function moveImport(context: Context, event: ImportEvent, first: Stmt): FixOf<typeof overrideBeforeStarImport> {
  const { file, range } = event.site;
  const text = context.source(file)?.text.slice(range.start, range.end) ?? "";
  return {
    id: "moveImport",
    edit: (edit) => {
      edit.deleteStatement(file, range);
      edit.insert(file, first.start, `${text}\n\n`);
    },
  };
}
