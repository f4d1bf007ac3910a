import { mostRelated, readName, type NamedSetting } from "../django/relatives";
import { isSettingName } from "../project/djangoNames";
import type { Name, Stmt } from "../syntax/ast";
import { inStatements } from "../syntax/statements";

/** A plain assignment to one setting. */
export interface WrittenSetting extends NamedSetting {
  readonly statement: Stmt;
  readonly target: Name;
}

const findWritten = inStatements((statement): readonly WrittenSetting[] => {
  const target = plainTarget(statement);
  return target === undefined || !isSettingName(target.id) ? [] : [{ ...readName(target.id), statement, target }];
});

/** By the first of each. */
const KEPT = new WeakMap<WrittenSetting, readonly WrittenSetting[]>();

/** The plain assignments to settings among some statements, in their order: the same list as long as the statements are the same. */
export function writtenSettings(body: readonly Stmt[]): readonly WrittenSetting[] {
  const found = findWritten({ body });
  const [first] = found;
  const known = first && KEPT.get(first);
  if (known?.length === found.length && found.every((each, index) => each === known[index])) return known;
  if (first !== undefined) KEPT.set(first, found);
  return found;
}

function plainTarget(statement: Stmt): Name | undefined {
  const isOne = statement.kind === "Assign" && statement.targets.length === 1;
  const target = isOne ? statement.targets[0] : statement.kind === "AnnAssign" ? statement.target : undefined;
  return target?.kind === "Name" ? target : undefined;
}

/**
 * Where to look for a setting that a block does not assign: at the one that is most related to it, else at the first setting.
 * `undefined` where the block assigns none.
 */
export function placeWithout(name: string, written: readonly WrittenSetting[]): Name | undefined {
  const found = mostRelated(name, written)?.relative ?? written.find((each) => each.name !== name);
  return found?.target;
}
