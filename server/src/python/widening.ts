import type { Call, Expr, Stmt } from "../syntax/ast";
import { rootName } from "./assign";
import { findSlot } from "./expressions";
import type { Frame, Machine } from "./machine";
import { slotValue } from "./machine";
import type { State } from "./state";
import { freshId, unknown, type Cause, type FunctionValue, type Site, type Step, type Value } from "./value";

/**
 * Gives up on statements: every name that they may bind becomes unknown, and so does the contents of every object that
 * they may change. Errs towards unknown: a name bound in a branch that would not run is given up too.
 */
export function forget(m: Machine, state: State, frame: Frame, statements: readonly Stmt[], kind: Cause["kind"]): void {
  const effects = new Effects();
  for (const statement of statements) effects.add(statement);
  const site = statements[0] === undefined ? undefined : m.site(frame, statements[0]);
  const given: Widening = { kind, site };
  forgetObjects(m, state, frame, effects, given);
  if (effects.opensNamespace && site !== undefined) {
    const step: Step = { kind: "assignment", site, target: site.range, module: frame.module };
    m.overrideNames(state, frame.scopes[frame.scopes.length - 1] as number, step, "code that is not followed");
  }
  for (const variable of effects.variables) state.environ.set(variable, because(given));
  for (const name of effects.names)
    forgetName(state, frame.redirected.get(name) ?? (frame.scopes[0] as number), name, frame, given);
  forgetCallees(m, state, frame, effects, given, new Set());
}

/** Gives up on a call that is not followed: what the function's body may bind or change, and what it was handed. */
export function forgetCall(
  m: Machine,
  state: State,
  callee: FunctionValue,
  handed: readonly Value[],
  site: Site,
): void {
  for (const value of handed)
    forgetContents(m, state, value, unknown("call", "an object that was handed to a function", site));
  forgetBody(m, state, callee, { kind: "call", site }, new Set());
}

/** The contents of an object, and of all that it holds, become unknown. */
export function forgetContents(m: Machine, state: State, value: Value, because: Value): void {
  const seen = new Set<number>();
  const visit = (inner: Value): void => {
    if (inner.kind === "reference") {
      const object = state.object(inner.id);
      if (object === undefined || seen.has(inner.id)) return;
      seen.add(inner.id);
      visit(object.contents);
      const partly = object.contents;
      const contents: Value = because.kind === "unknown" ? { ...because, partly } : because;
      m.updateObject(state, inner.id, (old) => ({ ...old, contents }));
    } else if (inner.kind === "choice") {
      visit(inner.yes);
      visit(inner.no);
    } else if (inner.kind === "dict") for (const entry of inner.entries) visit(entry.value);
    else if ("items" in inner) for (const item of inner.items) visit(item.value);
  };
  visit(value);
}

/** A name is given up: something was done to its value that is not followed. */
export function forgetTarget(m: Machine, state: State, frame: Frame, target: Expr, text: string): void {
  const name = rootName(target);
  const scope = frame.scopes.find((id) => state.slot(id, name) !== undefined);
  if (scope !== undefined)
    forgetName(state, scope, name, frame, { kind: "unsupported", site: m.site(frame, target), text });
}

interface Widening {
  readonly kind: Cause["kind"];
  readonly site: Site | undefined;
  readonly text?: string;
}

const TEXTS: Partial<Record<Cause["kind"], string>> = {
  "syntax-error": "a statement that cannot be parsed",
  error: "a statement that raises an exception",
  budget: "code beyond what is followed",
  unsupported: "a loop or match that is not followed",
};

function because({ kind, site, text }: Widening): Value {
  return unknown(kind, text ?? TEXTS[kind] ?? "code that is not followed", site);
}

function forgetName(state: State, scope: number, name: string, frame: Frame, given: Widening): void {
  const { site } = given;
  const step: Step | undefined =
    site === undefined ? undefined : { kind: "assignment", site, target: site.range, module: frame.module };
  state.setSlot(scope, name, {
    kind: "bound",
    value: because(given),
    steps: step === undefined ? [] : [step],
    binding: freshId(),
    overridable: undefined,
  });
}

function forgetObjects(m: Machine, state: State, frame: Frame, effects: Effects, given: Widening): void {
  // What is changed through a name bound in the same code may be any object that the code reads.
  const isIndirect = [...effects.roots].some((name) => effects.names.has(name));
  for (const name of isIndirect ? new Set([...effects.roots, ...effects.read]) : effects.roots) {
    const slot = findSlot(state, frame, name);
    if (slot !== undefined) forgetContents(m, state, slotValue(slot), because(given));
  }
}

function forgetCallees(
  m: Machine,
  state: State,
  frame: Frame,
  effects: Effects,
  given: Widening,
  seen: Set<number>,
): void {
  for (const name of effects.called) {
    const visit = (value: Value): void => {
      if (value.kind === "choice") {
        visit(value.yes);
        visit(value.no);
      } else if (value.kind === "function") forgetBody(m, state, value, given, seen);
    };
    visit(slotValue(findSlot(state, frame, name)));
  }
}

function forgetBody(m: Machine, state: State, callee: FunctionValue, given: Widening, seen: Set<number>): void {
  const { definition } = callee;
  if (definition.kind === "Lambda" || seen.has(definition.start)) return;
  seen.add(definition.start);
  const effects = new Effects();
  for (const statement of definition.body) effects.add(statement);
  const frame: Frame = {
    file: callee.file,
    module: m.host.moduleName(callee.file),
    scopes: callee.scopes,
    kind: "function",
    redirected: new Map(),
    importGuarded: false,
  };
  forgetObjects(m, state, frame, effects, given);
  for (const variable of effects.variables) state.environ.set(variable, because(given));
  for (const value of callee.defaults.values()) forgetContents(m, state, value, because(given));
  const globals = callee.scopes[callee.scopes.length - 1];
  for (const name of effects.global) if (globals !== undefined) forgetName(state, globals, name, frame, given);
  forgetCallees(m, state, frame, effects, given, seen);
}

