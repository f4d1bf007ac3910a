import { operation } from "../semantics/operations";
import { INCLUDING_FILE, OPEN_NAMESPACE, OVERRIDABLE_NAMESPACE } from "../program/openNames";
import { placeOf } from "../../syntax/places";
import type { Attribute, BinOp, Expr, JoinedStr, NamedExpr, Slice, Subscript } from "../../syntax/ast";
import { bindNamed } from "./assign";
import { MAX_NESTING, MAX_VALUE_SIZE } from "../values/budget";
import { callExpression } from "./calls";
import { methodValue } from "./attributes";
import { comprehension } from "./comprehensions";
import { dictDisplay, sequenceDisplay } from "./displays";
import { booleanOperation, comparison, conditional, unaryOperation } from "./conditions";
import { braceFormat } from "../semantics/formatting";
import { yieldValue } from "./generators";
import { spend } from "../values/fuel";
import type { Frame, Machine } from "../program/machine";
import { mergeDicts } from "../values/dicts";
import { binary } from "../semantics/operators";
import { pure } from "../program/pure";
import { findSlot, functionScopes } from "../program/scopes";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { slotValue, type Slot } from "../program/slots";
import { concatenate, subscriptValue } from "./structures";
import { bool, float, int, NONE, str, unknown, type Site, type Step, type Value } from "../values/value";

/** Evaluates an expression. Throws {@link PythonRaise} for an exception that certainly happens, nothing else. */
export function evaluate(m: Machine, state: State, frame: Frame, node: Expr): Value {
  spend(COST_OF_EXPRESSION);
  m.nesting += 1;
  try {
    if (m.nesting > MAX_NESTING) return unknown("budget", "a deeply nested expression", m.site(frame, node));
    return evaluateNode(m, state, frame, node);
  } finally {
    m.nesting -= 1;
  }
}

const COST_OF_EXPRESSION = 5;

function evaluateNode(m: Machine, state: State, frame: Frame, node: Expr): Value {
  switch (node.kind) {
    case "Name":
      return readName(m, state, frame, node.id, node);
    case "Str":
      return isUnknownText(m, node.value) ? unknownText(m.site(frame, node)) : str(node.value);
    case "Bytes":
      return { kind: "bytes", value: node.value };
    case "Int":
      return int(node.value);
    case "Float":
      return float(node.value);
    case "Constant":
      return constant(node.value, m.site(frame, node));
    case "JoinedStr":
      return joinedString(m, state, frame, node);
    case "List":
    case "Tuple":
    case "Set":
      return sequenceDisplay(m, state, frame, node);
    case "Dict":
      return dictDisplay(m, state, frame, node);
    case "Attribute":
      return attribute(m, state, frame, node);
    case "Subscript":
      return subscript(m, state, frame, node);
    case "Slice":
      return slice(m, state, frame, node);
    case "Call":
      return callExpression(m, state, frame, node);
    case "UnaryOp":
      return unaryOperation(m, state, frame, node);
    case "BinOp":
      return binaryOperation(m, state, frame, node);
    case "BoolOp":
      return booleanOperation(m, state, frame, node, 0);
    case "Compare":
      return comparison(m, state, frame, node);
    case "IfExp":
      return conditional(m, state, frame, node);
    case "Lambda":
      return lambda(m, state, frame, node);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return comprehension(m, state, frame, node);
    case "NamedExpr":
      return named(m, state, frame, node);
    case "Yield":
    case "YieldFrom":
      return yieldValue(m, state, frame, node);
    default:
      return unknown("unsupported", `expression of kind ${node.kind}`, m.site(frame, node));
  }
}

function constant(value: boolean | null | "...", site: Site): Value {
  if (value === null) return NONE;
  return value === "..." ? { kind: "external", name: "builtins.Ellipsis", site } : bool(value);
}

function isUnknownText(m: Machine, text: string): boolean {
  return m.host.isUnknownText?.(text) === true;
}

function unknownText(site: Site): Value {
  return unknown("unsupported", "a template's placeholder", site);
}

