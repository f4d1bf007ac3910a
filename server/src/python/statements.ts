import type { AugAssign, ClassDef, Expr, For, If, Match, Stmt, While, With } from "../syntax/ast";
import { assignTarget, bindName, deleteTarget, mutate } from "./assign";
import { MAX_LOOP_ROUNDS, MAX_NESTING } from "./budget";
import type { Model } from "./call";
import { callContext, dottedName } from "./calls";
import type { Branch } from "./evaluation";
import { evaluate, findSlot, functionScopes, operate, readName } from "./expressions";
import { defineFunction } from "./functions";
import { executeImport, executeImportFrom } from "./imports";
import type { Condition, Frame, Machine } from "./machine";
import { PythonRaise } from "./raise";
import { State } from "./state";
import { isSequence, iterationItems } from "./structures";
import { executeTry } from "./tries";
import { freshId, unknown, type Item, type Site, type Test, type Value } from "./value";
import { forget } from "./widening";

/** How a block ended: normally, or by leaving it; differently in the worlds of an undecided test. */
export type Flow =
  | { readonly kind: "normal" | "break" | "continue"; readonly state: State }
  | { readonly kind: "return"; readonly state: State; readonly value: Value }
  | { readonly kind: "raise"; readonly state: State; readonly exception: string; readonly site: Site | undefined }
  | { readonly kind: "split"; readonly test: Test; readonly yes: Flow; readonly no: Flow };

/** Executes statements in order. The state is changed in place; use the flow's state afterwards. */
export function executeBlock(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): Flow {
  let flow: Flow = { kind: "normal", state };
  for (const [index, statement] of body.entries()) {
    if (flow.kind === "normal") flow = executeStatement(m, flow.state, frame, statement);
    else return after(m, flow, (next) => executeBlock(m, next, frame, body.slice(index)));
  }
  return flow;
}

/** Goes on with what follows in every world that ended normally. */
export function after(m: Machine, flow: Flow, next: (state: State) => Flow): Flow {
  if (flow.kind === "normal") return next(flow.state);
  if (flow.kind !== "split") return flow;
  m.undecided += 1;
  const yes = after(m, flow.yes, next);
  const no = after(m, flow.no, next);
  m.undecided -= 1;
  return split(m, flow.test, yes, no);
}

/**
 * Two arms as one flow: joined where both ended normally. An arm that raises drops out, and with it its worlds, unless
 * a handler around may catch it.
 */
export function split(m: Machine, test: Test, yes: Flow, no: Flow): Flow {
  if (yes.kind === "normal" && no.kind === "normal")
    return { kind: "normal", state: State.join(test, yes.state, no.state) };
  if (m.possibleRaises === undefined) {
    if (yes.kind === "raise" && no.kind !== "raise") return no;
    if (no.kind === "raise" && yes.kind !== "raise") return yes;
  }
  return { kind: "split", test, yes, no };
}

/** Executes one statement. An exception that certainly happens becomes a flow. */
export function executeStatement(m: Machine, state: State, frame: Frame, statement: Stmt): Flow {
  if (!m.spend() || m.nesting > MAX_NESTING) {
    m.widen({ kind: "budget", text: "the module is too large to follow to its end", site: m.site(frame, statement) });
    forget(m, state, frame, [statement], "budget");
    return { kind: "normal", state };
  }
  m.reads.push([]);
  m.nesting += 1;
  try {
    return execute(m, state, frame, statement);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return failed(m, state, frame, statement, error);
  } finally {
    m.nesting -= 1;
    m.reads.pop();
  }
}

/**
 * An exception at module level ends the import. It is remembered as the module's failure, and evaluation goes on with
 * what the statement binds unknown: the developer is typing, and the rest of the module still tells something.
 */
function failed(m: Machine, state: State, frame: Frame, statement: Stmt, error: PythonRaise): Flow {
  const site = error.site ?? m.site(frame, statement);
  if (m.possibleRaises !== undefined || m.callDepth > 0)
    return { kind: "raise", state, exception: error.exception, site };
  if (m.undecided === 0) m.failure ??= { exception: error.exception, site };
  forget(m, state, frame, [statement], "error");
  return { kind: "normal", state };
}

