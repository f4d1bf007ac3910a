import { MAX_RAISED, MAX_UNCAUGHT } from "../values/budget";
import type { PossibleFailure } from "./evaluation";
import { CALL_EXCEPTION, PythonRaise } from "../values/raise";
import { spend } from "../values/fuel";
import type { Assumptions, State } from "./state";
import { newTest } from "../values/symbolic";
import { unknown, type Decision, type Guard, type Site, type Test } from "../values/value";

/** An exception, with the program as it is where it is raised. */
export interface Raised {
  /** What has to hold for it, in the worlds that started the `try` and raised none of the exceptions before this one. */
  readonly path: Guard;
  readonly state: State;
  readonly error: PythonRaise;
}

/** Whether the handlers of a `try` take an exception; `undefined` where that is not known. */
export type Takes = (exception: string) => boolean | undefined;

/** A `try` whose body is executed, and what its handlers may get. */
export interface Catcher {
  readonly takes: Takes;
  /** What was assumed when the body began. */
  readonly start: ReadonlySet<number>;
  readonly raised: Raised[];
  /** Whether each is followed from where it is raised; else only their classes count, and what may have been done before. */
  isExact: boolean;
}

/** Which exceptions may happen in which worlds: the `try` that may catch one gets it, the others end the import. */
export class Raising {
  /** Exceptions that nothing catches, in the order of execution. */
  readonly uncaught: PossibleFailure[] = [];
  /** The `try` statements around, in any module or function on the way here, outermost first. */
  private catchers: readonly Catcher[] = [];
  /** Set while something is computed that does not happen now. */
  private isAside = false;
  /** What has been decided about the alternatives under computation, beyond the state's assumptions. */
  private leafDecisions: readonly Decision[] = [];
  /** What {@link assumed} gave last, which is asked for every object that an alternative leads to. */
  private lastAssumed:
    | {
        readonly assumptions: Assumptions;
        readonly size: number;
        readonly decisions: readonly Decision[];
        readonly all: Assumptions;
      }
    | undefined;

  /** Whether nothing around catches exceptions, and no alternative is under computation. */
  get isPlain(): boolean {
    return this.catchers.length === 0 && !this.isAside && this.leafDecisions.length === 0;
  }

  /** See {@link Machine.keepPlace}. */
  keepPlace(): () => void {
    const { catchers, isAside, leafDecisions } = this;
    return () => void Object.assign(this, { catchers, isAside, leafDecisions });
  }

  /** Runs something with some of the above changed. */
  private within<T>(changed: object, run: () => T): T {
    const restore = this.keepPlace();
    Object.assign(this, changed);
    try {
      return run();
    } finally {
      restore();
    }
  }

  /** Executes the body of a `try`, and gives the exceptions that it may end with besides. */
  catching<T>(state: State, takes: Takes, isExact: boolean, run: () => T): readonly [T, Catcher] {
    const catcher: Catcher = { takes, start: new Set(state.assumptions.keys()), raised: [], isExact };
    return [this.within({ catchers: [...this.catchers, catcher] }, run), catcher];
  }

  /** Executes what follows a jump of worlds that the state does not exclude: in which worlds it raises is not known. */
  afterJump<T>(run: () => T): T {
    const counts = this.catchers.map(({ raised }) => raised.length);
    const result = run();
    for (const [index, catcher] of this.catchers.entries())
      if (catcher.raised.length !== counts[index]) catcher.isExact = false;
    return result;
  }

  /** What a computation does that is made for later, or once more: no exception in it happens now. */
  aside<T>(run: () => T): T {
    return this.within({ isAside: true, catchers: [], leafDecisions: [] }, run);
  }

  /** Whether something around may catch an exception; without one, whether anything is caught at all. */
  isCaught(exception?: string): boolean {
    return exception === undefined ? this.catchers.length > 0 : this.catcherOf(exception) !== undefined;
  }

  /** Whether worlds may have left the `try` bodies that are being executed. */
  get mayHaveLeft(): boolean {
    return this.catchers.some(({ raised }) => raised.length > 0);
  }

  private catcherOf(exception: string): Catcher | undefined {
    return this.catchers.findLast((catcher) => catcher.takes(exception) !== false);
  }

