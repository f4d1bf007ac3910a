import type { Range } from "../../../base/text";
import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { Stmt } from "../../../syntax/ast";
import { statementsAbout } from "./nameStatements";

/** Writes another name in all statements that give a setting its value; none where something else mentions it. */
export function renameAssignments<Id extends string>(
  context: RuleContext,
  id: Id,
  from: string,
  to: string,
): ReportedFix<Id> | undefined {
  const places = statementsAbout(context, from)?.map(({ file, statement }) => ({
    file,
    range: nameIn(statement, from),
  }));
  if (places === undefined || places.length === 0) return undefined;
  return {
    id,
    edit: (edit) => {
      for (const { file, range } of places) if (range !== undefined) edit.replace(file, range, to);
    },
  };
}

function nameIn(statement: Stmt, name: string): Range | undefined {
  const targets =
    statement.kind === "Assign"
      ? statement.targets
      : statement.kind === "AnnAssign" || statement.kind === "AugAssign"
        ? [statement.target]
        : [];
  return targets.find((target) => target.kind === "Name" && target.id === name);
}
