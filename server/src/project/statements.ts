import type { Stmt } from "../syntax/ast";

/**
 * All statements of a block in the order of the text, those in branches and loops with it, and on request those in functions
 * and classes. Keeps its own stack: a chain of thousands of `elif` is nested as deep.
 */
export function* allStatements(body: readonly Stmt[], into: "branches" | "everything"): Generator<Stmt> {
  const stack: Stmt[] = [...body].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (const block of innerBlocks(next, into).reverse())
      for (let i = block.length - 1; i >= 0; i--) {
        const inner = block[i];
        if (inner !== undefined) stack.push(inner);
      }
  }
}

function innerBlocks(statement: Stmt, into: "branches" | "everything"): (readonly Stmt[])[] {
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
