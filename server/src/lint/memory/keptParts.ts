import { append } from "../../base/lists";
import { isSameAnswer } from "./sameAnswer";

/** What was found in a part, as long as it is valid. */
interface Part {
  readonly name: string;
  readonly result: unknown;
}

/** The parts of one run. Finding all again costs the parts that are not valid any more. */
export class KeptParts<P extends Part> {
  private readonly parts = new Map<string, P>();
  /** Those of {@link listed} that have been forgotten since all were last found, with what they held. */
  private readonly missing = new Map<string, unknown>();
  /** The parts that were last asked for. */
  private listed: readonly string[] | undefined;
  private lastFound: readonly unknown[] | undefined;

  get size(): number {
    return this.parts.size;
  }

  /** What was last found in all parts. */
  get found(): readonly unknown[] | undefined {
    return this.lastFound;
  }

  kept(): Iterable<P> {
    return this.parts.values();
  }

  forget(part: string): void {
    const known = this.parts.get(part);
    if (known === undefined) return;
    this.parts.delete(part);
    if (!this.missing.has(part)) this.missing.set(part, known.result);
  }

  /** What is found in some parts, in their order, the same list as before where that is the same; `find` finds what is not known. */
  all(parts: readonly string[], find: (part: string) => P): readonly unknown[] {
    const isAsBefore =
      this.lastFound !== undefined &&
      parts === this.listed &&
      [...this.missing].every(([part, held]) => !parts.includes(part) || isSameAnswer(this.foundIn(part, find), held));
    if (!isAsBefore || this.lastFound === undefined) {
      const all: unknown[] = [];
      for (const part of parts) append(all, this.foundIn(part, find));
      this.lastFound = all;
      this.listed = parts;
    }
    this.missing.clear();
    return this.lastFound;
  }

  private foundIn(part: string, find: (part: string) => P): readonly unknown[] {
    let known = this.parts.get(part);
    if (known === undefined) this.parts.set(part, (known = find(part)));
    return known.result as readonly unknown[];
  }
}
