import { noteUnrepeatable } from "../values/recording";
import type { ClassDef, Module, Raise, Stmt, SyntaxProblem } from "../../syntax/ast";
import { nameAt } from "../../syntax/places";
import { assignTarget, bindName, deleteTarget } from "./assign";
import { augmentedAssignment } from "./augmented";
import { executeAssert, executeIf } from "./branches";
import { MAX_NESTING } from "../values/budget";
import { executeWith } from "./contexts";
import { functionScopes } from "../program/scopes";
import { after, leaving, normalEnd, raising, type Flow } from "../program/flow";
import { applyDecorators, callFunction, defineFunction } from "./functions";
import { executeImport, executeImportFrom } from "./imports";
import { executeStarImport } from "./starImports";
import { executeFor } from "./loops";
import { spend } from "../values/fuel";
import type { Frame, Machine } from "../program/machine";
import { executeMatch } from "./matching";
import { ANY_EXCEPTION, PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { executeTry } from "./tries";
import { invalidateStatement } from "./invalidateStatement";
import { freshId, UNSET, unknown, type Cause, type ClassValue, type Value } from "../values/value";
import { invalidateStatements } from "./unfollowed";

/** Executes statements in order. The state is changed in place; use the flow's state afterwards. */
export function executeBlock(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): Flow {
  let flow = normalEnd(state);
  for (const statement of body) {
    if (flow.normal === undefined) break;
    flow = after(m, flow, (next) => executeStatement(m, next, frame, statement));
  }
  return flow;
}

const COST_OF_STATEMENT = 40;

/** Executes one statement. An exception that certainly happens is part of how it ends. */
export function executeStatement(m: Machine, state: State, frame: Frame, statement: Stmt): Flow {
  spend(COST_OF_STATEMENT);
  if (m.nesting > MAX_NESTING) {
    m.noteCause({ kind: "budget", text: "code that is nested too deeply", site: m.site(frame, statement) });
    return invalidateStatement(m, state, frame, statement, "budget");
  }
  m.reads.push([]);
  m.nesting += 1;
  const outer = m.overridden;
  try {
    return execute(m, state, frame, statement);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return failed(m, state, frame, statement, error);
  } finally {
    m.nesting -= 1;
    m.reads.pop();
    // What a function has read counts for the whole statement that calls it.
    if (frame.kind !== "function") m.overridden = outer;
  }
}

/**
 * An exception at module level ends the import. It is remembered as the module's failure, and evaluation goes on with
 * what the statement binds unknown: the developer is typing, and the rest of the module still tells something.
 */
function failed(m: Machine, state: State, frame: Frame, statement: Stmt, error: PythonRaise): Flow {
  const site = error.site ?? m.site(frame, statement);
  const located = error.site === undefined ? new PythonRaise(error.exception, site) : error;
  if (m.callDepth > 0 || m.raising.isCaught(error.exception)) return raising(state, located);
  m.noteFailure({ exception: error.exception, site });
  m.raising.noteUncaught([...state.assumptions.values()], located);
  invalidateStatements(m, state, frame, [statement], "error");
  return normalEnd(state);
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
      return invalidateStatement(m, state, frame, node, "unsupported");
    case "With":
      return executeWith(m, state, frame, node);
    case "Match":
      return executeMatch(m, state, frame, node);
    case "Return": {
      const value: Value = node.value === undefined ? { kind: "none" } : m.evaluate(state, frame, node.value);
      return leaving(state, { kind: "return", value });
    }
    case "Raise":
      return executeRaise(m, state, frame, node);
    case "Break":
      return leaving(state, { kind: "break" });
    case "Continue":
      return leaving(state, { kind: "continue" });
    case "ClassDef":
      return defineClass(m, state, frame, node);
    case "Assert":
      return executeAssert(m, state, frame, node);
    case "BadStmt":
      m.noteCause(causeOf(m, frame, node));
      return invalidateStatement(m, state, frame, node, "syntax-error");
    default:
      executeSimple(m, state, frame, node);
      return normalEnd(state);
  }
}

/** What tells of a file that it is written for Python 2. It is asked for each statement that cannot be read, which may be thousands. */
const oldProblems = new WeakMap<Module, SyntaxProblem | undefined>();

function oldProblem(module: Module): SyntaxProblem | undefined {
  if (!oldProblems.has(module)) {
    const first = module.problems.find(({ message }) => /\bPython [23]\b/.test(message));
    const isOld = first !== undefined && /\bprint\b|\bexec\b|\braise\b/.test(first.message);
    oldProblems.set(module, isOld ? first : undefined);
  }
  return oldProblems.get(module);
}

