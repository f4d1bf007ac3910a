import type { Expr, Stmt } from "../syntax/ast";
import { rootName } from "./assign";
import { findSlot } from "./expressions";
import type { Frame, Machine } from "./machine";
import { slotValue } from "./machine";
import type { State } from "./state";
import { freshId, unknown, type Cause, type Step } from "./value";

/**
 * Gives up on statements: every name that they may bind becomes unknown, and so does the contents of every object that
 * they may change. Errs towards unknown: a name bound in a branch that would not run is given up too.
 */
export function forget(m: Machine, state: State, frame: Frame, statements: readonly Stmt[], kind: Cause["kind"]): void {
  const names = new Set<string>();
  const roots = new Set<string>();
  for (const statement of statements) collect(statement, names, roots);
  const site = statements[0] === undefined ? undefined : m.site(frame, statements[0]);
  for (const name of roots) {
    const value = slotValue(findSlot(state, frame, name));
    const because = unknown(kind, TEXTS[kind] ?? "code that is not followed", site);
    m.perAlternative(state, value, (inner, leaf) => {
      if (leaf.kind === "reference")
        m.updateObject(inner, leaf.id, (object) => ({ ...object, contents: { ...because, partly: object.contents } }));
      return leaf;
    });
  }
  const scope = frame.scopes[0] as number;
  if (site !== undefined && ["globals", "locals", "vars"].some((name) => roots.has(name))) {
    const step: Step = { kind: "import", site, target: site.range, module: frame.module };
    m.overrideNames(state, frame.scopes[frame.scopes.length - 1] as number, step, "code that is not followed");
  }
  for (const name of names) {
    const step: Step | undefined =
      site === undefined ? undefined : { kind: "assignment", site, target: site.range, module: frame.module };
    state.setSlot(scope, name, {
      kind: "bound",
      value: unknown(kind, TEXTS[kind] ?? "code that is not followed", site),
      steps: step === undefined ? [] : [step],
      binding: freshId(),
      overridable: undefined,
    });
  }
}

const TEXTS: Partial<Record<Cause["kind"], string>> = {
  "syntax-error": "a statement that cannot be parsed",
  error: "a statement that raises an exception",
  budget: "code beyond what is followed",
  unsupported: "a loop or match that is not followed",
};

function collect(node: Stmt, names: Set<string>, roots: Set<string>): void {
  const block = (body: readonly Stmt[]): void => {
    for (const inner of body) collect(inner, names, roots);
  };
  switch (node.kind) {
    case "Assign":
      for (const target of node.targets) collectTarget(target, names, roots);
      return;
    case "AnnAssign":
      if (node.value !== undefined) collectTarget(node.target, names, roots);
      return;
    case "AugAssign":
      collectTarget(node.target, names, roots);
      roots.add(rootName(node.target));
      return;
    case "Expr":
      if (node.value.kind === "Call" && node.value.func.kind === "Attribute")
        roots.add(rootName(node.value.func.value));
      return;
    case "If":
    case "While":
      block(node.body);
      return block(node.orelse);
    case "For":
      collectTarget(node.target, names, roots);
      block(node.body);
      return block(node.orelse);
    case "Try":
      block(node.body);
      for (const handler of node.handlers) block(handler.body);
      block(node.orelse);
      return block(node.finalbody);
    case "With":
      for (const item of node.items)
        if (item.optionalVars !== undefined) collectTarget(item.optionalVars, names, roots);
      return block(node.body);
    case "Match":
      for (const part of node.cases) block(part.body);
      return;
    default:
      collectNames(node, names, roots);
  }
}

function collectNames(node: Stmt, names: Set<string>, roots: Set<string>): void {
  switch (node.kind) {
    case "Delete":
      for (const target of node.targets) collectTarget(target, names, roots);
      return;
    case "FunctionDef":
    case "ClassDef":
      names.add(node.name);
      return;
    case "Import":
      for (const alias of node.names) names.add(alias.asname ?? (alias.name.split(".")[0] as string));
      return;
    case "ImportFrom":
      if (node.names !== "*") for (const alias of node.names) names.add(alias.asname ?? alias.name);
      return;
    case "BadStmt":
      for (const name of node.names) names.add(name);
      return;
    default:
  }
}

function collectTarget(target: Expr, names: Set<string>, roots: Set<string>): void {
  if (target.kind === "Name") names.add(target.id);
  else if (target.kind === "Tuple" || target.kind === "List")
    for (const part of target.elts) collectTarget(part, names, roots);
  else if (target.kind === "Starred") collectTarget(target.value, names, roots);
  else roots.add(rootName(target));
}
