import { append } from "../base/lists";
import { isSameData } from "../base/sameness";
import type { Expr, Stmt } from "./ast";
import { changeOf } from "./bodyChanges";

/** `branches`: the blocks that run in the same scope. `everything`: those of functions and classes too. */
export type Into = "branches" | "everything";

/** The blocks inside a compound statement, in the order of the text; none for a simple one. */
export function blocksOf(statement: Stmt, into: Into = "everything"): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case "If":
    case "For":
    case "While":
      return [statement.body, statement.orelse];
    case "With":
      return [statement.body];
    case "Try":
      return [statement.body, ...statement.handlers.map((each) => each.body), statement.orelse, statement.finalbody];
    case "Match":
      return statement.cases.map((each) => each.body);
    case "FunctionDef":
    case "ClassDef":
      return into === "everything" ? [statement.body] : [];
    default:
      return [];
  }
}

/**
 * All statements of a block in the order of the text, those in branches and loops with it, and on request those in functions
 * and classes. Keeps its own stack: a chain of thousands of `elif` is nested as deep.
 */
export function* allStatements(body: readonly Stmt[], into: Into): Generator<Stmt> {
  const stack: Stmt[] = body.toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (const block of blocksOf(next, into).toReversed()) append(stack, block.toReversed());
  }
}

/** The names that a statement binds directly, not those of the blocks inside it. */
export function boundNames(statement: Stmt): readonly string[] {
  switch (statement.kind) {
    case "Assign":
      return statement.targets.flatMap(targetNames);
    case "AnnAssign":
      return statement.value === undefined ? [] : targetNames(statement.target);
    case "AugAssign":
      return targetNames(statement.target);
    case "ImportFrom":
      return statement.names === "*" ? [] : statement.names.map((alias) => alias.asname ?? alias.name);
    default:
      return [];
  }
}

function targetNames(target: Expr): readonly string[] {
  if (target.kind === "Name") return [target.id];
  if (target.kind === "Tuple" || target.kind === "List") return target.elts.flatMap(targetNames);
  return [];
}

/** Something with statements to be searched: a module, or a block. */
export interface Searchable {
  readonly body: readonly Stmt[];
  /** Makes the search where somebody hears what is asked of the statements. */
  searched?<T>(search: (body: readonly Stmt[]) => readonly T[]): readonly T[];
}

/** Whether two finds say the same. Nodes have their places, and are the same as themselves alone. */
function isSameFound(some: readonly unknown[], others: readonly unknown[]): boolean {
  return isSameData(some, others, (one) => "start" in one);
}

/**
 * Makes a search of statements remember what it has found in each. Statements that an edit leaves alone are the same objects
 * after it, so that a search of a module costs what the edit has touched; where the same is found there as before, and no nodes,
 * all that is found is the same list. It must depend on the statement alone.
 */
export function inStatements<T>(find: (statement: Stmt) => readonly T[]): (within: Searchable) => readonly T[] {
  const known = new WeakMap<Stmt, readonly T[]>();
  const knownOfBodies = new WeakMap<readonly Stmt[], readonly T[]>();
  const inOne = (statement: Stmt): readonly T[] => {
    let found = known.get(statement);
    if (found === undefined) known.set(statement, (found = find(statement)));
    return found;
  };
  const asBefore = (body: readonly Stmt[]): readonly T[] | undefined => {
    const change = changeOf(body);
    const isSame = change !== undefined && isSameFound(change.removed.flatMap(inOne), change.added.flatMap(inOne));
    return isSame ? knownOfBodies.get(change.before) : undefined;
  };
  const search = (body: readonly Stmt[]): readonly T[] => {
    let found = knownOfBodies.get(body) ?? asBefore(body);
    if (found === undefined) {
      const all: T[] = [];
      for (const statement of body) append(all, inOne(statement));
      found = all;
    }
    knownOfBodies.set(body, found);
    return found;
  };
  return (within) => within.searched?.(search) ?? search(within.body);
}
