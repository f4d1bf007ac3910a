import { append } from "../../base/lists";
import { expose } from "../program/openNames";
import type { Call } from "../../syntax/ast";
import { given, unsupported, type Arguments, type CallContext, type Model } from "../program/call";
import { callFunction } from "./functions";
import { newInstance } from "./instances";
import type { Frame, Machine } from "../program/machine";
import { scopeBehind } from "../program/call";
import { normalizePath } from "../../base/path";
import { purePath } from "../semantics/operators";
import { pure } from "../program/pure";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { invalidateIterator } from "./iterators";
import { iterationItems } from "./structures";
import { READING } from "../program/effects";
import { invalidateCall } from "./unfollowed";
import { invalidate } from "../program/invalidate";
import { amongst } from "../program/sharing";
import { isUnchanging } from "../semantics/types";
import { freshId, str, unknown, type OpaqueValue, type Step, type UnknownValue, type Value } from "../values/value";
import { methodValue } from "./attributes";

/** Evaluates a call expression. */
export function callExpression(m: Machine, state: State, frame: Frame, node: Call): Value {
  const site = m.site(frame, node);
  if (node.func.kind === "Attribute") {
    const name = node.func.attr;
    const receiver = m.evaluate(state, frame, node.func.value);
    const args = evaluateArguments(m, state, frame, node);
    return m.perAlternative(state, receiver, (inner, leaf) =>
      callMethod(leaf, name, { machine: m, state: inner, frame, args, site, node }),
    );
  }
  const callee = m.evaluate(state, frame, node.func);
  const args = evaluateArguments(m, state, frame, node);
  return m.perAlternative(state, callee, (inner, leaf) =>
    callValue(leaf, { machine: m, state: inner, frame, args, site, node }),
  );
}

function evaluateArguments(m: Machine, state: State, frame: Frame, node: Call): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  for (const arg of node.args) {
    if (arg.kind !== "Starred") {
      positional.push(m.evaluate(state, frame, arg));
      continue;
    }
    const items = iterationItems(m, state, m.evaluate(state, frame, arg.value));
    if (items.some((item) => item.spread)) open = true;
    else
      append(
        positional,
        items.map((item) => item.value),
      );
  }
  for (const keyword of node.keywords) {
    const value = m.evaluate(state, frame, keyword.value);
    if (keyword.name !== undefined) keywords.set(keyword.name, value);
    else open = spreadKeywords(m, state, value, keywords) || open;
  }
  return { positional, keywords, open };
}

/** Adds `**value` to the keywords; true when there may be more than are known. */
function spreadKeywords(m: Machine, state: State, value: Value, keywords: Map<string, Value>): boolean {
  const contents = m.contents(state, value);
  if (contents.kind !== "dict") return true;
  for (const entry of contents.entries) {
    if (entry.key?.kind !== "str") return true;
    keywords.set(entry.key.value, entry.value);
  }
  return false;
}

/** Calls an evaluated callee that is no choice. */
export function callValue(callee: Value, call: CallContext): Value {
  switch (callee.kind) {
    case "external":
      return call.machine.libraries.call(callee.name, call) ?? opaqueCall(callee.name, call);
    case "model":
      return (callee.model as Model).call?.(call) ?? unsupported(call, `result of ${callee.name}`);
    case "function":
      return callFunction(callee, call);
    case "class":
      return (
        call.machine.libraries.instance(callee, call) ??
        newInstance(callee, call) ??
        opaqueCall(callee.definition.name, call)
      );
    case "path":
      return pathCall(callee, call);
    case "opaque":
      return opaqueCall(`${callee.callee}()`, call, callee);
    case "unknown":
    case "environment":
    case "derived":
    case "choice":
    case "reference":
      noteMayRaise(call);
      invalidateHanded(call);
      invalidate(call.machine, call.state, [callee], unknown("call", "an object that was called", call.site));
      return amongst(unknown("call", "result of a call that is not known", call.site), [callee, ...given(call.args)]);
    default:
      throw new PythonRaise("TypeError", call.site);
  }
}

/** `environ.Path` objects are called to join: the result is a text. */
function pathCall(root: Value, call: CallContext): Value {
  const { machine: m, state, args, site } = call;
  return pure(
    m,
    state,
    "environ.Path()",
    [root, ...args.positional],
    (parts) => {
      const texts = parts.map((part) => (part.kind === "str" || part.kind === "path" ? part.value : ""));
      return str(normalizePath(purePath(texts)));
    },
    { site },
  );
}

