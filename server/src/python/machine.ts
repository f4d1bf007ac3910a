import type { FilePath } from "../base/path";
import { checkCancelled, type CancellationToken } from "../base/cancellation";
import type { Range } from "../base/text";
import type { Expr } from "../syntax/ast";
import { MAX_ALTERNATIVES, MAX_STATEMENTS, MAX_UNCAUGHT, MAX_WEIGHT } from "./budget";
import { combine, underAssumptions, withoutNegation, type Condition } from "./deciding";
import { describeCondition } from "./describe";
import type { Binding, Branch, Failure, ImportEvent, Mutation, PossibleFailure, Read } from "./evaluation";
import type { Host } from "./host";
import { exceptionsOf, failuresOf } from "./exceptions";
import { prefixed, type Exit } from "./flow";
import { frozen } from "./freezing";
import { truthOf } from "./operators";
import { CALL_EXCEPTION, PythonRaise } from "./raise";
import { bounded, computeDerived } from "./resolve";
import { restricted } from "./restriction";
import { relinked, sharedParts, type SharedParts } from "./sharing";
import { State, type Assumptions, type HeapObject } from "./state";
import type { Slot } from "./slots";
import { certaintyOf, isSymbolicList, keyOf, newTest, weightOf } from "./symbolic";
import {
  freshId,
  UNSET,
  unknown,
  type Cause,
  type ClassValue,
  type Decision,
  type DerivedValue,
  type Guard,
  type ReferenceValue,
  type Site,
  type Step,
  type Test,
  type UnknownValue,
  type Value,
} from "./value";
import { viewed } from "./views";

/** Where code runs: which file, which module, which scopes its names are looked up in. */
export interface Frame {
  readonly file: FilePath;
  readonly module: string;
  /** Scope ids, innermost first; class scopes are left out of the scopes of functions defined in them. */
  readonly scopes: readonly number[];
  readonly kind: "module" | "function" | "class";
  /** Names declared `global` or `nonlocal` and the scope they belong to. */
  readonly redirected: Map<string, number>;
  /** Inside comprehensions: how many of the scopes, counted from the innermost, are theirs. */
  readonly comprehensions?: number;
  /** Inside a generator: the list of what it has given so far. */
  readonly generated?: ReferenceValue;
  /** Inside a method: the class in which it stands and what it was called on. */
  readonly method?: { readonly within: ClassValue; readonly self: Value };
  /** Whether an enclosing `try` in this frame catches ImportError. */
  readonly importGuarded: boolean;
}

/** The exceptions that may happen in the statement that is executed, inside of something that may catch them. */
export interface Raises {
  /** What was assumed when the statement began. */
  readonly start: ReadonlySet<number>;
  readonly exits: Exit[];
}

/** The operations of a type of value that make its result certain to be a new mutable object. */
export type ResultType = "list" | "dict" | "set" | undefined;

/** An operation that is computed of frozen values. */
interface PureOperation {
  readonly operation: string;
  readonly compute: (inputs: readonly Value[]) => Value;
  readonly site: Site;
  readonly result?: ResultType;
}

/** The evaluator's shared memory and the operations that all its parts need: choosing, deciding, freezing, recording. */
export class Machine {
  readonly host: Host;
  readonly token: CancellationToken;
  readonly bindings: Binding[] = [];
  readonly mutations: Mutation[] = [];
  readonly branches: Branch[] = [];
  readonly imports: ImportEvent[] = [];
  readonly files: FilePath[] = [];
  readonly causes: Cause[] = [];
  failure: Failure | undefined;
  /** Nesting of undecided branches around the current statement. */
  undecided = 0;
  callDepth = 0;
  nesting = 0;
  /** Reads of the expression under evaluation; one list a statement, innermost last. */
  readonly reads: Read[][] = [];
  /** Set while something is evaluated that has read a name which may be overridden: what is made of it may be another, too. */
  overridden: Step | undefined;
  /** Whether something around, in any module or function on the way here, may catch an exception. */
  catching = false;
  /** Collected for the innermost statement; only where an exception may be caught. */
  raises: Raises | undefined;
  /** Exceptions that nothing catches, in the order of execution. */
  readonly uncaught: PossibleFailure[] = [];
  /** Set while something is computed that does not happen now. */
  private isAside = false;
  /** The tests that stand for several decisions at once. */
  readonly paths = new Map<string, Test>();
  /** What has been decided about the alternatives under computation, beyond the state's assumptions. */
  private leafDecisions: readonly Decision[] = [];
  private statements = 0;
  private readonly tests = new Map<string, Test>();
  /** What unknown values stand for that took the place of too many alternatives. */
  readonly dropped: Value[] = [];
  /** What operations on unknown values give, by operation and inputs. */
  private readonly results = new Map<string, UnknownValue>();