function execute(m: Machine, state: State, frame: Frame, node: Stmt): Flow {
  switch (node.kind) {
    case "If":
      return executeIf(m, state, frame, node);
    case "Try":
      return executeTry(m, state, frame, node);
    case "For":
      return executeFor(m, state, frame, node);
    case "While":
      return executeWhile(m, state, frame, node);
    case "With":
      return executeWith(m, state, frame, node);
    case "Match":
      return executeMatch(m, state, frame, node);
    case "Return":
      return {
        kind: "return",
        state,
        value: node.value === undefined ? { kind: "none" } : evaluate(m, state, frame, node.value),
      };
    case "Raise":
      return { kind: "raise", state, exception: exceptionName(node.exc), site: m.site(frame, node) };
    case "Break":
      return { kind: "break", state };
    case "Continue":
      return { kind: "continue", state };
    case "ClassDef":
      return defineClass(m, state, frame, node);
    case "Assert":
      return executeAssert(m, state, frame, node);
    default:
      executeSimple(m, state, frame, node);
      return { kind: "normal", state };
  }
}

function exceptionName(raised: Expr | undefined): string {
  const callee = raised?.kind === "Call" ? raised.func : raised;
  const dotted = callee === undefined ? undefined : dottedName(callee);
  return dotted === undefined ? "Exception" : dotted.slice(dotted.lastIndexOf(".") + 1);
}

function executeSimple(m: Machine, state: State, frame: Frame, node: Stmt): void {
  switch (node.kind) {
    case "Assign": {
      const value = evaluate(m, state, frame, node.value);
      for (const target of node.targets) assignTarget(m, state, frame, target, value, node, node.value);
      return;
    }
    case "AnnAssign":
      if (node.value !== undefined)
        assignTarget(m, state, frame, node.target, evaluate(m, state, frame, node.value), node, node.value);
      return;
    case "AugAssign":
      return augmentedAssignment(m, state, frame, node);
    case "Expr":
      evaluate(m, state, frame, node.value);
      return;
    case "Import":
      return executeImport(m, state, frame, node);
    case "ImportFrom":
      return executeImportFrom(m, state, frame, node);
    case "FunctionDef": {
      const value = defineFunction(m, state, frame, node, functionScopes(frame));
      bindName(m, state, frame, node.name, value, {
        target: nameNode(node.name, node.nameRange),
        statement: node,
        expression: undefined,
      });
      return;
    }
    case "Delete":
      for (const target of node.targets) deleteTarget(m, state, frame, target, node);
      return;
    case "Global":
      for (const name of node.names) frame.redirected.set(name, frame.scopes[frame.scopes.length - 1] as number);
      return;
    case "Nonlocal":
      for (const name of node.names) {
        const owner = frame.scopes.slice(1).find((scope) => state.slot(scope, name) !== undefined);
        if (owner !== undefined) frame.redirected.set(name, owner);
      }
      return;
    case "BadStmt":
      m.widen({ kind: "syntax-error", text: "a statement that cannot be parsed", site: m.site(frame, node) });
      forget(m, state, frame, [node], "syntax-error");
      return;
    default:
      return;
  }
}

function nameNode(id: string, range: { readonly start: number; readonly end: number }): Expr {
  return { kind: "Name", id, start: range.start, end: range.end };
}

function defineClass(m: Machine, state: State, frame: Frame, node: ClassDef): Flow {
  const bases = node.bases.map((base) => evaluate(m, state, frame, base));
  const scope = freshId();
  state.addScope(scope);
  const inner: Frame = { ...frame, scopes: [scope, ...functionScopes(frame)], kind: "class", redirected: new Map() };
  return after(m, executeBlock(m, state, inner, node.body), (next) => {
    const value: Value = { kind: "class", definition: node, file: frame.file, scope, bases };
    bindName(m, next, frame, node.name, value, {
      target: nameNode(node.name, node.nameRange),
      statement: node,
      expression: undefined,
    });
    return { kind: "normal", state: next };
  });
}

