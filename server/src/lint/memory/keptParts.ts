import { append } from "../../base/lists";

/** What was found in a part, as long as it is valid. */
interface Part {
  readonly name: string;
  readonly result: unknown;
}

/** The parts of one run. Finding all again costs the parts that are not valid any more, and those in which something was found. */
export class KeptParts<P extends Part> {
  private readonly parts = new Map<string, P>();
  /** Parts of {@link listed} that have been forgotten since all were last found. */
  private readonly missing = new Set<string>();
  /** The parts that were last asked for. */
  private listed: readonly string[] | undefined;
  /** Those of them in which something was found. */
  private filled: readonly string[] = [];

  get size(): number {
    return this.parts.size;
  }

  kept(): Iterable<P> {
    return this.parts.values();
  }

  forget(part: string): void {
    if (this.parts.delete(part)) this.missing.add(part);
  }

  /** What is found in some parts, in their order; `find` finds it where it is not known. */
  all<T>(parts: readonly string[], find: (part: string) => P): T[] {
    const isListed = parts === this.listed;
    if (!isListed || this.missing.size > 0) this.update(parts, isListed, find);
    const all: T[] = [];
    for (const part of this.filled) append(all, this.found(part, find) as readonly T[]);
    return all;
  }

  private update(parts: readonly string[], isListed: boolean, find: (part: string) => P): void {
    const unknown = isListed ? parts.filter((part) => this.missing.has(part)) : parts;
    const news = unknown.filter((part) => this.found(part, find).length > 0);
    const areKnown = isListed && news.every((part) => this.filled.includes(part));
    this.missing.clear();
    this.listed = parts;
    this.filled = areKnown ? this.filled : parts.filter((part) => this.found(part, find).length > 0);
  }

  private found(part: string, find: (part: string) => P): readonly unknown[] {
    let known = this.parts.get(part);
    if (known === undefined) this.parts.set(part, (known = find(part)));
    return known.result as readonly unknown[];
  }
}
