import { ForkedMap } from "../values/forkedMap";
import { noteRead, noteWrite, type Area } from "../values/recording";
import type { FilePath } from "../../base/path";
import { checkCancelled, type CancellationToken } from "../../base/cancellation";
import type { Range } from "../../base/text";
import type { Expr, ImportFrom, Stmt } from "../../syntax/ast";
import { placeOf } from "../../syntax/places";
import type { CallContext } from "./call";
import { LAST_WORK, MAX_ALTERNATIVES, MAX_WEIGHT, MAX_WORK } from "../values/budget";
import { describeCondition } from "../semantics/describe";
import type { Binding, Branch, Failure, ImportEvent, Mutation, Read } from "./evaluation";
import { Fuel, spend } from "../values/fuel";
import type { Flow } from "./flow";
import type { Host } from "./host";
import type { Interpreter, Libraries } from "./interpreter";
import { frozen } from "./freezing";
import { PythonRaise } from "../values/raise";
import { bitOf, isCertain, restricted } from "./restriction";
import { Raising } from "./raising";
import type { Slot } from "./slots";
import { State, type Assumptions, type HeapObject } from "./state";
import { keyOf, newTest, weightOf } from "../values/symbolic";
import {
  freshId,
  unknown,
  type Cause,
  type ChoiceValue,
  type ClassValue,
  type Decision,
  type ReferenceValue,
  type Site,
  type Step,
  type Test,
  type UnknownValue,
  type Value,
} from "../values/value";

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

/** The evaluator's shared memory and the operations that all its parts need: choosing, deciding, freezing, recording. */
export class Machine {
  host: Host;
  readonly libraries: Libraries;
  private readonly interpreter: Interpreter;
  bindings: Binding[] = [];
  mutations: Mutation[] = [];
  branches: Branch[] = [];
  imports: ImportEvent[] = [];
  files: FilePath[] = [];
  causes: Cause[] = [];
  private certainFailure: Failure | undefined;
  /** There was not even enough work left to invalidate what was not executed: nothing is known. */
  isLost = false;
  /** Nesting of undecided branches around the current statement. */
  undecided = 0;
  callDepth = 0;
  nesting = 0;
  /** Reads of the expression under evaluation; one list a statement, innermost last. */
  readonly reads: Read[][] = [];
  /** Set while something is evaluated that has read a name which may be overridden: what is made of it may be another, too. */
  overridden: Step | undefined;
  raising = new Raising();
  /** The tests that stand for several decisions at once. */
  paths = new ForkedMap<string, Test>("paths");
  /** What this evaluation may still do. */
  fuel: Fuel;
  private noted = new Set<string>();
  /** All calls of {@link noteCause} by the statement under execution, where that is to be remembered. */
  notedCauses: NotedCause[] | undefined;
  private isSilent = false;
  private tests = new ForkedMap<string, Test>("tests");
  /** Differs after something in place may have been done to something unknown: what was found out about such holds no longer. */
  private changedUnknown = 0;
  private unknowns = new ForkedMap<string, UnknownValue>("unknowns");
  /** What earlier runs on this machine have left of each statement. */
  readonly memory: StatementMemory | undefined;

  constructor(
    host: Host,
    interpreter: Interpreter,
    libraries: Libraries,
    token: CancellationToken,
    memory?: StatementMemory,
  ) {
    this.host = host;
    this.interpreter = interpreter;
    this.libraries = libraries;
    this.fuel = fuelOf(token);
    this.memory = memory;
  }

  /**
   * Begins another run of the program, with nothing left of the last but what the memory keeps. It is the same machine, because
   * values that are kept may have been made with it; what earlier runs have recorded stays theirs.
   */
  begin(host: Host, token: CancellationToken): void {
    this.host = host;
    this.fuel = fuelOf(token);
    this.bindings = [];
    this.mutations = [];
    this.branches = [];
    this.imports = [];
    this.files = [];
    this.causes = [];
    this.changedUnknown = 0;
    this.certainFailure = undefined;
    this.isLost = false;
    this.isSilent = false;
    this.undecided = this.callDepth = this.nesting = this.reads.length = 0;
    this.overridden = undefined;
    this.raising = new Raising();
    this.paths = new ForkedMap("paths");
    this.tests = new ForkedMap("tests");
    this.unknowns = new ForkedMap("unknowns");
    this.noted = new Set();
    this.memory?.begin();
  }

  /** The exception with which the module certainly ends when it is imported. */
  get failure(): Failure | undefined {
    noteRead("machine", "failure", this.certainFailure);
    return this.certainFailure;
  }

  set failure(failure: Failure | undefined) {
    noteWrite("machine", "failure", this.certainFailure);
    this.certainFailure = failure;
  }

  /** Something in place may have been done to something unknown. */
  noteChangedUnknown(): void {
    noteWrite("machine", "changed unknown", this.changedUnknown);
    this.changedUnknown = freshId();
  }

