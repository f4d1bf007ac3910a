import { isOverridableName, OPEN_NAMESPACE, OVERRIDABLE_NAMESPACE, overridableName } from "./program/openNames";
import { MAX_ANSWER_WORK, MAX_WORK } from "./values/budget";
import type { FilePath } from "../base/path";
import { NEVER_CANCELLED, type CancellationToken } from "../base/cancellation";
import type { Expr } from "../syntax/ast";
import { callMethod, callValue } from "./interpreter/calls";
import { callContext } from "./program/call";
import { attributeOf, classSlot } from "./interpreter/classes";
import { emptyInstance } from "./interpreter/instances";
import { ancestry } from "./semantics/linearization";
import type { Binding, Evaluation } from "./program/evaluation";
import { evaluate as evaluateExpression, overrideOf } from "./interpreter/expressions";
import { Fuel, onFuel, OUT_OF_FUEL, OutOfFuel } from "./values/fuel";
import type { Host } from "./program/host";
import { executeModule, moduleFrame } from "./interpreter/imports";
import { executeBlock } from "./interpreter/statements";
import type { Interpreter } from "./program/interpreter";
import { DOTENV_LOADED, finishConfiguration, setUpConfiguration } from "./libraries/packages/configurations/hooks";
import { libraries } from "./libraries";
import { settledValue } from "./libraries/packages/configurations/configurations";
import { Machine, type Frame } from "./program/machine";
import { PythonRaise } from "./values/raise";
import { RememberedStatements } from "./program/remembered";
import { markOf, noteEvaluationChange } from "./program/evaluationChanges";
import { RememberedOutcomes, toldFrom, type Told } from "./program/rememberedOutcomes";
import { REAL, State } from "./program/state";
import { slotValue, mapSlot, restrictSlot, type Bound, type Slot } from "./program/slots";
import {
  UNSET,
  unknown,
  withIds,
  type ClassValue,
  type Decision,
  type Item,
  type Outcome,
  type Step,
  type Test,
  type Value,
} from "./values/value";

const INTERPRETER: Interpreter = { evaluate: evaluateExpression, executeBlock, callValue, callMethod };

/**
 * Evaluates a settings module and all it imports, without running anything. Never throws but `Cancelled`: what cannot
 * be known is unknown with a cause.
 */
export function evaluate(
  host: Host,
  entry: FilePath,
  token: CancellationToken = NEVER_CANCELLED,
  className?: string,
): Evaluation {
  return run(new Machine(host, INTERPRETER, libraries, token), new State(), entry, className);
}

/** An evaluation near its limits is made without memory: where the work ends must follow from the text alone. */
const MAX_REMEMBERED_WORK = MAX_WORK / 2;

/**
 * The evaluations of one entry module, one after another as its files are edited: each costs what has changed since the last. All
 * that the host says, but for the texts of files, must be the same for all of them.
 */
export class Reevaluation {
  private readonly entry: FilePath;
  private readonly className: string | undefined;
  private readonly state = new State();
  /** Of what the modules themselves are made: see {@link withIds}. */
  private readonly ids: number[] = [];
  private readonly outcomes = new RememberedOutcomes();
  private machine: Machine | undefined;
  private isHeavy = false;

  constructor(entry: FilePath, className: string | undefined) {
    this.entry = entry;
    this.className = className;
  }

  /** As {@link evaluate}. Evaluations that were given before tell what they told. */
  evaluate(host: Host, token: CancellationToken): Evaluation {
    const { entry, className } = this;
    if (this.isHeavy) return this.evaluateAnew(host, token);
    const isFirst = this.machine === undefined;
    const machine = (this.machine ??= new Machine(host, INTERPRETER, libraries, token, new RememberedStatements()));
    machine.begin(host, token);
    this.state.begin();
    const evaluation = withIds(this.ids, () => run(machine, this.state, entry, className));
    evaluation.remember(this.outcomes);
    if (!isNearLimits(machine)) return evaluation;
    // Nothing was remembered for the first, which came to its end: it is what one without memory is.
    if (!isFirst || machine.fuel.isUsedUp) return this.evaluateAnew(host, token);
    this.isHeavy = true;
    this.machine = undefined;
    return evaluation;
  }