/** Why a statement could not be read; said once of a file that is written for Python 2. */
function causeOf(m: Machine, frame: Frame, node: Stmt): Cause {
  noteUnrepeatable();
  const parsed = m.host.parse(frame.file);
  const old = parsed.ok ? oldProblem(parsed.module) : undefined;
  return old !== undefined
    ? { kind: "syntax-error", text: "a file for Python 2, some statements of which are lost", site: m.site(frame, old) }
    : { kind: "syntax-error", text: "a statement that cannot be parsed", site: m.site(frame, node) };
}

/** `raise X(...)`; what is raised again or computed is of unknown class. */
function executeRaise(m: Machine, state: State, frame: Frame, node: Raise): Flow {
  const { exc } = node;
  const raised = exc === undefined ? undefined : m.evaluate(state, frame, exc.kind === "Call" ? exc.func : exc);
  if (exc?.kind === "Call") for (const arg of exc.args) if (arg.kind !== "Starred") m.evaluate(state, frame, arg);
  return raising(state, new PythonRaise(exceptionName(raised), m.site(frame, node)));
}

function exceptionName(raised: Value | undefined): string {
  if (raised?.kind === "external") return raised.name.slice(raised.name.lastIndexOf(".") + 1);
  return raised?.kind === "class" ? raised.definition.name : ANY_EXCEPTION;
}

function executeSimple(m: Machine, state: State, frame: Frame, node: Stmt): void {
  switch (node.kind) {
    case "Assign": {
      const value = m.evaluate(state, frame, node.value);
      for (const target of node.targets) assignTarget(m, state, frame, target, value, node, node.value);
      return;
    }
    case "AnnAssign":
      if (node.value !== undefined)
        assignTarget(m, state, frame, node.target, m.evaluate(state, frame, node.value), node, node.value);
      return;
    case "AugAssign":
      return augmentedAssignment(m, state, frame, node);
    case "Expr":
      m.evaluate(state, frame, node.value);
      return;
    case "Import":
      return executeImport(m, state, frame, node);
    case "ImportFrom":
      return node.names === "*" ? executeStarImport(m, state, frame, node) : executeImportFrom(m, state, frame, node);
    case "FunctionDef": {
      const value = applyDecorators(m, state, frame, defineFunction(m, state, frame, node, functionScopes(frame)));
      bindName(m, state, frame, node.name, value, {
        target: nameAt(node.name, node.nameRange),
        statement: node,
        expression: undefined,
      });
      return;
    }
    case "TypeAlias": {
      const value = unknown("unsupported", "a type alias", m.site(frame, node));
      return bindName(m, state, frame, node.name, value, {
        target: nameAt(node.name, node),
        statement: undefined,
        expression: undefined,
      });
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
    default:
      return;
  }
}

/** Decorators that give back the class, with methods that settings do not ask for. */
const HARMLESS =
  /^(dataclass|total_ordering|final|unique|runtime_checkable|deconstructible|python_2_unicode_compatible)$/;

/** What decorators make of a class: any other may change or replace it. */
function decoratedClass(m: Machine, state: State, frame: Frame, made: ClassValue): Value {
  const other = made.definition.decorators.find((decorator) => {
    const target = decorator.kind === "Call" ? decorator.func : decorator;
    return !HARMLESS.test(target.kind === "Attribute" ? target.attr : target.kind === "Name" ? target.id : "");
  });
  if (other === undefined) return made;
  const [only] = made.definition.decorators;
  const callee = made.definition.decorators.length === 1 && only !== undefined ? m.evaluate(state, frame, only) : UNSET;
  const site = m.site(frame, other);
  if (callee.kind !== "function")
    return unknown("call", `a class that ${made.definition.name} is decorated to be`, site);
  const args = { positional: [made], keywords: new Map(), open: false };
  return callFunction(callee, { machine: m, state, frame, args, site, node: undefined });
}

function defineClass(m: Machine, state: State, frame: Frame, node: ClassDef): Flow {
  const bases = node.bases.map((base) => m.evaluate(state, frame, base));
  const scope = freshId();
  state.addScope(scope);
  const inner: Frame = { ...frame, scopes: [scope, ...functionScopes(frame)], kind: "class", redirected: new Map() };
  return after(m, executeBlock(m, state, inner, node.body), (next) => {
    const made: ClassValue = { kind: "class", definition: node, file: frame.file, scope, bases };
    const value = decoratedClass(m, next, frame, made);
    bindName(m, next, frame, node.name, value, {
      target: nameAt(node.name, node.nameRange),
      statement: node,
      expression: undefined,
    });
    return normalEnd(next);
  });
}