  constructor(host: Host, token: CancellationToken) {
    this.host = host;
    this.token = token;
  }

  /** Counts a statement, or what takes as long as many; false when the budget is used up. */
  spend(statements = 1): boolean {
    this.statements += statements;
    if (statements > 1 || (this.statements & 255) === 0) checkCancelled(this.token);
    return this.statements <= MAX_STATEMENTS;
  }

  site(frame: Frame, range: Range): Site {
    return { file: frame.file, range: { start: range.start, end: range.end } };
  }

  /** Remembers why a result was widened, once for each place and text. */
  widen(cause: Cause): void {
    const same = (old: Cause): boolean => old.text === cause.text && old.site?.range.start === cause.site?.range.start;
    if (!this.causes.some(same)) this.causes.push(cause);
  }

  // ------------------------------------------------------------ objects

  /** Puts a list, dict or set (or something symbolic standing for one) on the heap. */
  allocate(state: State, contents: Value, file: FilePath): Value {
    const id = freshId();
    state.setObject(id, { contents, steps: [], createdIn: file });
    return { kind: "reference", id };
  }

  /** Like {@link allocate} for containers that are mutable; other values come back as they are. */
  own(state: State, value: Value, file: FilePath): Value {
    if (value.kind === "list" || value.kind === "dict" || value.kind === "set") {
      return this.allocate(state, this.ownNested(state, value, file), file);
    }
    if (value.kind === "tuple") return this.ownNested(state, value, file);
    if (value.kind === "choice") {
      return { ...value, yes: this.own(state, value.yes, file), no: this.own(state, value.no, file) };
    }
    return value;
  }

  private ownNested(state: State, value: Value, file: FilePath): Value {
    if (value.kind === "dict") {
      return {
        kind: "dict",
        entries: value.entries.map((e) => ({ ...e, value: this.ownEntry(state, e.value, file) })),
      };
    }
    if (value.kind === "list" || value.kind === "tuple" || value.kind === "set") {
      return {
        kind: value.kind,
        items: value.items.map((i) => ({ ...i, value: this.ownEntry(state, i.value, file) })),
      };
    }
    return value;
  }

  private ownEntry(state: State, value: Value, file: FilePath): Value {
    return value.kind === "list" || value.kind === "dict" || value.kind === "set"
      ? this.own(state, value, file)
      : value;
  }

  /** The contents of a reference (one level), anything else as it is. */
  contents(state: State, value: Value): Value {
    if (value.kind !== "reference") return value;
    const object = state.object(value.id);
    if (object === undefined) return unknown("unsupported", "an object of another branch");
    return this.restrict(object.contents, state.assumptions);
  }

  updateObject(state: State, id: number, change: (object: HeapObject) => HeapObject): void {
    const object = state.object(id);
    if (object !== undefined) state.setObject(id, change(object));
  }

  /** The value with all references replaced by their contents: a picture of this moment that later code cannot change. */
  freeze(state: State, value: Value): Value {
    return frozen(this, state, value);
  }

  // ------------------------------------------------------------ choices

  /** Drops the arms of choices that the assumptions exclude. */
  restrict(value: Value, assumptions: Assumptions): Value {
    return restricted(value, assumptions);
  }

  choose(test: Test, yes: Value, no: Value): Value {
    if (yes === no || (isSimple(yes) && isSimple(no) && keyOf(yes) === keyOf(no))) return yes;
    if (yes.kind === "unknown" && no.kind === "unknown") return this.eitherUnknown(test, yes, no);
    if (weightOf(yes) + weightOf(no) > MAX_WEIGHT) return this.drop([yes, no], test.site);
    return { kind: "choice", test, yes, no };
  }

