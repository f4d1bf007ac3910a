import { append } from "../../base/lists";
import { MAX_UNCAUGHT } from "../values/budget";
import type { PossibleFailure } from "./evaluation";
import { prefixed, type Exit } from "./flow";
import { CALL_EXCEPTION, PythonRaise } from "../values/raise";
import { spend } from "../values/fuel";
import type { Assumptions, State } from "./state";
import { newTest } from "../values/symbolic";
import { unknown, type Decision, type Guard, type Site, type Test } from "../values/value";

/** The exceptions that may happen in the statement that is executed, inside of something that may catch them. */
export interface Raises {
  /** What was assumed when the statement began. */
  readonly start: ReadonlySet<number>;
  readonly exits: Exit[];
}

/** Which exceptions may happen in which worlds: what catches them takes them from here, the others end the import. */
export class Raising {
  /** Whether something around, in any module or function on the way here, may catch an exception. */
  catching = false;
  /** Collected for the innermost statement; only where an exception may be caught. */
  raises: Raises | undefined;
  /** Exceptions that nothing catches, in the order of execution. */
  readonly uncaught: PossibleFailure[] = [];
  /** Set while something is computed that does not happen now. */
  private isAside = false;
  /** What has been decided about the alternatives under computation, beyond the state's assumptions. */
  private leafDecisions: readonly Decision[] = [];

  /** See {@link Machine.keepPlace}. */
  keepPlace(): () => void {
    const { catching, raises, isAside, leafDecisions } = this;
    return () => void Object.assign(this, { catching, raises, isAside, leafDecisions });
  }

  /** All that is decided here. `undefined` where nothing of what is computed happens now. */
  decided(state: State): Guard | undefined {
    return this.isAside ? undefined : [...state.assumptions.values(), ...this.leafDecisions];
  }

  /** What holds where a value is looked at: the state's assumptions, and those of the alternative under computation. */
  assumed(state: State): Assumptions {
    if (this.leafDecisions.length === 0) return state.assumptions;
    spend(state.assumptions.size + this.leafDecisions.length);
    const all = new Map(state.assumptions);
    for (const decision of this.leafDecisions) all.set(decision.test.id, decision);
    return all;
  }

  /** All that is decided in a state since its statement began. */
  pathTo(state: State): Guard {
    const decided = [...state.assumptions.values()].filter(({ test }) => this.raises?.start.has(test.id) !== true);
    return [...decided, ...this.leafDecisions];
  }

  /** Computes one alternative, in which some more is decided. Where that raises an exception, it is noted. */
  inAlternative<T>(state: State, decisions: Guard, run: () => T, otherwise: (raised: PythonRaise) => T): T {
    const outer = this.leafDecisions;
    this.leafDecisions = [...outer, ...decisions];
    try {
      return run();
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      this.note(state, error.exception, error.site, []);
      return otherwise(error);
    } finally {
      this.leafDecisions = outer;
    }
  }

  /** What a computation does that is made for later, or once more: no exception in it happens now. */
  aside<T>(run: () => T): T {
    const { catching, raises, leafDecisions, isAside } = this;
    this.isAside = true;
    this.catching = false;
    this.raises = undefined;
    this.leafDecisions = [];
    try {
      return run();
    } finally {
      this.isAside = isAside;
      this.catching = catching;
      this.raises = raises;
      this.leafDecisions = leafDecisions;
    }
  }

  /** An exception in the worlds of a state in which some decisions hold: where it may be caught, they leave here. */
  private note(state: State, exception: string, site: Site | undefined, under: readonly Decision[]): void {
    const all = [...this.leafDecisions, ...under];
    if (this.raises === undefined) {
      this.noteUncaught([...state.assumptions.values(), ...all], exception, site);
      return;
    }
    const path = [...this.pathTo(state), ...under];
    this.raises.exits.push({ path, state: state.assumeAll(all), how: { kind: "raise", exception, site } });
    // What follows is the other worlds'.
    const [only] = all;
    if (all.length === 1 && only !== undefined) state.assumptions.set(only.test.id, { ...only, holds: !only.holds });
  }

  /** An exception that ends the import in the worlds in which some decisions hold. What follows is evaluated for all worlds. */
  noteUncaught(guard: Guard, exception: string, site: Site | undefined): void {
    if (this.catching || this.isAside || site === undefined || this.uncaught.length >= MAX_UNCAUGHT) return;
    this.uncaught.push({ exception, site, guard });
  }

  /**
   * An exception that happens where a test turns out as given. Throws where that is decided and something around could catch
   * it.
   */
  noteRaiseWhen(state: State, test: Test, holds: boolean, exception: string, site: Site | undefined): void {
    const decided = state.assumptions.get(test.id) ?? this.leafDecisions.find((each) => each.test.id === test.id);
    if (decided === undefined) this.note(state, exception, site, [{ test, holds }]);
    else if (decided.holds === holds && this.raises !== undefined) throw new PythonRaise(exception, site);
    else if (decided.holds === holds) this.note(state, exception, site, []);
  }

  /** An exception that may or may not happen here. */
  noteMayRaise(state: State, site: Site | undefined, exception = CALL_EXCEPTION): void {
    if (this.raises === undefined) return;
    const test = newTest(unknown("call", "whether it raises", site), site, "it raises");
    this.note(state, exception, site, [{ test, holds: true }]);
  }

  /** An exception that the whole of a state's worlds leaves by. */
  noteLeft(state: State, { exception, site }: PythonRaise): void {
    if (this.raises === undefined) this.noteUncaught([...state.assumptions.values()], exception, site);
    else this.raises.exits.push({ path: this.pathTo(state), state, how: { kind: "raise", exception, site } });
  }

  /** An exception that leaves a function or module: it happens where it was called, by which the path that led there counts. */
  passOn(entry: Guard, exit: Exit): void {
    if (exit.how.kind !== "raise") return;
    // The caller goes on with its own state, which may be the one in which the exception was raised.
    if (this.raises !== undefined) append(this.raises.exits, prefixed({ ...exit, state: exit.state.fork() }, entry));
  }
}