/** A name's value; throws NameError where it is certainly not bound. */
export function readName(m: Machine, state: State, frame: Frame, id: string, node: Expr): Value {
  const site = m.site(frame, node);
  if (isUnknownText(m, id)) return unknownText(site);
  const found = findSlot(state, frame, id);
  // What is not known may as well not be bound.
  const noted = (value: Value): Value => {
    if (value.kind === "unknown") m.raising.noteMayRaise(state, site, "NameError");
    return value;
  };
  if (found === undefined) return noted(builtin(m, state, frame, id, site));
  m.overridden ??= overrideOf(found);
  const value = slotValue(found);
  const binding = found.kind === "bound" ? found.binding : undefined;
  m.recordRead({ name: id, binding, value, range: placeOf(node) });
  return m.distribute(state, [value], ([leaf]) =>
    noted(leaf === undefined || leaf.kind === "unset" ? builtin(m, state, frame, id, site) : leaf),
  );
}

/** The import that may replace a name in some world. */
export function overrideOf(slot: Slot | undefined): Step | undefined {
  if (slot?.kind !== "split") return slot?.overridable;
  return overrideOf(slot.yes) ?? overrideOf(slot.no);
}

/** `__name__` and `__package__`: those of the module, also in files that it executes in its namespace. */
function moduleText(m: Machine, state: State, frame: Frame, id: string): Value {
  const including = slotValue(state.slot(frame.scopes.at(-1) as number, INCLUDING_FILE));
  const file = including.kind === "str" ? including.value : frame.file;
  const name = including.kind === "str" ? m.host.moduleName(file) : frame.module;
  if (id === "__name__" || file.endsWith("/__init__.py")) return str(name);
  return str(name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "");
}

function builtin(m: Machine, state: State, frame: Frame, id: string, site: Site): Value {
  if (id === "__file__") {
    const including = state.slot(frame.scopes.at(-1) as number, INCLUDING_FILE);
    return including === undefined ? str(frame.file) : slotValue(including);
  }
  if (id === "__name__" || id === "__package__") return moduleText(m, state, frame, id);
  if (id === "__doc__") return NONE;
  const known = m.libraries.value(`builtins.${id}`, site, m.host);
  if (known !== undefined) return known;
  for (const scope of frame.scopes) {
    if (state.slot(scope, OPEN_NAMESPACE) !== undefined || state.slot(scope, OVERRIDABLE_NAMESPACE) !== undefined)
      return unknown("import", `${id}, which a star import may bring`, site);
  }
  throw new PythonRaise("NameError", site);
}

function joinedString(m: Machine, state: State, frame: Frame, node: JoinedStr): Value {
  const values: Value[] = [];
  let template = "";
  for (const part of node.values) {
    if (part.kind === "Str" && isUnknownText(m, part.value)) return unknownText(m.site(frame, part));
    if (part.kind === "Str") {
      template += part.value.replace(/[{}]/g, "$&$&");
      continue;
    }
    const spec = part.formatSpec === undefined ? str("") : evaluate(m, state, frame, part.formatSpec);
    const value = evaluate(m, state, frame, part.value);
    if (spec.kind !== "str" || /[{}]/.test(spec.value)) {
      return unknown("unsupported", "an f-string with a computed format", m.site(frame, part));
    }
    const conversion = part.conversion ?? (part.selfDocumenting !== undefined && spec.value === "" ? "r" : undefined);
    if (part.selfDocumenting !== undefined) template += part.selfDocumenting.replace(/[{}]/g, "$&$&");
    template += `{${conversion === undefined ? "" : `!${conversion}`}${spec.value === "" ? "" : `:${spec.value}`}}`;
    values.push(value);
  }
  const kind = node.values.some((part) => part.kind !== "Str" && part.formatSpec !== undefined)
    ? "f-string with specs"
    : "f-string";
  const what = operation(`f-string ${JSON.stringify(template)}`, kind);
  return pure(m, state, what, values, (inputs) => braceFormat(template, inputs, new Map()), {
    site: m.site(frame, node),
  });
}

