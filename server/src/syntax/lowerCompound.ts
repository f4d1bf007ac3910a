import { largest } from "../base/lists";
import type { Range } from "../base/text";
import type { ExceptHandler, Expr, If, Stmt, WithItem } from "./ast";
import { lowerArguments } from "./lowerCalls";
import { MAX_DEPTH, Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { lowerParameters } from "./lowerParameters";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

/** `elif` becomes an `If` alone in `orelse`; the chain is built from its end, so a long one needs no recursion. */
export function lowerIf(lowering: Lowering, node: TreeNode): Stmt {
  const [condition, consequence, ...alternatives] = parts(node);
  if (!condition || !consequence) throw unreadable(lowering, node, "if needs a condition and a block");
  if (alternatives.length >= MAX_DEPTH) throw unreadable(lowering, node, "more branches than can be read");
  const last = alternatives[alternatives.length - 1];
  let orelse: readonly Stmt[] = last?.type === "else_clause" ? suite(lowering, last) : [];
  for (const clause of alternatives.reverse()) {
    if (clause.type !== "elif_clause") continue;
    const [test, body] = parts(clause);
    if (!test || !body) throw unreadable(lowering, clause, "elif needs a condition and a block");
    orelse = [ifStatement(lowering, clause, test, body, orelse)];
  }
  return ifStatement(lowering, node, condition, consequence, orelse);
}

function ifStatement(lowering: Lowering, node: TreeNode, test: TreeNode, block: TreeNode, orelse: readonly Stmt[]): If {
  const body = lowering.block(block);
  return { kind: "If", test: lowering.expression(test), body, orelse, ...extent(lowering, node, body, orelse) };
}

/** A compound statement ends with its last statement; the grammar's nodes may reach over comments behind that. */
function extent(lowering: Lowering, node: TreeNode, ...blocks: readonly (readonly Stmt[])[]): Range {
  const end = largest(
    blocks.map((block) => block[block.length - 1]?.end ?? 0),
    0,
  );
  return { start: lowering.start(node), end };
}

export function lowerFor(lowering: Lowering, node: TreeNode): Stmt {
  const [target, iter, body, alternative] = parts(node);
  if (!target || !iter || !body)
    throw unreadable(lowering, node, "for needs a target, something to go over and a block");
  const statements = lowering.block(body);
  const orelse = alternative ? suite(lowering, alternative) : [];
  return {
    kind: "For",
    target: lowering.expression(target),
    iter: lowering.expression(iter),
    body: statements,
    orelse,
    isAsync: isAsync(lowering, node),
    ...extent(lowering, node, statements, orelse),
  };
}

export function lowerWhile(lowering: Lowering, node: TreeNode): Stmt {
  const [test, body, alternative] = parts(node);
  if (!test || !body) throw unreadable(lowering, node, "while needs a condition and a block");
  const statements = lowering.block(body);
  const orelse = alternative ? suite(lowering, alternative) : [];
  const range = extent(lowering, node, statements, orelse);
  return { kind: "While", test: lowering.expression(test), body: statements, orelse, ...range };
}

export function lowerTry(lowering: Lowering, node: TreeNode): Stmt {
  const [body, ...clauses] = parts(node);
  const handlers = clauses.filter((clause) => clause.type === "except_clause");
  const otherwise = clauses.find((clause) => clause.type === "else_clause");
  const final = clauses.find((clause) => clause.type === "finally_clause");
  if (!body || (handlers.length === 0 && !final)) throw unreadable(lowering, node, "try needs except or finally");
  const lowered = handlers.map((clause) => lowerHandler(lowering, clause));
  const orelse = otherwise ? suite(lowering, otherwise) : [];
  const finalbody = final ? suite(lowering, final) : [];
  const lastHandler = lowered[lowered.length - 1]?.body ?? [];
  return {
    kind: "Try",
    body: lowering.block(body),
    handlers: lowered,
    orelse,
    finalbody,
    isStar: handlers.some((clause) => /^except\s*\*/.test(lowering.source(clause))),
    ...extent(lowering, node, lastHandler, orelse, finalbody),
  };
}

function lowerHandler(lowering: Lowering, node: TreeNode): ExceptHandler {
  const children = parts(node);
  const body = children[children.length - 1];
  const values = children.slice(0, -1);
  if (!body) throw unreadable(lowering, node, "except needs a block");
  const [first, second] = values.length === 1 && values[0]?.type === "as_pattern" ? parts(values[0]) : values;
  const isNamed = first && second && lowering.tokens(lowering.end(first), lowering.start(second)) === "as";
  const name = isNamed ? lowering.source(second) : undefined;
  const statements = lowering.block(body);
  return {
    type: first && (isNamed || !second ? lowering.expression(first) : exceptionTuple(lowering, values)),
    name,
    body: statements,
    ...extent(lowering, node, statements),
  };
}

/** `except A, B:` (PEP 758). */
function exceptionTuple(lowering: Lowering, values: readonly TreeNode[]): Expr {
  const elts = values.map((value) => lowering.expression(value));
  const start = elts[0]?.start ?? 0;
  return { kind: "Tuple", elts, parenthesized: false, start, end: elts[elts.length - 1]?.end ?? start };
}

export function lowerWith(lowering: Lowering, node: TreeNode): Stmt {
  const [clause, body] = parts(node);
  if (!clause || !body) throw unreadable(lowering, node, "with needs a context manager and a block");
  const statements = lowering.block(body);
  return {
    kind: "With",
    items: parts(clause).flatMap((item) => lowerWithItem(lowering, item)),
    body: statements,
    isAsync: isAsync(lowering, node),
    ...extent(lowering, node, statements),
  };
}

function lowerWithItem(lowering: Lowering, node: TreeNode): WithItem[] {
  const value = node.type === "with_item" ? parts(node)[0] : node;
  if (!value) throw unreadable(lowering, node, "with needs a context manager");
  const inside = parts(value);
  if (value.type === "as_pattern") {
    const [context, target] = inside;
    const variable = target && (parts(target)[0] ?? target);
    if (!context || !variable) throw unreadable(lowering, node, "a name is missing behind as");
    const optionalVars = lowering.expression(variable);
    return [{ contextExpr: lowering.expression(context), optionalVars, ...lowering.range(node) }];
  }
  const isGroup = value.type === "tuple" || value.type === "parenthesized_expression";
  if (isGroup && inside.some((child) => child.type === "as_pattern")) {
    return inside.flatMap((child) => lowerWithItem(lowering, child));
  }
  return [{ contextExpr: lowering.expression(value), optionalVars: undefined, ...lowering.range(node) }];
}

export function lowerFunction(lowering: Lowering, node: TreeNode, decorators: readonly Expr[] = []): Stmt {
  const children = parts(node);
  const [name] = children;
  const body = children[children.length - 1];
  if (!name || body?.type !== "block") throw unreadable(lowering, node, "def needs a name and a block");
  const parameters = children.find((child) => child.type === "parameters");
  const statements = lowering.block(body);
  return {
    kind: "FunctionDef",
    name: lowering.identifier(name),
    nameRange: lowering.range(name),
    parameters: lowerParameters(lowering, parameters),
    body: statements,
    decorators,
    isAsync: isAsync(lowering, node),
    ...extent(lowering, node, statements),
  };
}

export function lowerClass(lowering: Lowering, node: TreeNode, decorators: readonly Expr[] = []): Stmt {
  const children = parts(node);
  const [name] = children;
  const body = children[children.length - 1];
  if (!name || body?.type !== "block") throw unreadable(lowering, node, "class needs a name and a block");
  const list = children.find((child) => child.type === "argument_list");
  const statements = lowering.block(body);
  const { args, keywords } = list ? lowerArguments(lowering, list) : { args: [], keywords: [] };
  return {
    kind: "ClassDef",
    name: lowering.identifier(name),
    nameRange: lowering.range(name),
    bases: args,
    keywords,
    body: statements,
    decorators,
    ...extent(lowering, node, statements),
  };
}

/** The range of a decorated definition begins at `def` or `class`, as in CPython. */
export function lowerDecorated(lowering: Lowering, node: TreeNode): Stmt {
  const children = parts(node);
  const definition = children[children.length - 1];
  const decorators = children.slice(0, -1).map((decorator) => {
    const [value] = parts(decorator);
    return value ? lowering.expression(value) : lowering.bad(decorator, "a decorator needs an expression");
  });
  if (definition?.type === "class_definition") return lowerClass(lowering, definition, decorators);
  if (definition?.type === "function_definition") return lowerFunction(lowering, definition, decorators);
  throw unreadable(lowering, node, "a decorator must stand before def or class");
}

/** The block of an `else` or `finally`. */
function suite(lowering: Lowering, clause: TreeNode): readonly Stmt[] {
  const children = parts(clause);
  const body = children[children.length - 1];
  if (!body) throw unreadable(lowering, clause, "an indented block is expected here");
  return lowering.block(body);
}

function isAsync(lowering: Lowering, node: TreeNode): boolean {
  return lowering.text.startsWith("async", lowering.start(node));
}

function unreadable(lowering: Lowering, node: TreeNode, message: string): Unreadable {
  return new Unreadable(lowering.range(node), message);
}
