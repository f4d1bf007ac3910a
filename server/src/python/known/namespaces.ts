import type { CallContext, Model } from "../call";
import { slotValue } from "../machine";
import type { State } from "../state";
import { bool, freshId, NONE, type Step, type Value } from "../value";

/** `globals()`, `locals()` at module level and `vars()`: the module's names as a dict that can be read and written. */
export function namespaceOf(call: CallContext): Value {
  const scope = call.frame.scopes[call.frame.scopes.length - 1] as number;
  const model: Model = {
    subscript: (key, inner) => (key.kind === "str" ? slotOr(inner.state, scope, key.value, undefined) : undefined),
    contains: (item, inner) =>
      item.kind === "str" ? bool(inner.state.slot(scope, item.value) !== undefined) : undefined,
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

function slotOr(state: State, scope: number, name: string, fallback: Value | undefined): Value | undefined {
  const slot = state.slot(scope, name);
  return slot === undefined ? fallback : slotValue(slot);
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
  const present = slotOr(call.state, scope, key.value, undefined);
  if (present !== undefined) return present;
  bind(call, scope, key.value, value ?? NONE);
  return value ?? NONE;
}

/** Names that cannot be known were written: every name may have another value now. */
function overrideAll(call: CallContext, scope: number): void {
  const step: Step = { ...stepOf(call), kind: "import" };
  call.machine.overrideNames(call.state, scope, step, "an update of globals()");
}
