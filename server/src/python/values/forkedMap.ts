import { spend } from "./fuel";

/** A map that is cheap to fork: both sides share what is in it until one of them is written to. */
export class ForkedMap<K, V> {
  private entries: Map<K, V> = new Map();
  private isShared = false;

  fork(): ForkedMap<K, V> {
    const copy = new ForkedMap<K, V>();
    copy.entries = this.entries;
    copy.isShared = true;
    this.isShared = true;
    return copy;
  }

  /** Whether nothing was written to either since they parted. */
  isSame(other: ForkedMap<K, V>): boolean {
    return this.entries === other.entries;
  }

  get(key: K): V | undefined {
    return this.entries.get(key);
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  keys(): IterableIterator<K> {
    return this.entries.keys();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries[Symbol.iterator]();
  }

  set(key: K, value: V): void {
    this.writable().set(key, value);
  }

  delete(key: K): void {
    if (this.entries.has(key)) this.writable().delete(key);
  }

  private writable(): Map<K, V> {
    if (this.isShared) {
      spend(this.entries.size);
      this.entries = new Map(this.entries);
    }
    this.isShared = false;
    return this.entries;
  }
}
