import type { Expr, Stmt } from "../../../syntax/ast";

/** The name at the root of what a statement changes in place: `A` for `A["x"] = 1`, `A += [1]` and `A.append(1)`. */
export function changedName(statement: Stmt): string | undefined {
  if (statement.kind === "AugAssign") return rootOf(statement.target);
  if (statement.kind === "Assign" && statement.targets[0]?.kind === "Subscript") return rootOf(statement.targets[0]);
  if (statement.kind === "Expr" && statement.value.kind === "Call" && statement.value.func.kind === "Attribute") {
    return rootOf(statement.value.func.value);
  }
  return undefined;
}

function rootOf(expression: Expr): string | undefined {
  let current = expression;
  while (current.kind === "Subscript" || current.kind === "Attribute") current = current.value;
  return current.kind === "Name" ? current.id : undefined;
}

/** Whether a name is read anywhere in a statement or expression, nested functions included. */
export function reads(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((part) => reads(part, name));
  if (typeof node !== "object" || node === null) return false;
  const { kind, id } = node as { readonly kind?: string; readonly id?: string };
  if (kind === "Name" && id === name) return true;
  const isAssignment = kind === "Assign" || kind === "AnnAssign";
  return Object.entries(node).some(([key, part]) => {
    // The name as a plain target is bound there, not read.
    if (isAssignment && (key === "targets" || key === "target")) return readsInTargets(part, name);
    return reads(part, name);
  });
}

function readsInTargets(targets: unknown, name: string): boolean {
  const all: readonly unknown[] = Array.isArray(targets) ? targets : [targets];
  return all.some((target) => (target as Expr).kind !== "Name" && reads(target, name));
}