  /** Tells what is found out about something unknown now from what was found out before something in place was done to such. */
  get unknownSince(): number {
    noteRead("machine", "changed unknown", this.changedUnknown);
    return this.changedUnknown;
  }

  /** What a cell holds: see `values/recording.ts`. Is not noted. */
  cell(area: Area, key: unknown): unknown {
    switch (area) {
      case "machine":
        return key === "failure" ? this.certainFailure : this.changedUnknown;
      case "texts":
        return this.host.readText(key as FilePath);
      case "tests":
      case "unknowns":
      case "paths":
        return this[area].peek(key as string);
      default:
        return undefined;
    }
  }

  setCell(area: Area, key: unknown, value: unknown): void {
    if (area === "machine" && key === "failure") this.certainFailure = value as Failure | undefined;
    else if (area === "machine") this.changedUnknown = value as number;
    else if (area === "tests" || area === "unknowns" || area === "paths")
      (this[area] as ForkedMap<string, unknown>).set(key as string, value);
  }

  /** A text or data file, as {@link Host.readText}. */
  readText(path: FilePath): string | undefined {
    const text = this.host.readText(path);
    noteRead("texts", path, text);
    return text;
  }

  // ------------------------------------------------------------ interpreting

  evaluate(state: State, frame: Frame, node: Expr): Value {
    return this.interpreter.evaluate(this, state, frame, node);
  }

  executeBlock(state: State, frame: Frame, body: readonly Stmt[]): Flow {
    return this.interpreter.executeBlock(this, state, frame, body);
  }

  /** A statement of a module: as it was executed before, where that would come to the same. */
  executeStatement(state: State, frame: Frame, statement: Stmt): Flow {
    return this.memory?.execute(this, state, frame, statement) ?? this.executeBlock(state, frame, [statement]);
  }

  /** Calls an evaluated callee that is no choice. */
  call(callee: Value, call: CallContext): Value {
    return this.interpreter.callValue(callee, call);
  }

  /** Calls a method of an evaluated receiver that is no choice. */
  callMethod(receiver: Value, name: string, call: CallContext): Value {
    return this.interpreter.callMethod(receiver, name, call);
  }

  site(frame: Frame, range: Range): Site {
    return { file: frame.file, range: placeOf(range) };
  }

  /** Remembers why a result was noted, once for each place and text. */
  noteCause(cause: Cause, isSilent = this.isSilent): void {
    this.notedCauses?.push({ cause, isSilent });
    const key = `${cause.site?.range.start} ${cause.site?.file} ${cause.text}`;
    if (this.noted.has(key)) return;
    this.noted.add(key);
    if (!isSilent) this.causes.push(cause);
  }

  /** Remembers where the evaluation stands; the function that it gives leads back there, whatever was left unfinished. */
  keepPlace(): () => void {
    const { undecided, callDepth, nesting, overridden } = this;
    const reads = this.reads.length;
    const restoreRaising = this.raising.keepPlace();
    return () => {
      Object.assign(this, { undecided, callDepth, nesting, overridden });
      this.reads.length = reads;
      restoreRaising();
    };
  }

  // ------------------------------------------------------------ objects

  /** Puts a list, dict or set (or something symbolic standing for one) on the heap. */
  allocate(state: State, contents: Value, file: FilePath): Value {
    const id = freshId();
    state.setObject(id, { contents, steps: [], createdIn: file });
    return { kind: "reference", id };
  }

  /** The contents of a reference (one level), anything else as it is. */
  contents(state: State, value: Value): Value {
    if (value.kind !== "reference") return value;
    const object = state.object(value.id);
    if (object === undefined) return unknown("unsupported", "an object of another branch");
    const { contents } = object;
    return isCertain(contents) ? contents : this.restrict(contents, this.raising.assumed(state));
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
    return this.sameUnknown(`${test.id} ${yes.id} ${no.id}`, () => ({ ...yes, mayBe: [yes, no] }));
  }

  /** The unknown that stands for something given by a key: always the same for the same. */
  sameUnknown(key: string, like: () => UnknownValue): UnknownValue {
    const known = this.unknowns.get(key);
    if (known !== undefined) return known;
    const fresh: UnknownValue = { ...like(), id: freshId() };
    this.unknowns.set(key, fresh);
    return fresh;
  }

  /** An unknown in place of alternatives that are too many to be followed: it may be any of their objects. */
  private drop(values: readonly Value[], site?: Site): Value {
    return { ...unknown("budget", "more alternatives than are followed", site), mayBe: values };
  }