  /** Nothing follows from which of two unknown values it is: one takes their place, always the same for the same. */
  private eitherUnknown(test: Test, yes: UnknownValue, no: UnknownValue): UnknownValue {
    const key = `${test.id} ${yes.id} ${no.id}`;
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const either: UnknownValue = { ...yes, id: freshId() };
    this.results.set(key, either);
    return either;
  }

  /** An unknown in place of alternatives that are too many to be followed: it may be any of their objects. */
  private drop(values: readonly Value[], site?: Site): Value {
    this.dropped.push(...values);
    return unknown("budget", "more alternatives than are followed", site);
  }

  /**
   * Applies a function to every combination of alternatives of some values that can happen together. The function gets
   * values that are no choices (references are kept). An exception in one of several alternatives makes that one unknown.
   */
  distribute(state: State, values: readonly Value[], apply: (leaves: readonly Value[]) => Value): Value {
    let leaves = 0;
    const visit = (rest: readonly Value[], assumptions: Assumptions): Value => {
      if (leaves > MAX_ALTERNATIVES) return this.drop(rest);
      const at = rest.findIndex((value) => this.restrict(value, assumptions).kind === "choice");
      if (at < 0) {
        leaves += 1;
        if (leaves > MAX_ALTERNATIVES) return this.drop(rest);
        return this.applyLeaf(
          state,
          rest.map((value) => this.restrict(value, assumptions)),
          assumptions,
          apply,
        );
      }
      const choice = this.restrict(rest[at] as Value, assumptions);
      if (choice.kind !== "choice") return UNSET;
      const arm = (holds: boolean): Value =>
        visit(
          rest.with(at, holds ? choice.yes : choice.no),
          new Map(assumptions).set(choice.test.id, { test: choice.test, holds }),
        );
      return this.choose(choice.test, arm(true), arm(false));
    };
    return visit(values, state.assumptions);
  }

  private applyLeaf(
    state: State,
    leaves: readonly Value[],
    assumptions: Assumptions,
    apply: (leaves: readonly Value[]) => Value,
  ): Value {
    const extra = [...assumptions.values()].filter(({ test }) => !state.assumptions.has(test.id));
    if (extra.length === 0) return apply(leaves);
    const outer = this.leafDecisions;
    this.leafDecisions = [...outer, ...extra];
    try {
      return apply(leaves);
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      this.noteRaise(state, error.exception, error.site, []);
      return unknown("error", `raises ${error.exception}`, error.site);
    } finally {
      this.leafDecisions = outer;
    }
  }

  /** All that is decided in a state since its statement began. */
  pathTo(state: State): Guard {
    const decided = [...state.assumptions.values()].filter(({ test }) => this.raises?.start.has(test.id) !== true);
    return [...decided, ...this.leafDecisions];
  }

  /** An exception in the worlds of a state in which some decisions hold: where it may be caught, they leave here. */
  private noteRaise(state: State, exception: string, site: Site | undefined, under: readonly Decision[]): void {
    if (this.raises === undefined) {
      this.noteUncaught([...state.assumptions.values(), ...this.leafDecisions, ...under], exception, site);
      return;
    }
    const all = [...this.leafDecisions, ...under];
    const left = state.assumeAll(all);
    const path = [...this.pathTo(state), ...under];
    this.raises.exits.push({ path, state: left, how: { kind: "raise", exception, site } });
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
    if (decided === undefined) this.noteRaise(state, exception, site, [{ test, holds }]);
    else if (decided.holds === holds && this.raises !== undefined) throw new PythonRaise(exception, site);
    else if (decided.holds === holds) this.noteRaise(state, exception, site, []);
  }