/** Methods that leave their object as it is. */
const READING =
  /^(get|items|keys|values|copy|index|count|find|is\w+|\w*strip|lower|upper|title|\w*split|splitlines|startswith|endswith|replace|format|join|encode|exists|resolve|read_text)$/;

function isEnviron(owner: Expr): boolean {
  return (owner.kind === "Attribute" ? owner.attr : owner.kind === "Name" ? owner.id : "") === "environ";
}

/** `globals()` and its kin: `name in globals()` only asks. */
function isNamespace(node: Expr): boolean {
  return node.kind === "Call" && node.func.kind === "Name" && /^(globals|locals|vars)$/.test(node.func.id);
}

type Node = Stmt | Expr | { readonly kind?: string };

/** What some code may do, collected from its text alone. */
class Effects {
  /** Names that it binds in its own scope. */
  readonly names = new Set<string>();
  /** Names whose objects it may change. */
  readonly roots = new Set<string>();
  /** Names declared `global` or `nonlocal`. */
  readonly global = new Set<string>();
  readonly called = new Set<string>();
  readonly read = new Set<string>();
  /** Environment variables that it may set. */
  readonly variables = new Set<string>();
  /** It may bind names that cannot be told from its text. */
  opensNamespace = false;

  add(node: Stmt | Expr): void {
    this.visit(node);
  }

  private visit(node: Node): void {
    const given = node as Stmt | Expr;
    switch (given.kind) {
      case "Name":
        this.read.add(given.id);
        return;
      case "Assign":
        for (const target of given.targets) this.target(target);
        break;
      case "AnnAssign":
        if (given.value !== undefined) this.target(given.target);
        break;
      case "AugAssign":
        this.target(given.target);
        this.roots.add(rootName(given.target));
        break;
      case "Delete":
        for (const target of given.targets) this.target(target);
        break;
      case "For":
      case "NamedExpr":
        this.target(given.target);
        break;
      case "With":
        for (const item of given.items) if (item.optionalVars !== undefined) this.target(item.optionalVars);
        break;
      case "Global":
        for (const name of given.names) this.global.add(name);
        return;
      case "Compare":
        this.visit(given.left);
        for (const part of given.comparators) if (!isNamespace(part)) this.visit(part);
        return;
      case "Call":
        this.call(given);
        break;
      default:
        if (this.definition(given)) return;
    }
    this.children(node);
  }

  /** Statements that bind names by their own form; true where nothing inside of them runs now. */
  private definition(node: Stmt | Expr): boolean {
    switch (node.kind) {
      case "FunctionDef":
      case "ClassDef":
        this.names.add(node.name);
        return node.kind === "FunctionDef";
      case "Lambda":
        return true;
      case "Import":
        for (const alias of node.names) this.names.add(alias.asname ?? (alias.name.split(".")[0] as string));
        return true;
      case "ImportFrom":
        if (node.names === "*") this.opensNamespace = true;
        else for (const alias of node.names) this.names.add(alias.asname ?? alias.name);
        return true;
      case "BadStmt":
        for (const name of node.names) this.names.add(name);
        return true;
      default:
        this.capture(node);
        return false;
    }
  }

  /** `except ... as name` and the names of `match` patterns. */
  private capture(node: Node): void {
    const { name, rest } = node as { readonly name?: unknown; readonly rest?: unknown };
    const isPattern = node.kind?.startsWith("Match") === true;
    const isHandler = node.kind === undefined && "body" in node && "type" in node;
    if ((isPattern || isHandler) && typeof name === "string") this.names.add(name);
    if (isPattern && typeof rest === "string") this.names.add(rest);
  }

  private call(node: Call): void {
    const { func } = node;
    if (func.kind === "Name") {
      this.called.add(func.id);
      if (/^(globals|locals|vars|setattr|exec)$/.test(func.id)) this.opensNamespace = true;
      if (
        /^(print|len|str|int|float|bool|list|tuple|set|dict|sorted|any|all|isinstance|getattr|range|enumerate|zip)$/.test(
          func.id,
        )
      )
        return;
    } else if (func.kind === "Attribute") {
      if (READING.test(func.attr)) return;
      if (isEnviron(func.value)) for (const arg of node.args) if (arg.kind === "Str") this.variables.add(arg.value);
      this.roots.add(rootName(func.value));
    }
    for (const arg of node.args) this.handed(arg);
    for (const keyword of node.keywords) this.handed(keyword.value);
  }

  /** Names whose objects are handed to a function that may change them. */
  private handed(arg: Expr): void {
    const inner = new Effects();
    inner.add(arg);
    for (const name of inner.read) this.roots.add(name);
  }

  private target(target: Expr): void {
    if (target.kind === "Name") this.names.add(target.id);
    else if (target.kind === "Tuple" || target.kind === "List") for (const part of target.elts) this.target(part);
    else if (target.kind === "Starred") this.target(target.value);
    else {
      this.roots.add(rootName(target));
      if (target.kind === "Subscript" && isEnviron(target.value) && target.slice.kind === "Str")
        this.variables.add(target.slice.value);
    }
  }

  private children(node: Node): void {
    for (const value of Object.values(node) as unknown[]) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof child !== "object" || child === null) continue;
        if ("kind" in child) this.visit(child as Node);
        else {
          this.capture(child as Node);
          this.children(child as Node);
        }
      }
    }
  }
}