  /**
   * Applies a function to every combination of alternatives of some values that can happen together. The function gets
   * values that are no choices (references are kept). An exception in one of several alternatives makes that one unknown.
   */
  distribute(state: State, values: readonly Value[], apply: (leaves: readonly Value[]) => Value): Value {
    const whole = values.map((value) => this.restrict(value, state.assumptions));
    if (!whole.some(({ kind }) => kind === "choice")) return apply(whole);
    let leaves = 0;
    /** What is assumed on the way to the alternatives that are visited: one map, to which each choice adds itself for a while. */
    const assumptions = new Map(state.assumptions);
    const decided: Decision[] = [];
    const visit = (given: readonly Value[], bits: number): Value => {
      spend(2 + given.length);
      if (leaves > MAX_ALTERNATIVES) return this.drop(given);
      const rest = given.map((value) => restricted(value, assumptions, bits));
      const at = rest.findIndex(({ kind }) => kind === "choice");
      const choice = rest[at];
      if (choice?.kind === "choice") return visitArms(choice, rest, at);
      leaves += 1;
      if (leaves > MAX_ALTERNATIVES) return this.drop(rest);
      const more = decided.filter(({ test }) => !state.assumptions.has(test.id));
      if (more.length === 0) return apply(rest);
      return this.raising.inAlternative(
        state,
        more,
        () => apply(rest),
        ({ exception, site }) => unknown("error", `raises ${exception}`, site),
      );
    };
    const visitArms = ({ test, yes, no }: ChoiceValue, rest: readonly Value[], at: number): Value => {
      const arm = (holds: boolean): Value => {
        const decision = { test, holds };
        assumptions.set(test.id, decision);
        decided.push(decision);
        const value = visit(rest.with(at, holds ? yes : no), bitOf(test));
        decided.pop();
        assumptions.delete(test.id);
        return value;
      };
      return this.choose(test, arm(true), arm(false));
    };
    return visit(whole, 0);
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

  /** The state after an undecided test. */
  join(test: Test, yes: State, no: State): State {
    return State.join(test, yes, no);
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
    if (first instanceof PythonRaise) this.raising.noteLeft(arms[0], first);
    state.become(first instanceof PythonRaise ? arms[1] : arms[0]);
    if (!(first instanceof PythonRaise)) {
      this.raising.noteLeft(arms[1], second as PythonRaise);
      return first;
    }
    if (second instanceof PythonRaise) throw second;
    return second;
  }

  // ------------------------------------------------------------- deciding

  /** The one test on the truth of a value; of an unknown one, since something in place was last done to such in a state. */
  test(value: Value, site: Site, text: string, state?: State): Test {
    const mayChange = value.kind === "unknown" || value.kind === "opaque";
    const since = mayChange && state !== undefined ? ` since ${this.unknownSince}` : "";
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
    const { failure, isSilent } = this;
    this.isSilent = true;
    try {
      return this.raising.aside(run);
    } finally {
      this.isSilent = isSilent;
      for (const [index, log] of logs.entries()) log.length = lengths[index] ?? 0;
      this.failure = failure;
    }
  }

  /** An exception that ends the import, unless worlds have left before. */
  noteFailure(failure: Failure): void {
    if (this.undecided === 0 && !this.raising.mayHaveLeft) this.failure ??= failure;
  }

  recordRead(read: Read): void {
    this.reads[this.reads.length - 1]?.push(read);
  }

  /** The text of an expression in one line, for messages; string literals stay out of it when they are long. */
  excerpt(frame: Frame, expression: Expr): string {
    const parsed = this.host.parse(frame.file);
    if (!parsed.ok) return "";
    const text = parsed.text
      .slice(expression.start, Math.min(expression.end, expression.start + MAX_EXCERPT))
      .replace(/\s+/g, " ")
      .replace(/(["'])(?:\\.|(?!\1)[^\\])*\1?/g, (string, quote: string) =>
        string.length < 27 ? string : `${quote}...${quote}`,
      );
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  }
}

/** A call of {@link Machine.noteCause}. */
export interface NotedCause {
  readonly cause: Cause;
  /** Of something that is only tried, nothing is told. */
  readonly isSilent: boolean;
}

/** What a machine keeps of one run for the next: see `interpreter/remembered.ts`. */
export interface StatementMemory {
  begin(): void;
  /** The step of an import, which is the same in every run. */
  importStep(target: object, make: () => Step): Step;
  /** What a star import makes of a name's slot: the same for the same. */
  imported(node: ImportFrom, change: (slot: Slot) => Slot): (slot: Slot) => Slot;
  /** Runs a module from inside of a statement: what happens there is not told by the statement. */
  within<T>(m: Machine, run: () => T): T;
  /**
   * Repeats as many statements of a module as are known to come to the same together, from one of them on. Gives how many that
   * were; the next is then to be executed by itself.
   */
  repeatStretch(m: Machine, state: State, frame: Frame, body: readonly Stmt[], index: number): number;
  /** `undefined`: this statement is not remembered here. */
  execute(m: Machine, state: State, frame: Frame, statement: Stmt): Flow | undefined;
}

function fuelOf(token: CancellationToken): Fuel {
  return new Fuel(MAX_WORK, LAST_WORK, () => checkCancelled(token));
}

/** Of a longer expression only the beginning is shown. */
const MAX_EXCERPT = 400;

function isSimple(value: Value): boolean {
  return value.kind !== "unknown" && value.kind !== "opaque" && value.kind !== "choice";
}