  /** An exception that may or may not happen here. */
  noteMayRaise(state: State, site: Site | undefined, exception = CALL_EXCEPTION): void {
    if (this.raises === undefined) return;
    const test = newTest(unknown("call", "whether it raises", site), site, "it raises");
    this.noteRaise(state, exception, site, [{ test, holds: true }]);
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

  /**
   * A pure operation: computed on concrete inputs, kept as a derived value on inputs that depend on the environment,
   * unknown otherwise. A list, dict or set that comes out is a new object of the running program.
   */
  pure(
    state: State,
    operation: string,
    inputs: readonly Value[],
    compute: (inputs: readonly Value[]) => Value,
    where: { readonly site: Site; readonly result?: ResultType },
  ): Value {
    return this.distribute(state, inputs, (leaves) => {
      const shared = sharedParts(state, leaves, (value) => this.freeze(state, value));
      const frozen = leaves.map((leaf) => this.freeze(state, leaf));
      return this.pureOfFrozen(state, { operation, compute, ...where }, frozen, shared, true);
    });
  }

  private pureOfFrozen(
    state: State,
    what: PureOperation,
    inputs: readonly Value[],
    shared: SharedParts,
    isCertain: boolean,
  ): Value {
    if (inputs.some((value) => value.kind === "choice"))
      return this.distribute(state, inputs, (frozen) => this.pureOfFrozen(state, what, frozen, shared, false));
    const { operation, compute, site } = what;
    const derived: DerivedValue = { kind: "derived", operation, inputs, compute, site };
    const computed = inputs.every((input) => certaintyOf(input) === "concrete")
      ? this.aside(() => bounded(() => compute(inputs), site))
      : this.identified(state, derived, computeDerived(derived));
    if (computed.kind === "derived") this.noteFailures(state, computed, site);
    const value = relinked(computed, shared, isCertain, site);
    if (certaintyOf(value) === "unknown")
      for (const part of shared.values()) if (part !== undefined) state.escape(part);
    if (value.kind === "derived" && (what.result !== undefined || isSymbolicList(value)))
      return this.allocate(state, value, site.file);
    return this.own(state, value, site.file);
  }

  /** An operation on something unknown gives another unknown: the same one for the same operation. */
  private identified(state: State, derived: DerivedValue, result: Value): Value {
    if (result.kind !== "unknown") return result;
    for (const exception of this.raises === undefined ? [] : exceptionsOf(derived))
      this.noteMayRaise(state, derived.site, exception);
    const key = `${keyOf(derived)} since ${state.unknownSince}`;
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const fresh: UnknownValue = { kind: "unknown", because: result.because, id: freshId() };
    this.results.set(key, fresh);
    return fresh;
  }

  /** What is computed of the environment may raise for some of its texts: whether it does is a test of its own. */
  noteFailures(state: State, value: DerivedValue, site: Site): void {
    if (this.isAside) return;
    const decided = [...state.assumptions.values(), ...this.leafDecisions];
    for (const { exception, fails } of failuresOf(value, decided))
      this.noteRaiseWhen(state, this.test(fails, site, "the conversion fails"), true, exception, site);
  }

  /**
   * Like {@link distribute} for one value and with effects: each alternative gets a state of its own, and what they
   * leave behind is joined.
   */
  perAlternative(state: State, value: Value, apply: (state: State, leaf: Value) => Value): Value {
    const restricted = this.restrict(value, state.assumptions);
    if (restricted.kind !== "choice") return apply(state, restricted);
    const yes = state.assume(restricted.test, true);
    const no = state.assume(restricted.test, false);
    const first = this.attempt(() => this.perAlternative(yes, restricted.yes, apply));
    const second = this.attempt(() => this.perAlternative(no, restricted.no, apply));
    if (first instanceof PythonRaise || second instanceof PythonRaise)
      return this.leave(state, [yes, no], [first, second]);
    state.become(this.join(restricted.test, yes, no));
    return this.choose(restricted.test, first, second);
  }

  /** The state after an undecided test. Joining an object takes about as long as a statement. */
  join(test: Test, yes: State, no: State): State {
    const joined = State.join(test, yes, no);
    this.spend(joined.joinedObjects);
    return joined;
  }

  /** What is done in one of several worlds: an exception there is no certainty. */
  attempt(run: () => Value): Value | PythonRaise {
    this.undecided += 1;
    try {
      return run();
    } catch (error) {
      if (error instanceof PythonRaise) return error;
      throw error;
    } finally {
      this.undecided -= 1;
    }
  }

  /** Arms of a test of which one has raised, or both: its worlds leave, and the other arm goes on alone. Throws where there is none. */
  leave(
    state: State,
    arms: readonly [State, State],
    given: readonly [Value | PythonRaise, Value | PythonRaise],
  ): Value {
    const [first, second] = given;
    if (first instanceof PythonRaise) this.noteLeft(arms[0], first);
    state.become(first instanceof PythonRaise ? arms[1] : arms[0]);
    if (!(first instanceof PythonRaise)) {
      this.noteLeft(arms[1], second as PythonRaise);
      return first;
    }
    if (second instanceof PythonRaise) throw second;
    return second;
  }

  /** An exception that leaves a function or module: it happens where it was called, by which the path that led there counts. */
  passOn(entry: Guard, exit: Exit): void {
    if (exit.how.kind !== "raise") return;
    // The caller goes on with its own state, which may be the one in which the exception was raised.
    this.raises?.exits.push(...prefixed({ ...exit, state: exit.state.fork() }, entry));
  }

  private noteLeft(state: State, { exception, site }: PythonRaise): void {
    if (this.raises === undefined) this.noteUncaught([...state.assumptions.values()], exception, site);
    else this.raises.exits.push({ path: this.pathTo(state), state, how: { kind: "raise", exception, site } });
  }

  // ------------------------------------------------------------- deciding

  /** The truth of a value in this state, as a tree of the tests that it depends on. */
  decide(state: State, value: Value, site: Site, text: string): Condition {
    const restricted = this.restrict(value, state.assumptions);
    if (restricted.kind === "choice") {
      const arm = (holds: boolean): Condition =>
        this.decide(state.assume(restricted.test, holds), holds ? restricted.yes : restricted.no, site, text);
      return combine(restricted.test, arm(true), arm(false));
    }
    const contents = viewed(
      this,
      state,
      restricted.kind === "reference" ? this.contents(state, restricted) : restricted,
    );
    if (contents !== restricted) return this.decide(state, contents, site, text);
    const truth = truthOf(restricted);
    if (truth !== undefined) return { kind: "known", holds: truth };
    return this.decideLeaf(state, restricted, site, text);
  }

  private decideLeaf(state: State, value: Value, site: Site, text: string): Condition {
    const { value: positive, inverted } = withoutNegation(value);
    const given = underAssumptions(positive, state.assumptions);
    const truth = truthOf(given);
    if (truth !== undefined) return { kind: "known", holds: truth !== inverted };
    const test = this.test(positive, site, text, state);
    const decision = state.assumptions.get(test.id);
    if (decision !== undefined) return { kind: "known", holds: decision.holds !== inverted };
    return { kind: "test", test, yes: { kind: "known", holds: !inverted }, no: { kind: "known", holds: inverted } };
  }

  /** The one test on the truth of a value; of an unknown one, since something in place was last done to such in a state. */
  test(value: Value, site: Site, text: string, state?: State): Test {
    const mayChange = value.kind === "unknown" || value.kind === "opaque";
    const since = mayChange && state !== undefined ? ` since ${state.unknownSince}` : "";
    const key = `${keyOf(value)}${since}`;
    const known = this.tests.get(key);
    if (known !== undefined) return known;
    const test = newTest(value, site, describeCondition(value) ?? text);
    this.tests.set(key, test);
    return test;
  }

  // ------------------------------------------------------------ recording

  /** Runs something that only tries a way out: nothing of it is told. */
  silently<T>(run: () => T): T {
    const logs: readonly unknown[][] = [
      this.bindings,
      this.mutations,
      this.branches,
      this.imports,
      this.files,
      this.causes,
    ];
    const lengths = logs.map(({ length }) => length);
    const { failure } = this;
    try {
      return this.aside(run);
    } finally {
      for (const [index, log] of logs.entries()) log.length = lengths[index] ?? 0;
      this.failure = failure;
    }
  }

  recordRead(read: Read): void {
    this.reads[this.reads.length - 1]?.push(read);
  }

  /** The text of an expression in one line, for messages; string literals stay out of it when they are long. */
  excerpt(frame: Frame, expression: Expr): string {
    const parsed = this.host.parse(frame.file);
    if (!parsed.ok) return "";
    const text = parsed.text
      .slice(expression.start, expression.end)
      .replace(/\s+/g, " ")
      .replace(/(["'])(?:\\.|(?!\1).){25,}?\1/g, "$1...$1");
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  }
}

function isSimple(value: Value): boolean {
  return value.kind !== "unknown" && value.kind !== "opaque" && value.kind !== "choice";
}

/** A slot's bindings as one value; worlds in which it is not bound give `unset`. */
export function slotValue(slot: Slot | undefined): Value {
  if (slot === undefined) return UNSET;
  if (slot.kind === "bound") return slot.value;
  return { kind: "choice", test: slot.test, yes: slotValue(slot.yes), no: slotValue(slot.no) };
}
