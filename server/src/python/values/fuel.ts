/** Thrown where the fuel of an evaluation is used up. Caught where a module's statements are executed and where questions are answered. */
export class OutOfFuel extends Error {
  constructor() {
    super("out of fuel");
  }
}

/** One for all: an evaluation may be asked for thousands of names when it has nothing left, and where one was thrown tells nothing. */
export const OUT_OF_FUEL = new OutOfFuel();

/** So much work is done between two looks at whether the computation is still wanted. */
const POLL_EVERY = 1000;

/**
 * What a computation may do, in units of work: about 50 nanoseconds each, steps times sizes. Whatever walks, copies or
 * compares something spends as much as it touches.
 */
export class Fuel {
  private readonly amount: number;
  private left: number;
  private reserve: number;
  private untilPoll = POLL_EVERY;
  /** Whether something has used more than half of what it was given at most. */
  isNear = false;
  private readonly poll: () => void;

  constructor(amount: number, reserve = 0, poll: () => void = () => undefined) {
    this.amount = amount;
    this.left = amount;
    this.reserve = reserve;
    this.poll = poll;
  }

  /** Throws {@link OutOfFuel} where there is less left than `amount`. */
  spend(amount: number): void {
    this.left -= amount;
    this.untilPoll -= amount;
    if (this.untilPoll <= 0) {
      this.untilPoll = POLL_EVERY;
      this.poll();
    }
    if (this.left < 0) throw OUT_OF_FUEL;
  }

  /** How much has been spent. */
  get spent(): number {
    return this.amount - this.left;
  }

  get isUsedUp(): boolean {
    return this.left <= 0;
  }

  /** Runs something on so much of what is left. Throws {@link OutOfFuel} where that is not enough, and leaves the rest. */
  within<T>(most: number, run: () => T): T {
    const given = Math.min(this.left, most);
    const kept = this.left - given;
    this.left = given;
    try {
      return run();
    } finally {
      if (this.left < most / 2) this.isNear = true;
      this.left = Math.max(this.left, 0) + kept;
    }
  }

  /**
   * Runs on what is kept for giving up what takes too much. Throws {@link OutOfFuel} where that is used up, too.
   */
  onReserve(run: () => void): void {
    const left = Math.max(this.left, 0);
    this.left = this.reserve;
    try {
      run();
    } finally {
      this.reserve = this.left;
      this.left = left;
    }
  }
}

let current: Fuel | undefined;

/** Runs something on a fuel of its own. Evaluations are synchronous: one at a time runs in a process. */
export function onFuel<T>(fuel: Fuel, run: () => T): T {
  const outer = current;
  current = fuel;
  try {
    return run();
  } finally {
    current = outer;
  }
}

/** Like {@link onFuel} where nothing pays for the work yet; inside of an evaluation that one pays. `otherwise`: it took too much. */
export function withinFuel<T>(amount: number, run: () => T, otherwise: () => T): T {
  if (current !== undefined) return run();
  try {
    return onFuel(new Fuel(amount), run);
  } catch (error) {
    if (error instanceof OutOfFuel) return otherwise();
    throw error;
  }
}

/** Pays for work of whatever computation runs. Throws {@link OutOfFuel}. */
export function spend(amount: number): void {
  if (current !== undefined) current.spend(amount);
}
