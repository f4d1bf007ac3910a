import { normalizePath } from "../../../../base/path";
import type { CallContext } from "../../../program/call";
import type { State } from "../../../program/state";
import { attributeOf, classSlot } from "../../../interpreter/classes";
import { ancestry } from "../../../semantics/linearization";
import { slotValue, bind, mapSlot, type Bound } from "../../../program/slots";
import { placedVariable } from "../../../values/dataPlaces";
import { NONE, unknown, type ClassValue, type Value } from "../../../values/value";
import { settledValue } from "./configurations";
import { setDefaultVariable } from "../../variables";
import { fileText } from "../../stdlib/files";

/**
 * What django-configurations 2.5 does with the class that is chosen, before its attributes become settings
 * (`configurations.importer.ConfigurationLoader`): `pre_setup()`, which reads the `DOTENV` file, and `setup()`, which lets
 * declared values read their variables. Throws what the project's own hooks raise.
 */
export function setUpConfiguration(owner: ClassValue, call: CallContext): void {
  setAttributeOf(owner, DOTENV_LOADED, NONE, call);
  runHook("pre_setup", owner, call);
  runHook("setup", owner, call);
}

/** An attribute of the library's own base class, by which it knows that the file has been read. */
export const DOTENV_LOADED = "DOTENV_LOADED";

function setAttributeOf(owner: ClassValue, name: string, value: Value, { state }: CallContext): void {
  state.setSlot(owner.scope, name, bind(value));
}

/** `post_setup()`: what it assigns to the class comes too late to be a setting, what it changes in place does not. */
export function finishConfiguration(owner: ClassValue, call: CallContext): void {
  const { state } = call;
  const before = new Map(state.scope(owner.scope));
  runHook("post_setup", owner, call);
  for (const name of [...state.scope(owner.scope).keys()]) state.setSlot(owner.scope, name, before.get(name));
}

function runHook(name: string, owner: ClassValue, call: CallContext): void {
  const own = classSlot(call.state, owner, name);
  if (own === undefined) configurationHook(name, owner, call);
  else call.machine.call(attributeOf(slotValue(own), owner, owner, call), call);
}

/** The library's own hooks, as `super().setup()` calls them; `undefined` for other names. */
export function configurationHook(name: string, owner: ClassValue, call: CallContext): Value | undefined {
  switch (name) {
    case "pre_setup":
    case "load_dotenv":
      loadDotenv(owner, call);
      return NONE;
    case "setup":
      settleAttributes(owner, call);
      return NONE;
    case "post_setup":
      return NONE;
    default:
      return undefined;
  }
}

/** Every declared value reads its variable now and is replaced by what it gives. */
function settleAttributes(owner: ClassValue, call: CallContext): void {
  const { state, site } = call;
  const scopes = ancestry(owner).classes.flatMap((each) => (each === undefined ? [] : [each.scope]));
  const names = new Set(scopes.flatMap((scope) => [...state.scope(scope).keys()]));
  for (const name of names) {
    if (name !== name.toUpperCase() || name.startsWith("_")) continue;
    const slot = classSlot(state, owner, name);
    if (slot === undefined) continue;
    let isDeclared = false;
    const settled = mapSlot(slot, (bound): Bound => {
      const value = settledLeaves(bound.value, name, state);
      isDeclared ||= value !== bound.value;
      return { ...bound, value };
    });
    if (!isDeclared) continue;
    state.setSlot(owner.scope, name, settled);
    if (!namesEmail(slotValue(slot))) continue;
    for (const each of EMAIL_NAMES)
      setAttributeOf(owner, each, unknown("environment", "part of a URL for mail", site), call);
  }
}

function settledLeaves(value: Value, name: string, state: State): Value {
  if (value.kind !== "choice") return settledValue(value, name, state);
  const [yes, no] = [settledLeaves(value.yes, name, state), settledLeaves(value.no, name, state)];
  return yes === value.yes && no === value.no ? value : { ...value, yes, no };
}

function namesEmail(value: Value): boolean {
  if (value.kind === "choice") return namesEmail(value.yes) || namesEmail(value.no);
  return value.kind === "model" && value.name === "configurations.values.EmailURLValue";
}

/** The settings that an `EmailURLValue` brings (dj-email-url). */
const EMAIL_NAMES =
  "EMAIL_FILE_PATH EMAIL_HOST_USER EMAIL_HOST_PASSWORD EMAIL_HOST EMAIL_PORT EMAIL_BACKEND EMAIL_USE_TLS EMAIL_USE_SSL EMAIL_TIMEOUT DEFAULT_FROM_EMAIL SERVER_EMAIL".split(
    " ",
  );

/** `DOTENV = path`: variables of that file that the environment does not set. */
function loadDotenv(owner: ClassValue, call: CallContext): void {
  const path = call.machine.restrict(slotValue(classSlot(call.state, owner, "DOTENV")), call.state.assumptions);
  if (path.kind !== "str" && path.kind !== "path") return;
  const found = fileText(path.value, call);
  if (found.kind !== "text")
    return setAttributeOf(owner, DOTENV_LOADED, unknown("file", "whether a file is read"), call);
  setAttributeOf(owner, DOTENV_LOADED, path, call);
  for (const line of found.text.split("\n")) {
    const [, name, raw] = /^([A-Za-z_0-9]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && raw !== undefined) {
      const text = placedVariable(unquoted(raw), name, normalizePath(path.value));
      setDefaultVariable(name, text, call);
    }
  }
}

function unquoted(raw: string): string {
  const single = /^'(.*)'$/.exec(raw)?.[1] ?? raw;
  const double = /^"(.*)"$/.exec(single)?.[1];
  return double === undefined ? single : double.replace(/\\(.)/g, "$1");
}
