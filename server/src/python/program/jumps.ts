import type { Expr, Stmt } from "../../syntax/ast";

export type Jump = "return" | "break" | "continue";

/** The ways in which a statement may leave the block that it stands in, by its text alone: exceptions are not among them. */
export function jumpsOf(statement: Stmt): readonly Jump[] {
  const found = new Set<Jump>();
  collect(statement, false, found);
  return [...found];
}

function collect(node: unknown, inLoop: boolean, found: Set<Jump>): void {
  if (Array.isArray(node)) {
    for (const part of node) collect(part, inLoop, found);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const part = node as { readonly kind?: string; readonly orelse?: unknown };
  switch (part.kind) {
    case "Return":
      found.add("return");
      return;
    case "Break":
    case "Continue":
      if (!inLoop) found.add(part.kind === "Break" ? "break" : "continue");
      return;
    case "FunctionDef":
    case "ClassDef":
    case "Lambda":
      return;
    case "For":
    case "While":
      collect((part as { readonly body?: unknown }).body, true, found);
      collect(part.orelse, inLoop, found);
      return;
    default:
      for (const value of Object.values(part)) if (typeof value === "object") collect(value, inLoop, found);
  }
}

/** Whether a function's body has a `return` of something other than `None` and `False`. */
export function givesSomething(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(givesSomething);
  if (typeof node !== "object" || node === null) return false;
  const part = node as { readonly kind?: string; readonly value?: Expr };
  if (part.kind === "FunctionDef" || part.kind === "ClassDef" || part.kind === "Lambda") return false;
  if (part.kind !== "Return") return Object.values(part).some(givesSomething);
  const { value } = part;
  return value !== undefined && !(value.kind === "Constant" && value.value !== true);
}
