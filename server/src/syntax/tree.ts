/**
 * The part of a tree-sitter node that is used here. The nodes of `web-tree-sitter` and of the native `tree-sitter` both have
 * this shape, so one lowering serves both. Offsets are UTF-16 code units in both.
 */
export interface BackendNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Whether an `ERROR` or a missing token stands anywhere in it. */
  readonly hasError: boolean;
  readonly isMissing: boolean;
  readonly children: readonly (BackendNode | null)[];
  readonly namedChildren: readonly (BackendNode | null)[];
}

/** A node with what is asked again and again kept: in both backends each question is a call out of JavaScript. */
export class TreeNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Valid only as long as the tree is. */
  readonly backend: BackendNode;
  private kept: readonly TreeNode[] | undefined;

  constructor(backend: BackendNode) {
    this.type = backend.type;
    this.startIndex = backend.startIndex;
    this.endIndex = backend.endIndex;
    this.backend = backend;
  }

  /** The named children that carry meaning: comments and line continuations may stand anywhere and are left out. */
  get parts(): readonly TreeNode[] {
    if (this.kept) return this.kept;
    const kept: TreeNode[] = [];
    for (const child of this.backend.namedChildren) {
      const node = child && new TreeNode(child);
      if (node && node.type !== "comment" && node.type !== "line_continuation") kept.push(node);
    }
    this.kept = kept;
    return kept;
  }

  get hasError(): boolean {
    return this.backend.hasError;
  }
}

/** A tree that must be released once: its memory is not the JavaScript engine's. */
export interface SourceTree {
  readonly root: BackendNode;
  release(): void;
}

/** Parses a text with tree-sitter. */
export type ReadTree = (text: string) => SourceTree;

/** As {@link TreeNode.parts}, to be passed as a function. */
export function parts(node: TreeNode): readonly TreeNode[] {
  return node.parts;
}
