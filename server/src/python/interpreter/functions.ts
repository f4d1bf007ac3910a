import { bind } from "../program/slots";
import type { Expr, FunctionDef, Parameter } from "../../syntax/ast";
import { MAX_CALL_DEPTH } from "../values/budget";
import { given, type CallContext } from "../program/call";
import { absorb, chooseUnder, type Flow } from "../program/flow";
import { generatorIterator, isGenerator } from "./generators";
import { spend } from "../values/fuel";
import { bound } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import { own } from "../program/objects";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { amongst } from "../program/sharing";
import { invalidateCall } from "./unfollowed";
import { freshId, NONE, tuple, unknown, type DictValue, type FunctionValue, type Value } from "../values/value";

/** Calls a function or lambda of the project by executing its body in a new scope. */
export function callFunction(callee: FunctionValue, call: CallContext): Value {
  const { machine: m, state, site } = call;
  spend(COST_OF_CALL);
  const name = callee.definition.kind === "Lambda" ? "a lambda" : `${callee.definition.name}()`;
  const refused = refusal(callee, m);
  if (refused !== undefined) {
    const { mayBe = [] } = invalidateCall(m, state, callee, given(call.args), site);
    return amongst(unknown(refused, `result of ${name}`, site), mayBe);
  }
  const scope = freshId();
  state.addScope(scope);
  const isBound = bindParameters(callee, call, scope);
  if (!isBound) {
    const { mayBe = [] } = invalidateCall(m, state, callee, given(call.args), site);
    return amongst(unknown("call", `result of ${name}, whose arguments are not known`, site), mayBe);
  }
  const frame: Frame = {
    file: callee.file,
    module: m.host.moduleName(callee.file),
    scopes: [scope, ...callee.scopes],
    kind: "function",
    redirected: new Map(),
    ...(callee.within === undefined || callee.self === undefined
      ? {}
      : { method: { within: callee.within, self: callee.self } }),
    importGuarded: false,
  };
  const { definition } = callee;
  if (definition.kind === "FunctionDef" && isGenerator(definition)) {
    return generatorIterator(
      call,
      (at, generated) => void run(m, at, { ...frame, generated }, callee),
      (at) => void invalidateCall(m, at, callee, given(call.args), site),
    );
  }
  return run(m, state, frame, callee);
}

/** Scopes, parameters and the ways in which a body may end. */
const COST_OF_CALL = 60;

/** Executes the body in its scope. */
function run(m: Machine, state: State, frame: Frame, { definition }: FunctionValue): Value {
  m.callDepth += 1;
  m.reads.push([]);
  try {
    if (definition.kind === "Lambda") return m.evaluate(state, frame, definition.body);
    return finish(m, state, m.executeBlock(state, frame, definition.body));
  } finally {
    m.reads.pop();
    m.callDepth -= 1;
  }
}

function refusal(callee: FunctionValue, m: Machine): "budget" | "unsupported" | undefined {
  if (m.callDepth >= MAX_CALL_DEPTH) return "budget";
  const { definition } = callee;
  if (definition.kind === "Lambda") return undefined;
  return definition.isAsync || !definition.decorators.every(isTransparent) ? "unsupported" : undefined;
}

/** Decorators that leave the result of a single call as it is. */
function isTransparent(decorator: Expr): boolean {
  const target = decorator.kind === "Call" ? decorator.func : decorator;
  const name = target.kind === "Attribute" ? target.attr : target.kind === "Name" ? target.id : "";
  return /^(lru_cache|cache|staticmethod|wraps|override|final|no_type_check|computed_field)$/.test(name);
}

/** Binds arguments to parameters in the function's scope; false when some are not known. Throws TypeError for a mismatch. */
function bindParameters(callee: FunctionValue, call: CallContext, scope: number): boolean {
  const { machine: m, state, args, site } = call;
  if (args.open) return false;
  const positional = callee.self === undefined ? [...args.positional] : [callee.self, ...args.positional];
  const keywords = new Map(args.keywords);
  for (const parameter of callee.definition.parameters) {
    const value = takeArgument(parameter, positional, keywords, callee, call);
    if (value === undefined) throw new PythonRaise("TypeError", site);
    const given = parameter.parameterKind === "varKeyword" ? own(m, state, value, site.file) : bound(value);
    state.setSlot(scope, parameter.name, bind(given));
  }
  if (positional.length > 0 || keywords.size > 0) throw new PythonRaise("TypeError", site);
  return true;
}

