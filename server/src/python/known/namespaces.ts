import type { CallContext, KnownCall, Model } from "../call";
import { slotValue } from "../machine";
import { overlaySlot, type Slot, type State } from "../state";
import { bool, freshId, NONE, unknown, type Step, type Value } from "../value";

/** `globals()`, `locals()` at module level and `vars()`: the module's names as a dict that can be read and written. */
export function namespaceOf(call: CallContext): Value {
  const scope = call.frame.scopes[call.frame.scopes.length - 1] as number;
  const model: Model = {
    subscript: (key, inner) =>
      key.kind === "str"
        ? slotOr(inner.state, scope, key.value, unknown("error", "a name that is not bound"))
        : undefined,
    contains: (item, inner) => (item.kind === "str" ? presence(inner.state.slot(scope, item.value)) : undefined),
    assignItem: (key, value, inner) => {
      if (key.kind === "str") bind(inner, scope, key.value, value);
      else overrideAll(inner, scope);
      return true;
    },
    method: (name, inner) => {
      if (name === "get")
        return inner.args.positional[0]?.kind === "str"
          ? slotOr(inner.state, scope, inner.args.positional[0].value, inner.args.positional[1] ?? NONE)
          : undefined;
      if (name === "update") return update(inner, scope);
      if (name === "setdefault") return setdefault(inner, scope);
      return undefined;
    },
  };
  return { kind: "model", name: "globals()", model };
}

/** Whether a name is bound, as a value. */
function presence(slot: Slot | undefined): Value {
  if (slot?.kind !== "split") return bool(slot !== undefined);
  const [yes, no] = [presence(slot.yes), presence(slot.no)];
  return yes === no ? yes : { kind: "choice", test: slot.test, yes, no };
}

/** The name's value, or the fallback in the worlds in which it is not bound. */
function slotOr(state: State, scope: number, name: string, fallback: Value): Value {
  const give = (slot: Slot | undefined): Value =>
    slot?.kind === "split"
      ? { kind: "choice", test: slot.test, yes: give(slot.yes), no: give(slot.no) }
      : slot === undefined
        ? fallback
        : slotValue(slot);
  return give(state.slot(scope, name));
}

function bind(call: CallContext, scope: number, name: string, value: Value): void {
  const step = stepOf(call);
  call.state.setSlot(scope, name, { kind: "bound", value, steps: [step], binding: freshId(), overridable: undefined });
}

function stepOf(call: CallContext): Step {
  return { kind: "assignment", site: call.site, target: call.site.range, module: call.frame.module };
}

function update(call: CallContext, scope: number): Value {
  for (const value of call.args.positional) {
    const contents = call.machine.contents(call.state, value);
    const names = contents.kind === "dict" ? contents.entries : undefined;
    if (names === undefined || names.some((entry) => entry.key?.kind !== "str")) overrideAll(call, scope);
    else for (const entry of names) if (entry.key?.kind === "str") bind(call, scope, entry.key.value, entry.value);
  }
  for (const [name, value] of call.args.keywords) bind(call, scope, name, value);
  return NONE;
}

function setdefault(call: CallContext, scope: number): Value | undefined {
  const [key, value] = call.args.positional;
  if (key?.kind !== "str") return undefined;
  const present = call.state.slot(scope, key.value);
  if (present?.kind === "bound") return present.value;
  bind(call, scope, key.value, value ?? NONE);
  const fresh = call.state.slot(scope, key.value);
  if (present !== undefined && fresh !== undefined) call.state.setSlot(scope, key.value, overlaySlot(present, fresh));
  return slotOr(call.state, scope, key.value, NONE);
}

/** Names that cannot be known were written: every name may have another value now. */
function overrideAll(call: CallContext, scope: number, by = "an update of globals()"): void {
  const step: Step = { ...stepOf(call), kind: "import" };
  call.machine.overrideNames(call.state, scope, step, by);
}

/** `exec(code)` runs in the module's namespace, `exec(code, names)` in one that is handed over. The code is not followed. */
function execute(call: CallContext): Value | undefined {
  const [, names] = call.args.positional;
  const isOwn = names === undefined || (names.kind === "model" && names.name === "globals()");
  if (!isOwn && !call.args.open) return undefined;
  overrideAll(call, call.frame.scopes[call.frame.scopes.length - 1] as number, "code that exec() runs");
  return NONE;
}

export const NAMESPACE_CALLS: Readonly<Record<string, KnownCall>> = { "builtins.exec": execute };