// ------------------------------------------------------------------ branches

function executeIf(m: Machine, state: State, frame: Frame, node: If): Flow {
  const value = evaluate(m, state, frame, node.test);
  const site = m.site(frame, node);
  const condition = simplified(
    m,
    m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test)),
    value,
    frame,
    node.test,
  );
  const test = condition.kind === "test" ? condition.test : undefined;
  const outcome: Branch["outcome"] = condition.kind === "test" ? "undecided" : condition.holds ? "yes" : "no";
  const reads = (m.reads[m.reads.length - 1] ?? []).slice();
  m.branches.push({ site, statement: node, module: frame.module, outcome, test, value: m.freeze(state, value), reads });
  return branch(m, state, condition, (inner, holds) => executeBlock(m, inner, frame, holds ? node.body : node.orelse));
}

/** A condition of very many cases is followed as one test of its own: fewer correlations are seen, none is invented. */
function simplified(m: Machine, condition: Condition, value: Value, frame: Frame, test: Expr): Condition {
  if (countCases(condition) <= MAX_CASES) return condition;
  const whole = m.test(value, m.site(frame, test), m.excerpt(frame, test));
  return { kind: "test", test: whole, yes: { kind: "known", holds: true }, no: { kind: "known", holds: false } };
}

const MAX_CASES = 12;

function countCases(condition: Condition): number {
  return condition.kind === "known" ? 1 : countCases(condition.yes) + countCases(condition.no);
}

/** Executes a continuation in each outcome of a condition. */
export function branch(
  m: Machine,
  state: State,
  condition: Condition,
  run: (state: State, holds: boolean) => Flow,
): Flow {
  if (condition.kind === "known") return run(state, condition.holds);
  m.undecided += 1;
  const yes = branch(m, state.assume(condition.test, true), condition.yes, run);
  const no = branch(m, state.assume(condition.test, false), condition.no, run);
  m.undecided -= 1;
  return split(m, condition.test, yes, no);
}

function executeAssert(m: Machine, state: State, frame: Frame, node: Extract<Stmt, { kind: "Assert" }>): Flow {
  const value = evaluate(m, state, frame, node.test);
  const condition = m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test));
  return branch(m, state, condition, (inner, holds) =>
    holds
      ? { kind: "normal", state: inner }
      : { kind: "raise", state: inner, exception: "AssertionError", site: m.site(frame, node) },
  );
}

/** `match` over values only; other patterns make what the cases bind unknown. */
function executeMatch(m: Machine, state: State, frame: Frame, node: Match): Flow {
  evaluate(m, state, frame, node.subject);
  const cases: If | undefined = asConditions(node, 0);
  if (cases !== undefined) return executeIf(m, state, frame, cases);
  forget(m, state, frame, [node], "unsupported");
  return { kind: "normal", state };
}

/** The cases from an index on as an `if` chain, where all patterns are values or the wildcard. */
function asConditions(node: Match, index: number): If | undefined {
  const part = node.cases[index];
  if (part === undefined || part.guard !== undefined) return undefined;
  const test = patternTest(node.subject, part.pattern);
  if (test === undefined) return undefined;
  if (index === node.cases.length - 1)
    return { kind: "If", test, body: part.body, orelse: [], start: node.start, end: node.end };
  const rest = asConditions(node, index + 1);
  return rest === undefined
    ? undefined
    : { kind: "If", test, body: part.body, orelse: [rest], start: node.start, end: node.end };
}

function patternTest(subject: Expr, pattern: Match["cases"][number]["pattern"]): Expr | undefined {
  const { start, end } = pattern;
  switch (pattern.kind) {
    case "MatchValue":
      return { kind: "Compare", left: subject, ops: ["=="], comparators: [pattern.value], start, end };
    case "MatchOr": {
      const values = pattern.patterns.map((inner) => patternTest(subject, inner));
      return values.includes(undefined)
        ? undefined
        : { kind: "BoolOp", op: "or", values: values as Expr[], start, end };
    }
    case "MatchAs":
      return pattern.name === undefined && pattern.pattern === undefined
        ? { kind: "Constant", value: true, start, end }
        : undefined;
    default:
      return undefined;
  }
}

