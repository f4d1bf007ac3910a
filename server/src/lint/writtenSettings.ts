import { mostRelated, readName, type NamedSetting } from "../django/relatives";
import { isSettingName } from "../project/djangoNames";
import type { Name, Stmt } from "../syntax/ast";
import { inStatements } from "../syntax/statements";

/** A plain assignment to one setting. */
export interface WrittenSetting extends NamedSetting {
  readonly statement: Stmt;
  readonly target: Name;
}

/** The plain assignments to settings among some statements, in their order. */
export const writtenSettings = inStatements((statement): readonly WrittenSetting[] => {
  const target = plainTarget(statement);
  return target === undefined || !isSettingName(target.id) ? [] : [{ ...readName(target.id), statement, target }];
});

function plainTarget(statement: Stmt): Name | undefined {
  const isOne = statement.kind === "Assign" && statement.targets.length === 1;
  const target = isOne ? statement.targets[0] : statement.kind === "AnnAssign" ? statement.target : undefined;
  return target?.kind === "Name" ? target : undefined;
}

/**
 * Where to look for a setting that a block does not assign: at the one that is most related to it, else at the first setting.
 * `undefined` where the block assigns none.
 */
export function placeWithout(name: string, body: readonly Stmt[]): Name | undefined {
  const written = writtenSettings(body);
  const found = mostRelated(name, written)?.relative ?? written.find((each) => each.name !== name);
  return found?.target;
}
