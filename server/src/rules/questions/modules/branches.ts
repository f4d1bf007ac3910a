import type { FilePath } from "../../../base/path";
import { contains, type Range } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { Branch } from "../../../python/program/evaluation";
import type { Site } from "../../../python/values/value";
import type { Stmt } from "../../../syntax/ast";

/**
 * Whether what stands at a range of a settings file is in a branch that production does not take, or that depends on DEBUG in a
 * way that is not plain. Errs towards yes.
 */
export function isSkipped({ evaluation }: RuleContext, file: FilePath, range: Range): boolean {
  const around = evaluation.branches.filter(({ site, statement }) => site.file === file && contains(statement, range));
  return around.some((branch) => {
    const isInBody = holds(branch.statement.body, range);
    if (!isInBody && !holds(branch.statement.orelse, range)) return false;
    if (branch.outcome !== "undecided") return (branch.outcome === "yes") !== isInBody;
    return branch.reads.some(({ name }) => name === "DEBUG") && isDebugOff(branch) !== isInBody;
  });
}

/**
 * Whether what stands at a range of a settings file is there for DEBUG alone, as far as a branch around it or the statement that
 * gives the setting its value tells. Errs towards yes: any condition around it counts.
 */
export function mayDependOnDebug({ evaluation }: RuleContext, setting: string, { file, range }: Site): boolean {
  const isInBranch = evaluation.branches.some(
    ({ site, statement }) => site.file === file && contains(statement, range),
  );
  const givers = evaluation
    .bindingsNamed(setting)
    .filter(({ step, statement }) => step.site.file === file && contains(statement, range));
  return isInBranch || givers.some(({ reads }) => reads.some(({ name }) => name === "DEBUG"));
}

function holds(statements: readonly Stmt[], range: Range): boolean {
  return statements.some((statement) => contains(statement, range));
}

/** Whether the condition holds while DEBUG is off; `undefined` for conditions that ask for more. */
function isDebugOff({ statement: { test } }: Branch): boolean | undefined {
  if (test.kind === "Name") return false;
  return test.kind === "UnaryOp" && test.op === "not" && test.operand.kind === "Name" ? true : undefined;
}
