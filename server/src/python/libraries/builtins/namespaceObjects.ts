import { OPEN_NAMESPACE, expose } from "../../program/openNames";
import type { CallContext, Model } from "../../program/call";
import { PythonRaise } from "../../values/raise";
import type { State } from "../../program/state";
import { slotValue, bind, overlaySlot, type Slot } from "../../program/slots";
import { subscriptValue } from "../../interpreter/structures";
import {
  bool,
  list,
  NONE,
  plainItem,
  str,
  tuple,
  unknown,
  type DictValue,
  type Item,
  type Step,
  type Value,
} from "../../values/value";

/** The names of a module, class or object as a mapping. Reads see what is bound at the moment of reading. */
export interface Namespace extends Model {
  readonly scope: number;
}

/** Names that every module has. */
const MODULE_NAMES = [
  "__name__",
  "__doc__",
  "__package__",
  "__loader__",
  "__spec__",
  "__file__",
  "__cached__",
  "__builtins__",
];
/** Names that every class body leaves, before and after its own. */
const CLASS_NAMES = ["__module__", "__dict__", "__weakref__", "__doc__"];

const SPECIAL = { module: MODULE_NAMES, class: CLASS_NAMES, object: [], function: [] } as const;

/** `globals()`, `locals()`, `vars()` and `__dict__`. Names of a function or a class can only be read that way. */
export function namespaceModel(kind: keyof typeof SPECIAL, scope: number): Value {
  const isWritable = kind === "module" || kind === "object";
  const special: readonly string[] = SPECIAL[kind];
  const model: Namespace = {
    scope,
    isNamespace: true,
    key: String(scope),
    subscript: (key, call) =>
      key.kind === "str"
        ? read(call.state, scope, special, key.value, () => {
            throw new PythonRaise("KeyError", call.site);
          })
        : undefined,
    contains: (item, { state }) => (item.kind === "str" ? presence(state, scope, special, item.value) : undefined),
    items: (_, state) => listed(state, scope, special, (name) => str(name)),
    mapping: (_, state) => mapping(state, scope, special),
    assignItem: (key, value, call) => {
      if (key.kind === "str") bindIn(call, scope, key.value, value);
      else mayRebind(call, scope);
      return true;
    },
    deleteItem: (key, { state }) => {
      if (key.kind === "str") state.setSlot(scope, key.value, undefined);
    },
    method: (name, call) => reading(name, call) ?? (isWritable ? writing(name, call) : undefined),
  };
  const reading = (name: string, call: CallContext): Value | undefined => {
    const { machine: m, state, args, site } = call;
    const [key, fallback = NONE] = args.positional;
    switch (name) {
      case "get":
        return key?.kind === "str" ? read(state, scope, special, key.value, () => fallback) : undefined;
      case "keys":
        return m.allocate(
          state,
          { kind: "list", items: listed(state, scope, special, (each) => str(each)) },
          site.file,
        );
      case "values":
        return m.allocate(
          state,
          { kind: "list", items: listed(state, scope, special, (_, value) => value) },
          site.file,
        );
      case "items": {
        const pairs = listed(state, scope, special, (each, value) => tuple([str(each), value]));
        return m.allocate(state, { kind: "list", items: pairs }, site.file);
      }
      case "copy":
        return m.allocate(state, mapping(state, scope, special), site.file);
      default:
        return undefined;
    }
  };
  const writing = (name: string, call: CallContext): Value | undefined => {
    if (name === "update") return update(call, scope);
    if (name === "setdefault") return setdefault(call, scope, special);
    return name === "pop" ? pop(call, scope, special) : undefined;
  };
  return { kind: "model", name: NAMESPACE, model };
}

const NAMESPACE = "globals()";

/** The names of a scope in order, with what is made of each; those that are bound in some worlds only as a choice of lists. */
export function listed(
  state: State,
  scope: number,
  special: readonly string[],
  give: (name: string, value: Value) => Value,
): readonly Item[] {
  const items = special.map((name) => plainItem(give(name, unknown("unsupported", name))));
  for (const name of state.scope(scope).keys()) {
    const slot = name.startsWith("*") ? undefined : state.slot(scope, name);
    if (slot === undefined) continue;
    if (isBound(slot)) items.push(plainItem(give(name, slotValue(slot))));
    else items.push({ value: optional(slot, (value) => give(name, value)), spread: true, site: undefined });
  }
  const open = state.slot(scope, OPEN_NAMESPACE);
  if (open !== undefined)
    items.push({ value: unknown("import", "names that a star import may bring"), spread: true, site: undefined });
  return items;
}

function isBound(slot: Slot | undefined): boolean {
  return slot?.kind === "split" ? isBound(slot.yes) && isBound(slot.no) : slot !== undefined;
}

function optional(slot: Slot | undefined, give: (value: Value) => Value): Value {
  if (slot === undefined) return list([]);
  if (slot.kind === "bound") return list([give(slot.value)]);
  return { kind: "choice", test: slot.test, yes: optional(slot.yes, give), no: optional(slot.no, give) };
}

function mapping(state: State, scope: number, special: readonly string[]): DictValue {
  const pairs = listed(state, scope, special, (name, value) => tuple([str(name), value]));
  const entries = pairs.map(({ value, spread }) => {
    const [key, content] = value.kind === "tuple" ? value.items : [];
    const isPair = !spread && key !== undefined && content !== undefined;
    return {
      key: isPair ? key.value : undefined,
      value: isPair ? content.value : value,
      site: undefined,
      valueSite: undefined,
    };
  });
  return { kind: "dict", entries };
}

