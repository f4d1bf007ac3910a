import type { Stmt } from "./ast";
import { badStatement } from "./badStatement";
import {
  lowerClass,
  lowerDecorated,
  lowerFor,
  lowerFunction,
  lowerIf,
  lowerTry,
  lowerWhile,
  lowerWith,
} from "./lowerCompound";
import { lowerImport, lowerImportFrom } from "./lowerImports";
import { Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { lowerMatch } from "./lowerPatterns";
import {
  lowerAssert,
  lowerDelete,
  lowerExpressionStatement,
  lowerRaise,
  lowerReturn,
  lowerScoping,
  lowerTypeAlias,
} from "./lowerSimpleStatements";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

type LowerStatement = (lowering: Lowering, node: TreeNode) => Stmt;

/** By node type of tree-sitter-python 0.25. */
const BY_TYPE: ReadonlyMap<string, LowerStatement> = new Map<string, LowerStatement>([
  ["expression_statement", lowerExpressionStatement],
  ["import_statement", lowerImport],
  ["import_from_statement", lowerImportFrom],
  ["future_import_statement", lowerImportFrom],
  ["if_statement", lowerIf],
  ["for_statement", lowerFor],
  ["while_statement", lowerWhile],
  ["try_statement", lowerTry],
  ["with_statement", lowerWith],
  ["match_statement", lowerMatch],
  ["function_definition", (l, n) => lowerFunction(l, n)],
  ["class_definition", (l, n) => lowerClass(l, n)],
  ["decorated_definition", lowerDecorated],
  ["return_statement", lowerReturn],
  ["raise_statement", lowerRaise],
  ["assert_statement", lowerAssert],
  ["delete_statement", lowerDelete],
  ["global_statement", lowerScoping],
  ["nonlocal_statement", lowerScoping],
  ["type_alias_statement", lowerTypeAlias],
  ["pass_statement", (l, n) => ({ kind: "Pass", ...l.range(n) })],
  ["break_statement", (l, n) => ({ kind: "Break", ...l.range(n) })],
  ["continue_statement", (l, n) => ({ kind: "Continue", ...l.range(n) })],
  ["print_statement", python2("print is a function in Python 3: its arguments need parentheses")],
  ["exec_statement", python2("exec is a function in Python 3: its arguments need parentheses")],
]);

function python2(message: string): LowerStatement {
  return (lowering, node) => {
    throw new Unreadable(lowering.range(node), message);
  };
}

/** Lowers one statement whose tree has no error in it; what CPython would refuse becomes a `BadStmt` and a problem. */
export function lowerStatement(lowering: Lowering, node: TreeNode): Stmt {
  const lower = BY_TYPE.get(node.type);
  try {
    if (lower) return lower(lowering, node);
    throw new Unreadable(lowering.range(node), "this statement cannot be read");
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    lowering.problem(error.range, error.message);
    return badStatement(lowering.text, lowering.range(node));
  }
}

/** The statements of a module or block without errors. */
export function lowerStatements(lowering: Lowering, node: TreeNode): Stmt[] {
  return parts(node).map((child) => lowerStatement(lowering, child));
}
