import { withoutNegation } from "../python/semantics/operations";
import { keyOf } from "../python/values/symbolic";
import type { Decision } from "../python/values/value";
import type { Branch, Evaluation } from "../python/program/evaluation";
import { usageOfModulePart, type Usage } from "../project/nameWords";
import type { If, Stmt } from "../syntax/ast";
import { allStatements } from "../syntax/statements";

/*
 * Settings that choose an environment by what they import: `if ENV == "production": from .production import *`, else `from .local
 * import *`. The names of the modules tell what each branch is for. Only whole branches of `if` are looked at, whose conditions are
 * of one test each; everything else errs towards no choice, where all worlds count.
 */

/** Decisions that hold together, as texts which compare like the decisions. */
export type Decisions = readonly string[];

interface Arm {
  readonly decisions: Decisions;
  readonly body: readonly Stmt[];
}

/** Under which decisions an evaluation takes a module for developers or tests where another branch takes the one for production. */
export function worldsOfOthers(evaluation: Evaluation): readonly Decisions[] {
  return evaluation.answer("choices between environments", ({ branches, imports }) => {
    const open = new Map(branches.filter(({ outcome }) => outcome === "undecided").map((one) => [one.statement, one]));
    const files = new Map(imports.filter(isOfFile).map(({ statement, dotted }) => [statement, dotted]));
    const elifs = new Set<Stmt>([...open.keys()].flatMap((one) => elifOf(one) ?? []));
    return [...open.keys()]
      .filter((statement) => !elifs.has(statement))
      .flatMap((statement) => othersIn(armsOf(statement, open, []), files));
  });
}

/** A decision as {@link worldsOfOthers} has it. */
export function decisionText({ test, holds }: Decision): string {
  return `${holds ? "if" : "unless"} ${keyOf(test.value)}`;
}

function isOfFile({ star, file }: Evaluation["imports"][number]): boolean {
  return star !== undefined && file !== undefined;
}

function othersIn(arms: readonly Arm[], files: ReadonlyMap<Stmt, string>): readonly Decisions[] {
  const usages = arms.map(({ body }) => usageIn(body, files));
  if (!usages.includes("production")) return [];
  return arms.flatMap(({ decisions }, index) => {
    const usage = usages[index];
    return usage === "development" || usage === "test" ? [decisions] : [];
  });
}

/** What the names of the modules say that a branch takes, where they all say the same. */
function usageIn(body: readonly Stmt[], files: ReadonlyMap<Stmt, string>): Usage | undefined {
  const said = [...allStatements(body, "branches")].flatMap((statement) => {
    const dotted = files.get(statement);
    const usage = dotted === undefined ? undefined : usageOfModulePart(dotted.slice(dotted.lastIndexOf(".") + 1));
    return usage === undefined ? [] : [usage];
  });
  return said.every((usage) => usage === said[0]) ? said[0] : undefined;
}

/** The branches of an `if` with its `elif`s and `else`; none from where a condition is known, or is of more than one test. */
function armsOf(statement: If, open: ReadonlyMap<If, Branch>, before: Decisions): readonly Arm[] {
  const holds = decisionOf(open.get(statement));
  if (holds === undefined) return [];
  const without = [...before, decisionText({ ...holds, holds: !holds.holds })];
  const elif = elifOf(statement);
  return [
    { decisions: [...before, decisionText(holds)], body: statement.body },
    ...(elif === undefined ? [{ decisions: without, body: statement.orelse }] : armsOf(elif, open, without)),
  ];
}

function elifOf({ orelse }: If): If | undefined {
  const [only, second] = orelse;
  return only?.kind === "If" && second === undefined ? only : undefined;
}

/** The one decision under which the body of an `if` runs. */
function decisionOf(branch: Branch | undefined): Decision | undefined {
  if (branch?.test === undefined) return undefined;
  const { value, inverted } = withoutNegation(branch.value);
  return keyOf(value) === keyOf(branch.test.value) ? { test: branch.test, holds: !inverted } : undefined;
}