  private evaluateAnew(host: Host, token: CancellationToken): Evaluation {
    const machine = new Machine(host, INTERPRETER, libraries, token);
    const evaluation = run(machine, new State(), this.entry, this.className);
    this.isHeavy = isNearLimits(machine);
    this.machine = undefined;
    return evaluation;
  }
}

function isNearLimits({ fuel }: Machine): boolean {
  return fuel.spent >= MAX_REMEMBERED_WORK || fuel.isNear;
}

function run(machine: Machine, state: State, entry: FilePath, className: string | undefined): Finished {
  const { host } = machine;
  const moduleName = host.moduleName(entry);
  const module = { kind: "file", path: entry, name: moduleName, isPackage: entry.endsWith("/__init__.py") } as const;
  return onFuel(machine.fuel, () => {
    try {
      executeModule(machine, state, module, undefined);
    } catch (error) {
      if (error instanceof OutOfFuel) machine.isLost = true;
      else if (!(error instanceof PythonRaise)) throw error;
      else if (error.site !== undefined) machine.failure ??= { exception: error.exception, site: error.site };
    }
    // The next run begins with the same state.
    const end = machine.memory === undefined ? state : onFuel(new Fuel(MAX_WORK), () => state.fork());
    return new Finished(machine, end, entry, moduleName, className);
  });
}

/** The result: the machine after its run, read only. */
class Finished implements Evaluation {
  readonly file: FilePath;
  readonly moduleName: string;
  names: readonly string[];
  readonly bindings: Evaluation["bindings"];
  readonly mutations: Evaluation["mutations"];
  readonly branches: Evaluation["branches"];
  readonly imports: Evaluation["imports"];
  readonly files: Evaluation["files"];
  readonly failure: Evaluation["failure"];
  readonly failures: Evaluation["failures"];
  readonly causes: Evaluation["causes"];
  private readonly machine: Machine;
  private readonly isLost: boolean;
  private readonly state: State;
  private readonly scope: number;
  /** Whether it has to be asked of each name: in most modules nothing marks single ones. */
  private readonly hasOverridableNames: boolean;
  /** Set for django-configurations: its attributes are the settings. */
  private readonly settingsClass: ClassValue | undefined;
  /** The object of that class whose attributes Django gets. */
  private settingsObject: Value = UNSET;
  private steps: ReadonlyMap<Step, number> | undefined;
  private bindingsByName: ReadonlyMap<string, readonly Binding[]> | undefined;
  private bindingsByStep: ReadonlyMap<Step, Binding> | undefined;
  private told = new Map<string, Told>();
  /** Whether the next evaluation may tell the same. */
  private isRemembered = false;
  private readonly answered = new Map<string, unknown>();
  /** What is left for telling outcomes. */
  private readonly answers: Fuel;

  constructor(machine: Machine, state: State, file: FilePath, moduleName: string, className: string | undefined) {
    this.machine = machine;
    this.state = state;
    this.file = file;
    this.moduleName = moduleName;
    this.answers = new Fuel(MAX_ANSWER_WORK);
    this.scope = state.modules.get(file) ?? -1;
    this.settingsClass = className === undefined ? undefined : this.classNamed(className);
    const scopes =
      this.settingsClass === undefined
        ? [this.scope]
        : ancestry(this.settingsClass).classes.flatMap((each) => (each === undefined ? [] : [each.scope]));
    if (this.settingsClass !== undefined) this.setUp(this.settingsClass);
    const names = new Set(scopes.flatMap((scope) => [...state.scope(scope).keys()]));
    this.hasOverridableNames = [...names].some(isOverridableName);
    this.names = [...names].filter((name) => !name.startsWith("*") && name !== DOTENV_LOADED);
    this.bindings = machine.bindings;
    this.mutations = machine.mutations;
    this.branches = machine.branches;
    this.imports = machine.imports;
    this.files = machine.files;
    this.failure = machine.failure;
    this.causes = machine.causes;
    this.isLost = machine.isLost;
    this.failures = machine.raising.uncaught;
  }

