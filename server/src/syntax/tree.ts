/**
 * The part of a tree-sitter node that lowering uses. The nodes of `web-tree-sitter` and of the native `tree-sitter` both
 * have this shape, so one lowering serves both. Offsets are UTF-16 code units in both.
 */
export interface TreeNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Whether an `ERROR` or a missing token stands anywhere in it. */
  readonly hasError: boolean;
  readonly isMissing: boolean;
  readonly children: readonly (TreeNode | null)[];
  readonly namedChildren: readonly (TreeNode | null)[];
  descendantsOfType(type: string): readonly (TreeNode | null)[];
}

/** A tree that must be released once: its memory is not the JavaScript engine's. */
export interface SourceTree {
  readonly root: TreeNode;
  release(): void;
}

/** Parses a text with tree-sitter. */
export type ReadTree = (text: string) => SourceTree;

/** The named children that carry meaning: comments and line continuations may stand anywhere and are left out. */
export function parts(node: TreeNode): readonly TreeNode[] {
  const children = node.namedChildren as readonly TreeNode[];
  for (const child of children) {
    if (isExtra(child)) return children.filter((other) => !isExtra(other));
  }
  return children;
}

function isExtra(node: TreeNode): boolean {
  return node.type === "comment" || node.type === "line_continuation";
}
