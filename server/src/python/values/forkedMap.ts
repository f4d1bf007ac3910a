import { spend } from "./fuel";
import { noteRead, noteUnrepeatable, noteWrite, WHOLE, type Area } from "./recording";

/** A map that is cheap to fork: both sides share what is in it until one of them is written to. Its entries are cells. */
export class ForkedMap<K, V> {
  private readonly area: Area;
  private entries: Map<K, V>;
  private isShared: boolean;

  constructor(area: Area, from?: ForkedMap<K, V>) {
    this.area = area;
    this.entries = from?.entries ?? new Map<K, V>();
    this.isShared = from !== undefined;
    if (from !== undefined) from.isShared = true;
  }

  fork(): ForkedMap<K, V> {
    return new ForkedMap(this.area, this);
  }

  /** Whether nothing was written to either since they parted. */
  isSame(other: ForkedMap<K, V>): boolean {
    return this.entries === other.entries;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    const value = this.entries.get(key);
    noteRead(this.area, key, value);
    return value;
  }

  /** As {@link get}, without being noted. */
  peek(key: K): V | undefined {
    return this.entries.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  keys(): IterableIterator<K> {
    this.noteWhole();
    return this.entries.keys();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    this.noteWhole();
    return this.entries[Symbol.iterator]();
  }

  set(key: K, value: V): void {
    noteWrite(this.area, key, this.entries.get(key));
    this.writable().set(key, value);
  }

  delete(key: K): void {
    noteWrite(this.area, key, this.entries.get(key));
    if (this.entries.has(key)) this.writable().delete(key);
  }

  /** That there is nothing in it is easily seen to be still so. */
  private noteWhole(): void {
    if (this.entries.size === 0) noteRead(this.area, WHOLE, 0);
    else noteUnrepeatable();
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