function takeArgument(
  parameter: Parameter,
  positional: Value[],
  keywords: Map<string, Value>,
  callee: FunctionValue,
  call: CallContext,
): Value | undefined {
  switch (parameter.parameterKind) {
    case "varPositional":
      return tuple(positional.splice(0).map(bound));
    case "varKeyword": {
      const entries = [...keywords].map(([key, value]) => ({
        key: { kind: "str", value: key } as const,
        value: bound(value),
        site: undefined,
        valueSite: undefined,
      }));
      keywords.clear();
      return { kind: "dict", entries } satisfies DictValue;
    }
    default: {
      if (parameter.parameterKind !== "keywordOnly" && positional.length > 0) return positional.shift();
      const named = keywords.get(parameter.name);
      if (named !== undefined && parameter.parameterKind !== "positionalOnly") {
        keywords.delete(parameter.name);
        return named;
      }
      const fallback = callee.defaults.get(parameter.name);
      return fallback === undefined ? undefined : call.machine.restrict(fallback, call.state.assumptions);
    }
  }
}

/** Joins the ways in which a body ended and takes over the state that they leave. Throws where every way raises. */
function finish(m: Machine, state: State, flow: Flow): Value {
  if (flow.raised !== undefined) {
    state.become(flow.raised.state);
    throw flow.raised.error;
  }
  const returned = absorb(m, flow, () => true);
  const value = flow.exits.reduceRight<Value | undefined>(
    (rest, { path, how }) => (how.kind === "return" ? chooseUnder(m, path, how.value, rest) : rest),
    flow.normal === undefined ? undefined : NONE,
  );
  if (returned.normal !== undefined) state.become(returned.normal);
  return value ?? NONE;
}

/** Defines a function: its defaults are evaluated now. */
export function defineFunction(
  m: Machine,
  state: State,
  frame: Frame,
  definition: Extract<FunctionValue["definition"], { kind: "FunctionDef" }>,
  scopes: readonly number[],
): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of definition.parameters) {
    if (parameter.default === undefined) continue;
    const value = m.evaluate(state, frame, parameter.default);
    defaults.set(parameter.name, bound(value));
  }
  return { kind: "function", definition, file: frame.file, scopes, defaults };
}

/** Decorators that say how a function is bound when it is taken from a class. */
const BINDING = /^(property|cached_property|classproperty|classmethod|staticmethod|abstractmethod)$/;

/**
 * What a `def` binds: the function, or what decorators of the project make of it, innermost first. Other decorators stay
 * with the function, which is not called then.
 */
export function applyDecorators(m: Machine, state: State, frame: Frame, defined: FunctionValue): Value {
  const { definition } = defined;
  if (definition.kind === "Lambda" || definition.decorators.every(isKept)) return defined;
  let value: Value = { ...defined, definition: { ...definition, decorators: [] } };
  for (const decorator of definition.decorators.toReversed()) {
    if (isKept(decorator)) {
      if (value.kind !== "function" || value.definition.kind === "Lambda") return defined;
      value = withDecorator(value, value.definition, decorator);
      continue;
    }
    const callee = m.evaluate(state, frame, decorator);
    if (callee.kind !== "function") return defined;
    const site = m.site(frame, decorator);
    const args = { positional: [value], keywords: new Map(), open: false };
    value = callFunction(callee, { machine: m, state, frame, args, site, node: undefined });
  }
  return value;
}

function withDecorator(value: FunctionValue, definition: FunctionDef, decorator: Expr): FunctionValue {
  return { ...value, definition: { ...definition, decorators: [decorator, ...definition.decorators] } };
}

function isKept(decorator: Expr): boolean {
  const target = decorator.kind === "Call" ? decorator.func : decorator;
  const name = target.kind === "Attribute" ? target.attr : target.kind === "Name" ? target.id : "";
  return isTransparent(decorator) || BINDING.test(name) || (target.kind === "Attribute" && name === "setter");
}