  /** Outcomes are to be the objects that earlier evaluations have told, where they are the same. */
  remember(outcomes: RememberedOutcomes): void {
    // What a class gives is computed by its methods: that is more than is read of the program.
    if (this.settingsClass !== undefined) return;
    const { machine, state, scope, hasOverridableNames, bindings } = this;
    this.names = outcomes.namesLike(this.names);
    const order = (): ReadonlyMap<Step, number> => this.order();
    const ended = { mark: markOf(this), machine, state, scope, hasOverridableNames, bindings, order };
    const { told, change } = outcomes.keptIn(ended);
    this.told = told;
    this.isRemembered = true;
    if (change !== undefined) noteEvaluationChange(this, change);
  }

  outcomes(name: string): readonly Outcome[] {
    let told = this.told.get(name);
    if (told === undefined) {
      told = onFuel(this.answers, () => answer(() => this.tell(name), tooMuch));
      this.told.set(name, told);
    }
    return told.outcomes;
  }

  private tell(name: string): Told {
    const tell = (): readonly Outcome[] => this.tellOutcomes(name);
    return this.isRemembered ? toldFrom(tell) : { outcomes: tell(), reads: undefined };
  }

  private tellOutcomes(name: string): readonly Outcome[] {
    if (this.isLost) throw OUT_OF_FUEL;
    const slot =
      this.settingsClass === undefined
        ? this.state.slot(this.scope, name)
        : this.attributeSlot(this.settingsClass, name);
    const outcomes = slot === undefined ? [this.unbound()] : this.slotOutcomes(slot, this.state, []);
    const named = this.hasOverridableNames ? this.state.slot(this.scope, overridableName(name)) : undefined;
    if (named === undefined) return outcomes;
    const overridable = overrideOf(named);
    return outcomes.map((outcome) => ({ ...outcome, overridable: outcome.overridable ?? overridable }));
  }

  bindingsNamed(name: string): readonly Binding[] {
    this.bindingsByName ??= byName(this.bindings);
    return this.bindingsByName.get(name) ?? [];
  }

  bindingOf(step: Step): Binding | undefined {
    this.bindingsByStep ??= byStep(this.bindings);
    return this.bindingsByStep.get(step);
  }

  answer<T>(question: string, tell: (evaluation: Evaluation) => T): T {
    if (!this.answered.has(question)) this.answered.set(question, tell(this));
    return this.answered.get(question) as T;
  }

  exported(variable: string): Value {
    return this.state.environ.get(variable) ?? REAL;
  }

  private classNamed(className: string): ClassValue | undefined {
    const value = slotValue(this.state.slot(this.scope, className));
    return value.kind === "class" ? value : undefined;
  }

  /** Runs the hooks of django-configurations and makes the object. */
  private setUp(owner: ClassValue): void {
    const { machine, state } = this;
    const site = { file: owner.file, range: owner.definition.nameRange };
    const call = callContext(machine, state, moduleFrame(this.file, this.moduleName, this.scope), site);
    try {
      if (machine.fuel.isUsedUp) throw OUT_OF_FUEL;
      setUpConfiguration(owner, call);
      this.settingsObject = emptyInstance(owner, state);
      finishConfiguration(owner, call);
    } catch (error) {
      if (error instanceof OutOfFuel) machine.isLost = true;
      else if (!(error instanceof PythonRaise)) throw error;
      else machine.failure ??= { exception: error.exception, site: error.site ?? site };
    }
  }

  /** A class attribute as Django gets it: declared values have read their variables, properties are computed. */
  private attributeSlot(owner: ClassValue, name: string): Slot | undefined {
    const slot = classSlot(this.state, owner, name);
    if (slot === undefined) return undefined;
    return mapSlot(slot, (bound) => ({ ...bound, value: this.settled(owner, name, bound) }));
  }