  /** All that is decided here. `undefined` where nothing of what is computed happens now. */
  decided(state: State): Guard | undefined {
    return this.isAside ? undefined : [...state.assumptions.values(), ...this.leafDecisions];
  }

  /** What holds where a value is looked at: the state's assumptions, and those of the alternative under computation. */
  assumed(state: State): Assumptions {
    if (this.leafDecisions.length === 0) return state.assumptions;
    const { assumptions } = state;
    const last = this.lastAssumed;
    if (last?.assumptions === assumptions && last.size === assumptions.size && last.decisions === this.leafDecisions)
      return last.all;
    spend(assumptions.size + this.leafDecisions.length);
    const all = new Map(assumptions);
    for (const decision of this.leafDecisions) all.set(decision.test.id, decision);
    this.lastAssumed = { assumptions, size: assumptions.size, decisions: this.leafDecisions, all };
    return all;
  }

  /** Computes one alternative, in which some more is decided. Where that raises an exception, it is noted. */
  inAlternative<T>(state: State, decisions: Guard, run: () => T, otherwise: (raised: PythonRaise) => T): T {
    return this.within({ leafDecisions: [...this.leafDecisions, ...decisions] }, () => {
      try {
        return run();
      } catch (error) {
        if (!(error instanceof PythonRaise)) throw error;
        this.note(state, error.exception, error.site, []);
        return otherwise(error);
      }
    });
  }

  /** An exception in the worlds of a state in which some decisions hold: where it may be caught, they leave here. */
  private note(state: State, exception: string, site: Site | undefined, under: readonly Decision[]): void {
    const all = [...this.leafDecisions, ...under];
    const catcher = this.catcherOf(exception);
    if (catcher === undefined) return this.noteUncaught([...state.assumptions.values(), ...all], { exception, site });
    if (!catcher.isExact && catcher.raised.some(({ error }) => error.exception === exception)) return;
    const error = new PythonRaise(exception, site);
    if (!catcher.isExact) return this.add(catcher, state, error);
    this.add(catcher, state.assumeAll(all), error);
    // What follows is the other worlds'.
    const [only] = all;
    if (all.length === 1 && only !== undefined) state.assumptions.set(only.test.id, { ...only, holds: !only.holds });
  }

  private add(catcher: Catcher, state: State, error: PythonRaise): void {
    const path = [...state.assumptions.values()].filter(({ test }) => !catcher.start.has(test.id));
    // A caller goes on with its own state, which may be the one in which the exception was raised.
    catcher.raised.push({ path, state: state.fork(), error });
    if (catcher.raised.length > MAX_RAISED) catcher.isExact = false;
  }

  /** An exception that ends the import in the worlds in which some decisions hold. What follows is evaluated for all worlds. */
  noteUncaught(guard: Guard, { exception, site }: Pick<PythonRaise, "exception" | "site">): void {
    if (this.isAside || site === undefined || this.uncaught.length >= MAX_UNCAUGHT) return;
    this.uncaught.push({ exception, site, guard });
  }

  /**
   * An exception that happens where a test turns out as given. Throws where that is decided and something around could catch
   * it.
   */
  noteRaiseWhen(state: State, test: Test, holds: boolean, exception: string, site: Site | undefined): void {
    const decided = state.assumptions.get(test.id) ?? this.leafDecisions.find((each) => each.test.id === test.id);
    if (decided === undefined) this.note(state, exception, site, [{ test, holds }]);
    else if (decided.holds === holds && this.isCaught(exception)) throw new PythonRaise(exception, site);
    else if (decided.holds === holds) this.note(state, exception, site, []);
  }

  /** An exception that may or may not happen here. */
  noteMayRaise(state: State, site: Site | undefined, exception = CALL_EXCEPTION): void {
    if (!this.isCaught(exception)) return;
    const test = newTest(unknown("call", "whether it raises", site), site, "it raises");
    this.note(state, exception, site, [{ test, holds: true }]);
  }

  /** An exception that the whole of a state's worlds leaves by, while others go on. */
  noteLeft(state: State, error: PythonRaise): void {
    const catcher = this.catcherOf(error.exception);
    if (catcher === undefined) this.noteUncaught([...state.assumptions.values()], error);
    // What these worlds have done may have been done before an exception that was noted.
    for (const each of this.catchers) if (each === catcher || !each.isExact) this.add(each, state, error);
  }
}
