import type { Expr, Stmt } from "../../syntax/ast";

/** Anything of the tree that has a `kind`. */
export type Kinded = Expr | Stmt;

function isKinded(value: object): value is Kinded {
  return "kind" in value && "start" in value && "end" in value;
}

/**
 * Calls `visit` for every statement and expression below (and with) the given ones, parents first, in source order per field.
 * `visit` answers false to leave out what lies below. Iterative: a deep tree cannot overflow the stack.
 */
export function walk(roots: readonly object[], visit: (node: Kinded) => boolean | void): void {
  const waiting: object[] = [...roots].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isKinded(node) && visit(node) === false) continue;
    const children = Object.values(node).filter(
      (child): child is object => typeof child === "object" && child !== null,
    );
    for (const child of children.reverse()) waiting.push(child);
  }
}