/** Whether a name is bound, as a value. */
export function presence(state: State, scope: number, special: readonly string[], name: string): Value {
  if (special.includes(name)) return bool(true);
  const isOpen = state.slot(scope, OPEN_NAMESPACE) !== undefined;
  const answer = (slot: Slot | undefined): Value => {
    if (slot === undefined) return isOpen ? unknown("import", `whether ${name} is bound`) : bool(false);
    if (slot.kind === "bound") return bool(true);
    const [yes, no] = [answer(slot.yes), answer(slot.no)];
    return yes === no ? yes : { kind: "choice", test: slot.test, yes, no };
  };
  return answer(state.slot(scope, name));
}

/** The name's value, or the fallback in the worlds in which it is not bound. */
function read(state: State, scope: number, special: readonly string[], name: string, fallback: () => Value): Value {
  const isOpen = state.slot(scope, OPEN_NAMESPACE) !== undefined;
  const give = (slot: Slot | undefined, isPart: boolean): Value => {
    if (slot?.kind === "split")
      return { kind: "choice", test: slot.test, yes: give(slot.yes, true), no: give(slot.no, true) };
    if (slot !== undefined) return slot.value;
    if (isOpen || special.includes(name)) return unknown("import", `${name}, which may be bound`);
    if (!isPart) return fallback();
    try {
      return fallback();
    } catch (error) {
      if (error instanceof PythonRaise) return unknown("error", `raises ${error.exception}`, error.site);
      throw error;
    }
  };
  return give(state.slot(scope, name), false);
}

/** Binds a name in a scope from a call, with a step that tells where. */
export function bindIn(call: CallContext, scope: number, name: string, value: Value): void {
  call.state.setSlot(scope, name, bind(value, [stepOf(call)]));
}

/** The call as a step. */
export function stepOf(call: CallContext): Step {
  const step: Step = { kind: "assignment", site: call.site, target: call.site.range, module: call.frame.module };
  return call.frame.kind === "function" ? { ...step, isGeneric: true } : step;
}

function update(call: CallContext, scope: number): Value {
  const { machine: m, state, args } = call;
  for (const value of args.positional) {
    const names = value.kind === "model" ? (value.model as Model).mapping?.(m, state) : m.contents(state, value);
    if (names?.kind === "environment" && names.cast === "email" && names.library === "django-environ") {
      updateMail(call, scope, value);
      continue;
    }
    if (names?.kind !== "dict") {
      mayReplaceAll(call, scope);
      continue;
    }
    for (const { key, value: given } of names.entries) {
      if (key?.kind === "str") bindIn(call, scope, key.value, given);
      else mayReplaceAll(call, scope);
    }
  }
  for (const [name, value] of args.keywords) bindIn(call, scope, name, value);
  if (args.open) mayReplaceAll(call, scope);
  return NONE;
}

/** What each mail URL says, and what only some do (`email_url_config` of django-environ 0.14). */
const MAIL_NAMES = [
  "EMAIL_FILE_PATH",
  "EMAIL_HOST_USER",
  "EMAIL_HOST_PASSWORD",
  "EMAIL_HOST",
  "EMAIL_PORT",
  "EMAIL_BACKEND",
];
const OTHER_MAIL_NAMES = ["EMAIL_USE_TLS", "EMAIL_USE_SSL", "OPTIONS"];

/** `vars().update(env.email_url())`: no other name is touched. */
function updateMail(call: CallContext, scope: number, mail: Value): void {
  const { machine: m, state, frame, site } = call;
  for (const name of MAIL_NAMES) bindIn(call, scope, name, subscriptValue(m, state, frame, mail, str(name), site));
  for (const name of OTHER_MAIL_NAMES)
    bindIn(call, scope, name, unknown("environment", `${name}, which the mail URL may say`, site));
}

function setdefault(call: CallContext, scope: number, special: readonly string[]): Value | undefined {
  const [key, value = NONE] = call.args.positional;
  if (key?.kind !== "str") return undefined;
  const present = call.state.slot(scope, key.value);
  if (present?.kind === "bound") return present.value;
  bindIn(call, scope, key.value, value);
  const fresh = call.state.slot(scope, key.value);
  if (present !== undefined && fresh !== undefined) call.state.setSlot(scope, key.value, overlaySlot(present, fresh));
  return read(call.state, scope, special, key.value, () => value);
}

function pop(call: CallContext, scope: number, special: readonly string[]): Value | undefined {
  const [key, fallback] = call.args.positional;
  if (key?.kind !== "str") return undefined;
  const value = read(call.state, scope, special, key.value, () => {
    if (fallback === undefined) throw new PythonRaise("KeyError", call.site);
    return fallback;
  });
  call.state.setSlot(scope, key.value, undefined);
  return value;
}

/** A configuration that is not known here is read into the module: it may well say what every setting is. */
export function mayReplaceAll(call: CallContext, scope: number): void {
  expose(call.state, scope, { ...stepOf(call), kind: "import" }, "surely");
}

/** A name that cannot be known is written: the names that are bound stay, as what they may be, and any may be bound. */
export function mayRebind(call: CallContext, scope: number): void {
  expose(call.state, scope, { ...stepOf(call), kind: "import", isHook: true });
}
