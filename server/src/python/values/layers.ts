import { spend } from "./fuel";

/** Deeper chains are flattened; reads walk at most this far. */
const MAX_DEPTH = 24;

/**
 * A map that is cheap to fork: a fork shares everything written so far and keeps its own writes in a layer of its own.
 * Entries are never deleted.
 */
export class Layers<K, V> {
  private readonly parent: Layers<K, V> | undefined;
  private readonly own: Map<K, V>;
  private readonly depth: number;

  constructor(parent?: Layers<K, V>) {
    const isDeep = parent !== undefined && parent.depth >= MAX_DEPTH;
    this.parent = isDeep ? undefined : parent;
    this.own = isDeep ? parent.flat() : new Map();
    this.depth = this.parent === undefined ? 0 : this.parent.depth + 1;
  }

  get(key: K): V | undefined {
    for (let layer: Layers<K, V> | undefined = this; layer !== undefined; layer = layer.parent) {
      const value = layer.own.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Every key that has been written. */
  keys(): ReadonlySet<K> {
    return new Set(this.keysAbove(undefined));
  }

  /** Only while this is nobody's parent: see {@link fork}. */
  set(key: K, value: V): void {
    this.own.set(key, value);
  }

  /** Two maps that go on from here independently. This one must not be written to any more. */
  fork(): readonly [Layers<K, V>, Layers<K, V>] {
    const base = this.own.size === 0 && this.parent !== undefined ? this.parent : this;
    return [new Layers(base), new Layers(base)];
  }

  /** The keys that may have different values in two maps: those written since they parted, or all when that is not known. */
  static changedKeys<K, V>(a: Layers<K, V>, b: Layers<K, V>): ReadonlySet<K> {
    const above = new Set<Layers<K, V>>();
    for (let layer: Layers<K, V> | undefined = a; layer !== undefined; layer = layer.parent) above.add(layer);
    let common: Layers<K, V> | undefined = b;
    while (common !== undefined && !above.has(common)) common = common.parent;
    return new Set([...a.keysAbove(common), ...b.keysAbove(common)]);
  }

  private *keysAbove(end: Layers<K, V> | undefined): Generator<K> {
    for (let layer: Layers<K, V> | undefined = this; layer !== undefined && layer !== end; layer = layer.parent) {
      spend(1 + layer.own.size);
      yield* layer.own.keys();
    }
  }

  private flat(): Map<K, V> {
    const layers: Layers<K, V>[] = [];
    for (let layer: Layers<K, V> | undefined = this; layer !== undefined; layer = layer.parent) layers.push(layer);
    const all = new Map<K, V>();
    for (const layer of layers.toReversed()) {
      spend(1 + layer.own.size);
      for (const [key, value] of layer.own) all.set(key, value);
    }
    return all;
  }
}
