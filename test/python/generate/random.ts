/** Choices of a generator: a seed always gives the same ones, on every machine (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to but not including 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    const { state } = this;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** One of some actions, by their weights. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let ticket = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      ticket -= weight;
      if (ticket < 0) return choice;
    }
    return (choices[0] as readonly [number, T])[1];
  }
}

/** Numbers from 0 up to but not including 1. */
export function randomSource(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}