function attribute(m: Machine, state: State, frame: Frame, node: Attribute): Value {
  const object = evaluate(m, state, frame, node.value);
  return m.distribute(state, [object], ([leaf]) =>
    methodValue(m, state, frame, leaf as Value, node.attr, m.site(frame, node)),
  );
}

function subscript(m: Machine, state: State, frame: Frame, node: Subscript): Value {
  const object = evaluate(m, state, frame, node.value);
  const key = evaluate(m, state, frame, node.slice);
  return subscriptValue(m, state, frame, object, key, m.site(frame, node));
}

/** A slice object, as a tuple with a mark that `subscriptValue` reads. */
function slice(m: Machine, state: State, frame: Frame, node: Slice): Value {
  const part = (expression: Expr | undefined): Value =>
    expression === undefined ? NONE : evaluate(m, state, frame, expression);
  const args = [part(node.lower), part(node.upper), part(node.step)];
  return { kind: "opaque", callee: "builtins.slice", args, keywords: new Map(), id: 0, site: m.site(frame, node) };
}

/** `a | b` for dicts, keeping the identity of what they hold. */
function merged(m: Machine, state: State, a: Value, b: Value, site: Site): Value | undefined {
  const [left, right] = [m.contents(state, a), m.contents(state, b)];
  if (left.kind === "choice" || right.kind === "choice")
    return m.distribute(state, [left, right], ([x, y]) => operate(m, state, "|", x as Value, y as Value, site));
  if (left.kind !== "dict" || right.kind !== "dict") return undefined;
  return m.allocate(state, mergeDicts(left, right), site.file);
}

/** `list * n`: the same items again, not copies of them. */
function repeatedList(m: Machine, state: State, a: Value, b: Value, site: Site): Value | undefined {
  const [left, right] = [m.contents(state, a), m.contents(state, b)];
  const [sequence, count] = left.kind === "int" ? [right, left] : [left, right];
  if ((sequence.kind !== "list" && sequence.kind !== "tuple") || count.kind !== "int") return undefined;
  const times = Math.max(Number(count.value), 0);
  if (sequence.items.length * times > MAX_VALUE_SIZE) return unknown("budget", "a very long list", site);
  spend(sequence.items.length * times);
  const items = Array.from({ length: times }, () => sequence.items).flat();
  return sequence.kind === "list" ? m.allocate(state, { kind: "list", items }, site.file) : { kind: "tuple", items };
}

function binaryOperation(m: Machine, state: State, frame: Frame, node: BinOp): Value {
  const left = evaluate(m, state, frame, node.left);
  const right = evaluate(m, state, frame, node.right);
  return operate(m, state, node.op, left, right, m.site(frame, node));
}

/** `left op right` for evaluated operands. */
export function operate(m: Machine, state: State, op: BinOp["op"], left: Value, right: Value, site: Site): Value {
  return m.distribute(state, [left, right], ([a, b]) => {
    const joined =
      op === "+"
        ? concatenate(m, state, a as Value, b as Value, site)
        : op === "|"
          ? merged(m, state, a as Value, b as Value, site)
          : op === "*"
            ? repeatedList(m, state, a as Value, b as Value, site)
            : undefined;
    if (joined !== undefined) return joined;
    return pure(m, state, op, [a as Value, b as Value], ([x, y]) => binary(op, x as Value, y as Value), { site });
  });
}

function lambda(m: Machine, state: State, frame: Frame, node: Extract<Expr, { kind: "Lambda" }>): Value {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default !== undefined) defaults.set(parameter.name, evaluate(m, state, frame, parameter.default));
  }
  return { kind: "function", definition: node, file: frame.file, scopes: functionScopes(frame), defaults };
}

function named(m: Machine, state: State, frame: Frame, node: NamedExpr): Value {
  const value = evaluate(m, state, frame, node.value);
  bindNamed(m, state, frame, node.target, value, node.value);
  return value;
}