// --------------------------------------------------------------------- loops

function executeFor(m: Machine, state: State, frame: Frame, node: For): Flow {
  const iterable = m.restrict(evaluate(m, state, frame, node.iter), state.assumptions);
  const contents = m.contents(state, iterable);
  const items = contents.kind === "choice" || node.isAsync ? undefined : iterationItems(m, state, contents);
  if (items === undefined || items.length > MAX_LOOP_ROUNDS || !items.every(isCounted)) {
    forget(m, state, frame, [node], "unsupported");
    return { kind: "normal", state };
  }
  return executeRounds(m, state, frame, node, items, 0);
}

/** Whether it is known, in every world, how many items this is: an item, or a choice of known lists. */
function isCounted(item: Item): boolean {
  return !item.spread || isCountedList(item.value);
}

function isCountedList(value: Value): boolean {
  if (value.kind === "choice") return isCountedList(value.yes) && isCountedList(value.no);
  return (value.kind === "list" || value.kind === "tuple") && value.items.every((item) => !item.spread);
}

function executeRounds(m: Machine, state: State, frame: Frame, node: For, items: readonly Item[], index: number): Flow {
  let current = state;
  for (let round = index; round < items.length; round++) {
    const flow = executeRound(m, current, frame, node, items[round] as Item);
    if (flow.kind === "break") return { kind: "normal", state: flow.state };
    if (flow.kind === "normal" || flow.kind === "continue") current = flow.state;
    else if (flow.kind === "split")
      return afterRound(m, flow, (next) => executeRounds(m, next, frame, node, items, round + 1));
    else return flow;
  }
  return executeBlock(m, current, frame, node.orelse);
}

/** The body for one item, or for the items that a choice of lists gives in each world. */
function executeRound(m: Machine, state: State, frame: Frame, node: For, item: Item): Flow {
  if (!item.spread) {
    assignTarget(m, state, frame, node.target, item.value, undefined);
    return executeBlock(m, state, frame, node.body);
  }
  const value = m.restrict(item.value, state.assumptions);
  if (value.kind === "choice") {
    const arm = (holds: boolean): Flow =>
      executeRound(m, state.assume(value.test, holds), frame, node, { ...item, value: holds ? value.yes : value.no });
    m.undecided += 1;
    const [yes, no] = [arm(true), arm(false)];
    m.undecided -= 1;
    return split(m, value.test, yes, no);
  }
  return executeRounds(m, state, frame, { ...node, orelse: [] }, iterationItems(m, state, value), 0);
}

/** Goes on with the next round in the worlds that did not leave the loop. */
function afterRound(m: Machine, flow: Flow, next: (state: State) => Flow): Flow {
  switch (flow.kind) {
    case "normal":
    case "continue":
      return next(flow.state);
    case "break":
      return { kind: "normal", state: flow.state };
    case "split": {
      m.undecided += 1;
      const yes = afterRound(m, flow.yes, next);
      const no = afterRound(m, flow.no, next);
      m.undecided -= 1;
      return split(m, flow.test, yes, no);
    }
    default:
      return flow;
  }
}

function executeWhile(m: Machine, state: State, frame: Frame, node: While): Flow {
  const value = evaluate(m, state, frame, node.test);
  const condition = m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test));
  if (condition.kind === "known" && !condition.holds) return executeBlock(m, state, frame, node.orelse);
  forget(m, state, frame, [node], "unsupported");
  return { kind: "normal", state };
}

// ---------------------------------------------------------------------- with