/** The object that an unmodelled function or class gives. Lists and dicts handed to it may be changed by it. */
function opaqueCall(name: string, call: CallContext, ...of: readonly Value[]): OpaqueValue {
  const { machine: m, state, args, site } = call;
  noteMayRaise(call);
  const keywords = new Map([...args.keywords].map(([key, value]) => [key, m.freeze(state, value)] as const));
  const frozen = args.positional.map((value) => m.freeze(state, value));
  invalidateHanded(call, name);
  // It may call them.
  const results = given(args).flatMap((value) =>
    value.kind === "function" ? invalidateCall(m, state, value, [], site) : [],
  );
  const mayBe = [...of, ...given(args), ...results].filter((value) => !isUnchanging(value));
  return { kind: "opaque", callee: name, args: frozen, keywords, id: freshId(), mayBe, site };
}

/** Inside a `try`, a call that is not modelled may raise: the handlers are possible from here. */
function noteMayRaise(call: CallContext): void {
  call.machine.raising.noteMayRaise(call.state, call.site);
}

/**
 * An unmodelled function may change the objects that it is given. Classes (named with a capital) and functions whose
 * name asks for information are taken to leave them alone, and `dictConfig` works on copies (Python docs,
 * "logging.config"); everything else makes the contents unknown.
 */
function invalidateHanded(call: CallContext, name = ""): void {
  // It may ask them for their items.
  for (const value of given(call.args)) invalidateIterator(value, call.state);
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (
    /^[A-Z]/.test(last) ||
    /^(get|is|has|parse|load|loads|read|find|make|build|create|format|join|len|repr|print)/i.test(last) ||
    name === "logging.config.dictConfig"
  )
    return;
  if (name !== "") exposeNames(call, name);
  const because = unknown("call", `an object that was handed to ${name === "" ? "a function" : name}`, call.site);
  const handed = given(call.args).filter((value) => !isUnchanging(value));
  invalidate(call.machine, call.state, handed, amongst(because, handed));
}

/**
 * A hook of a plugin gets hold of the module's names: `plugins.settings(globals())`, `add_plugins(__name__)`. It may replace
 * every setting, and most of them replace none or few.
 */
function exposeNames(call: CallContext, name: string): void {
  const { state, frame, site, args, node } = call;
  const step: Step = { kind: "import", site, target: site.range, module: frame.module, isHook: true };
  for (const value of given(args)) {
    const scope = value.kind === "module" ? (state.modules.get(value.file) ?? value.scope) : scopeBehind(value);
    if (scope !== undefined) expose(state, scope, step);
  }
  const isNamed = node?.args.some((arg) => arg.kind === "Name" && arg.id === "__name__") === true;
  if (isNamed && !call.machine.libraries.isAlwaysImportable(name)) expose(state, frame.scopes.at(-1) as number, step);
}

/** Calls a method of an evaluated receiver that is no choice. */
export function callMethod(receiver: Value, name: string, call: CallContext): Value {
  const { machine: m, state, frame, site } = call;
  switch (receiver.kind) {
    case "external":
      return (
        m.libraries.method(receiver, name, call) ??
        callValue({ kind: "external", name: `${receiver.name}.${name}`, site }, call)
      );
    case "model":
      return (receiver.model as Model).method?.(name, call) ?? callUnknownMethod(`${receiver.name}.${name}`, call);
    case "reference":
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
    case "dict":
    case "str":
    case "bytes":
    case "path":
    case "environment":
    case "derived":
      return m.libraries.method(receiver, name, call) ?? callUnknownMethod(name, call);
    case "opaque":
      changedByMethod(receiver, name, call);
      return m.libraries.method(receiver, name, call) ?? opaqueCall(`${receiver.callee}().${name}`, call, receiver);
    case "unknown":
      changedByMethod(receiver, name, call);
      return amongst(callUnknownMethod(name, call), [receiver]);
    case "bool":
    case "int":
    case "float":
    case "function":
    case "unset":
      // None of their methods is modelled.
      return callUnknownMethod(name, call);
    case "choice":
      return m.perAlternative(state, receiver, (inner, leaf) => callMethod(leaf, name, { ...call, state: inner }));
    case "none":
    case "module":
    case "class":
      return m.perAlternative(state, methodValue(m, state, frame, receiver, name, site), (inner, leaf) =>
        callValue(leaf, { ...call, state: inner }),
      );
  }
}

function callUnknownMethod(name: string, call: CallContext): UnknownValue {
  noteMayRaise(call);
  invalidateHanded(call, name);
  return amongst(unknown("call", `result of ${name}()`, call.site), given(call.args));
}

/** A method of something that is not known changes it, unless it is known by its name to read. */
function changedByMethod(receiver: Value, name: string, { machine: m, state, args, site }: CallContext): void {
  if (READING.test(name)) return;
  const because = unknown("unsupported", "an object that something unknown may be", site);
  invalidate(m, state, [receiver], amongst(because, given(args)));
}