  private settled(owner: ClassValue, name: string, bound: Bound): Value {
    const { machine, state } = this;
    const site = bound.steps[0]?.site ?? { file: this.file, range: { start: 0, end: 0 } };
    const call = callContext(machine, state, { ...moduleFrame(this.file, this.moduleName, this.scope) }, site);
    try {
      const value = attributeOf(settledValue(bound.value, name, state), owner, this.settingsObject, call);
      // Upper-case methods are called by the library; what they declare is read, too.
      return value.kind === "function" && /^[A-Z]/.test(name)
        ? settledValue(callValue(value, call), name, state)
        : value;
    } catch (error) {
      if (error instanceof PythonRaise) return unknown("error", `raises ${error.exception}`, error.site);
      throw error;
    }
  }

  /** A name that is not bound: unset, unless something from outside has bound it. A hook only may: that is marked. */
  private unbound(): Outcome {
    const open = slotValue(this.state.slot(this.scope, OPEN_NAMESPACE));
    const outside = this.state.slot(this.scope, OVERRIDABLE_NAMESPACE);
    const overridable = outside === undefined ? undefined : overrideOf(outside);
    const isOpen =
      this.settingsClass === undefined
        ? !["unset", "none", "external"].includes(open.kind)
        : ancestry(this.settingsClass).isOpen;
    const value = !isOpen ? UNSET : unknown("import", "a name that a star import may bring");
    return { value, guard: [], steps: [], overridable };
  }

  private slotOutcomes(slot: Slot, state: State, guard: readonly Decision[]): readonly Outcome[] {
    if (slot.kind === "bound") return this.boundOutcomes(slot, state, guard);
    const arm = (holds: boolean): readonly Outcome[] => {
      const narrowed = state.assume(slot.test, holds);
      const part = holds ? slot.yes : slot.no;
      const restricted = part === undefined ? undefined : restrictSlot(part, narrowed.assumptions);
      const path = [...guard, { test: slot.test, holds }];
      return restricted === undefined
        ? [{ ...this.unbound(), guard: path }]
        : this.slotOutcomes(restricted, narrowed, path);
    };
    return [...arm(true), ...arm(false)];
  }

  private boundOutcomes(bound: Bound, state: State, guard: readonly Decision[]): readonly Outcome[] {
    const steps = withChanges(bound.steps, this.mutationSteps(state, bound.value));
    return flatten(expandOptional(this.machine.freeze(state, bound.value)), guard).map(({ value, path }) => ({
      value,
      guard: path,
      steps,
      overridable: bound.overridable,
    }));
  }

  /** What was done in place to the object and to all that it holds, in order. */
  private mutationSteps(state: State, value: Value): readonly Step[] {
    const steps = new Set<Step>();
    const seen = new Set<number>();
    const visit = (inner: Value): void => {
      if (inner.kind === "reference") {
        if (seen.has(inner.id)) return;
        seen.add(inner.id);
        const object = state.object(inner.id);
        for (const step of object?.steps ?? []) steps.add(step);
        if (object !== undefined) visit(object.contents);
      } else if (inner.kind === "choice") {
        visit(inner.yes);
        visit(inner.no);
      } else if (inner.kind === "dict") for (const entry of inner.entries) visit(entry.value);
      else if ("items" in inner) for (const item of inner.items) visit(item.value);
    };
    visit(value);
    if (steps.size === 0) return [];
    const order = this.order();
    return [...steps].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }

  /** Every change in place by its place in the order of execution. */
  private order(): ReadonlyMap<Step, number> {
    this.steps ??= new Map(this.mutations.map(({ step }, index) => [step, index] as const));
    return this.steps;
  }

  recompute(expression: Expr, file: FilePath): Value {
    return onFuel(new Fuel(MAX_ANSWER_WORK), () => answer(() => this.tellRecomputed(expression, file), unfinished));
  }