function executeWith(m: Machine, state: State, frame: Frame, node: With): Flow {
  const suppressed = node.items
    .map((item) => suppressedExceptions(m, state, frame, item.contextExpr))
    .find((types) => types !== undefined);
  if (suppressed !== undefined) {
    const handler = { type: tupleOf(suppressed, node), name: undefined, body: [], start: node.start, end: node.end };
    return executeTry(m, state, frame, {
      kind: "Try",
      body: node.body,
      handlers: [handler],
      orelse: [],
      finalbody: [],
      isStar: false,
      start: node.start,
      end: node.end,
    });
  }
  const entered: Value[] = [];
  for (const item of node.items) {
    const value = evaluate(m, state, frame, item.contextExpr);
    entered.push(value);
    const context = callContext(m, state, frame, m.site(frame, item));
    const given = value.kind === "model" ? ((value.model as Model).enter?.(context) ?? value) : value;
    if (item.optionalVars !== undefined) assignTarget(m, state, frame, item.optionalVars, given, undefined);
  }
  const flow = executeBlock(m, state, frame, node.body);
  for (const value of entered.toReversed()) {
    if (value.kind === "model") (value.model as Model).exit?.(callContext(m, state, frame, m.site(frame, node)));
  }
  return flow;
}

/** The exception classes of `contextlib.suppress(...)`. */
function suppressedExceptions(m: Machine, state: State, frame: Frame, expression: Expr): readonly Expr[] | undefined {
  if (expression.kind !== "Call") return undefined;
  const callee = evaluate(m, state, frame, expression.func);
  return callee.kind === "external" && callee.name === "contextlib.suppress" ? expression.args : undefined;
}

function tupleOf(elts: readonly Expr[], range: { readonly start: number; readonly end: number }): Expr {
  return { kind: "Tuple", elts, parenthesized: true, start: range.start, end: range.end };
}

// ------------------------------------------------------- augmented assignment

function augmentedAssignment(m: Machine, state: State, frame: Frame, node: AugAssign): void {
  const before =
    node.target.kind === "Name"
      ? readName(m, state, frame, node.target.id, node.target)
      : evaluate(m, state, frame, node.target);
  const operand = evaluate(m, state, frame, node.value);
  const site = m.site(frame, node);
  let rebinds = false;
  const result = m.perAlternative(state, before, (inner, leaf) => {
    if (changesInPlace(m, inner, leaf, node.op) && leaf.kind === "reference") {
      mutate(m, inner, frame, leaf, node.target, "augmented", node, (contents, at) =>
        extended(m, at, contents, operand, node.op, site),
      );
      return leaf;
    }
    rebinds = true;
    return operate(m, inner, node.op, leaf, operand, site);
  });
  const isLocal =
    node.target.kind === "Name" &&
    findSlot(state, { ...frame, scopes: frame.scopes.slice(0, 1) }, node.target.id) !== undefined;
  if (!rebinds && isLocal) return;
  assignTarget(m, state, frame, node.target, result, node);
}

/** Lists, dicts and sets change in place; what stands on the heap and is not known yet is one of them. */
function changesInPlace(m: Machine, state: State, value: Value, op: AugAssign["op"]): boolean {
  return value.kind === "reference" && takesInPlace(m.contents(state, value), op);
}

function takesInPlace(contents: Value, op: AugAssign["op"]): boolean {
  switch (contents.kind) {
    case "choice":
      return takesInPlace(contents.yes, op) || takesInPlace(contents.no, op);
    case "list":
      return op === "+" || op === "*";
    case "dict":
      return op === "|";
    case "set":
      return op === "|" || op === "-" || op === "&" || op === "^";
    default:
      return true;
  }
}

/** The contents of a list, dict or set after an augmented assignment. */
function extended(m: Machine, state: State, contents: Value, operand: Value, op: AugAssign["op"], site: Site): Value {
  if (contents.kind === "list") {
    const given = m.restrict(operand, state.assumptions);
    const added =
      given.kind === "choice"
        ? [{ value: m.freeze(state, given), spread: true, site }]
        : iterationItems(m, state, given);
    return { kind: "list", items: [...contents.items, ...added] };
  }
  const result = operate(m, state, op, contents, operand, site);
  const inner = m.contents(state, result);
  return inner.kind === "dict" || isSequence(inner)
    ? inner
    : unknown("unsupported", "an augmented assignment", site, contents);
}
