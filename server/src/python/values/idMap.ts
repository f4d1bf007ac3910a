import { spend } from "./fuel";

const BITS = 4;
const MASK = (1 << BITS) - 1;

interface Node {
  /** The map that may change it in place. */
  readonly owner: object;
  /** Nodes, or values at the lowest level. */
  readonly slots: unknown[];
}

/**
 * A map of ids that is cheap to fork: forks share all parts of a tree in which nothing was written since, so that what differs
 * between two is found without looking at the rest. Entries are never deleted.
 */
export class IdMap<V> {
  private root: Node | undefined;
  /** By how many bits ids are shifted at the root. */
  private shift: number;
  private owner = {};

  constructor(from?: IdMap<V>) {
    this.root = from?.root;
    this.shift = from?.shift ?? 0;
    if (from !== undefined) from.owner = {};
  }

  /** Both may be written to afterwards. */
  fork(): IdMap<V> {
    return new IdMap(this);
  }

  get(key: number): V | undefined {
    if (key >>> this.shift > MASK) return undefined;
    let { root: node } = this;
    for (let { shift } = this; shift > 0 && node !== undefined; shift -= BITS)
      node = node.slots[(key >>> shift) & MASK] as Node | undefined;
    return node?.slots[key & MASK] as V | undefined;
  }

  set(key: number, value: V): void {
    while (key >>> this.shift > MASK) {
      this.shift += BITS;
      if (this.root !== undefined) this.root = { owner: this.owner, slots: [this.root] };
    }
    let node = (this.root = this.writable(this.root));
    for (let { shift } = this; shift > 0; shift -= BITS) {
      const index = (key >>> shift) & MASK;
      node.slots[index] = node = this.writable(node.slots[index] as Node | undefined);
    }
    node.slots[key & MASK] = value;
  }

  private writable(node: Node | undefined): Node {
    if (node?.owner === this.owner) return node;
    spend(1);
    return { owner: this.owner, slots: node === undefined ? [] : node.slots.slice() };
  }

  /** Every id that has been written. */
  keys(): readonly number[] {
    return IdMap.changedKeys(this, new IdMap());
  }

  /** The ids that have different values in two maps, in ascending order. */
  static changedKeys<V>(a: IdMap<V>, b: IdMap<V>): readonly number[] {
    const keys: number[] = [];
    const visit = (one: Node | undefined, other: Node | undefined, shift: number, prefix: number): void => {
      if (one === other) return;
      spend(2);
      for (let index = 0; index <= MASK; index += 1) {
        const mine = one?.slots[index];
        const others = other?.slots[index];
        if (mine === others) continue;
        const key = prefix | (index << shift);
        if (shift === 0) keys.push(key);
        else visit(mine as Node | undefined, others as Node | undefined, shift - BITS, key);
      }
    };
    const shift = Math.max(a.shift, b.shift);
    visit(a.rootAt(shift), b.rootAt(shift), shift, 0);
    return keys;
  }

  private rootAt(shift: number): Node | undefined {
    let { root } = this;
    for (let at = this.shift; at < shift && root !== undefined; at += BITS) root = { owner: this.owner, slots: [root] };
    return root;
  }
}