  private tellRecomputed(expression: Expr, file: FilePath): Value {
    const { machine: m } = this;
    const own = this.state.modules.get(file);
    const state = this.state.fork();
    const frame: Frame = {
      file,
      module: m.host.moduleName(file),
      scopes: own === undefined ? [this.scope] : [this.scope, own],
      kind: "module",
      redirected: new Map(),
      importGuarded: false,
    };
    try {
      return m.freeze(state, evaluateExpression(m, state, frame, expression));
    } catch (error) {
      if (error instanceof PythonRaise) return unknown("error", `raises ${error.exception}`, error.site);
      throw error;
    }
  }
}

/** An answer, or what stands for one that takes too much work. */
function answer<T>(tell: () => T, otherwise: () => T): T {
  try {
    return tell();
  } catch (error) {
    if (error instanceof OutOfFuel) return otherwise();
    throw error;
  }
}

function unfinished(): Value {
  return unknown("budget", "a value that takes too much work to be told");
}

function tooMuch(): Told {
  const outcomes = [{ value: unfinished(), guard: [], steps: [], overridable: undefined }];
  return { outcomes, reads: undefined };
}

/** More alternatives than this are left inside of the list. */
const MAX_EXPANDED = 16;

/** A list with stretches that depend on tests, as a choice of lists: so that the alternatives can be told apart by their guards. */
function expandOptional(value: Value): Value {
  if (value.kind !== "list") return value;
  const tests = new Set(value.items.flatMap((item) => (item.spread ? testsOf(item.value) : [])));
  if (tests.size === 0 || 2 ** tests.size > MAX_EXPANDED) return value;
  return expand(value.items, [...tests], new Map());
}

/** The tests that decide which known list a value is; none when it is not such a choice. */
function testsOf(value: Value): readonly Test[] {
  if (value.kind !== "choice") return [];
  const isKnown = (part: Value): boolean =>
    part.kind === "list" || (part.kind === "choice" && isKnown(part.yes) && isKnown(part.no));
  return isKnown(value) ? [value.test, ...testsOf(value.yes), ...testsOf(value.no)] : [];
}

function expand(items: readonly Item[], tests: readonly Test[], decided: ReadonlyMap<Test, boolean>): Value {
  const [test, ...rest] = tests;
  if (test === undefined) return { kind: "list", items: items.flatMap((item) => chosen(item, decided)) };
  const arm = (holds: boolean): Value => expand(items, rest, new Map(decided).set(test, holds));
  return { kind: "choice", test, yes: arm(true), no: arm(false) };
}

function chosen(item: Item, decided: ReadonlyMap<Test, boolean>): readonly Item[] {
  if (!item.spread || item.value.kind !== "choice") return [item];
  const holds = decided.get(item.value.test);
  if (holds === undefined) return [item];
  const value = holds ? item.value.yes : item.value.no;
  return value.kind === "list"
    ? value.items.flatMap((inner) => chosen(inner, decided))
    : chosen({ ...item, value }, decided);
}

/** The alternatives of a frozen value with the decisions that lead to each. */
function flatten(
  value: Value,
  guard: readonly Decision[],
): readonly { readonly value: Value; readonly path: readonly Decision[] }[] {
  if (value.kind !== "choice") return [{ value, path: guard }];
  const { test } = value;
  return [
    ...flatten(value.yes, [...guard, { test, holds: true }]),
    ...flatten(value.no, [...guard, { test, holds: false }]),
  ];
}

/** Each change comes after the last step in its module: what a base module changes has changed before it is imported. */
function withChanges(steps: readonly Step[], changes: readonly Step[]): readonly Step[] {
  const all = [...steps];
  for (const change of changes) {
    const last = all.findLastIndex((step) => step.module === change.module);
    all.splice(last < 0 ? all.length : last + 1, 0, change);
  }
  return all;
}

function byStep(bindings: readonly Binding[]): ReadonlyMap<Step, Binding> {
  const found = new Map<Step, Binding>();
  for (const binding of bindings) found.set(binding.step, binding);
  return found;
}

function byName(bindings: readonly Binding[]): ReadonlyMap<string, readonly Binding[]> {
  const found = new Map<string, Binding[]>();
  for (const binding of bindings) {
    const known = found.get(binding.name);
    if (known === undefined) found.set(binding.name, [binding]);
    else known.push(binding);
  }
  return found;
}
