import type { Alias, Stmt } from "./ast";
import { Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

export function lowerImport(lowering: Lowering, node: TreeNode): Stmt {
  return { kind: "Import", names: parts(node).map((child) => alias(lowering, child)), ...lowering.range(node) };
}

export function lowerImportFrom(lowering: Lowering, node: TreeNode): Stmt {
  const children = parts(node);
  const origin = node.type === "future_import_statement" ? undefined : children[0];
  const imported = origin ? children.slice(1) : children;
  const { module, level } = origin ? importOrigin(lowering, origin) : { module: "__future__", level: 0 };
  const isStar = imported[0]?.type === "wildcard_import";
  const names = isStar ? "*" : imported.map((child) => alias(lowering, child));
  return { kind: "ImportFrom", module, level, names, ...lowering.range(node) };
}

function importOrigin(lowering: Lowering, node: TreeNode): { readonly module: string; readonly level: number } {
  if (node.type === "dotted_name") return { module: dottedName(lowering, node), level: 0 };
  const [prefix, name] = parts(node);
  const level = prefix ? lowering.source(prefix).replace(/[^.]/g, "").length : 0;
  return { module: name ? dottedName(lowering, name) : "", level };
}

function alias(lowering: Lowering, node: TreeNode): Alias {
  if (node.type === "dotted_name") {
    return { name: dottedName(lowering, node), asname: undefined, ...lowering.range(node) };
  }
  const [name, asname] = parts(node);
  if (!name || !asname) throw new Unreadable(lowering.range(node), "this import cannot be read");
  return { name: dottedName(lowering, name), asname: lowering.identifier(asname), ...lowering.range(node) };
}

/** The name of a `dotted_name`: blanks may stand around its dots. */
export function dottedName(lowering: Lowering, node: TreeNode): string {
  return parts(node)
    .map((part) => lowering.identifier(part))
    .join(".");
}
