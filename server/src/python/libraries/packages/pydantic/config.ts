import type { CallContext } from "../../../program/call";
import { ancestry } from "../../../semantics/linearization";
import { slotValue } from "../../../program/slots";
import { NONE, str, type ClassValue, type Value } from "../../../values/value";

/** How a class of pydantic-settings reads its variables. */
export interface Config {
  readonly prefix: string;
  readonly isCaseSensitive: boolean;
  readonly ignoresEmpty: boolean;
  readonly isNested: boolean;
  readonly takesNames: boolean;
  readonly takesExtra: boolean;
  readonly files: readonly Value[];
}

const MODELLED = new Set(
  "env_prefix case_sensitive env_ignore_empty env_nested_delimiter populate_by_name validate_by_name extra env_file env_file_encoding frozen str_strip_whitespace arbitrary_types_allowed validate_default secrets_dir title".split(
    " ",
  ),
);

/** `model_config` and the older `class Config`; `undefined` where something in it is not modelled. */
export function configOf(owner: ClassValue, call: CallContext): Config | undefined {
  const options = new Map<string, Value>();
  for (const each of ancestry(owner).classes.toReversed()) {
    if (each === undefined) continue;
    const given = optionsIn(each, call);
    if (given === undefined) return undefined;
    for (const [name, value] of given) options.set(name, value);
  }
  for (const [name, value] of call.args.keywords)
    if (name === "_env_file" || name === "_env_prefix" || name === "_case_sensitive") options.set(name.slice(1), value);
    else if (name.startsWith("_")) return undefined;
  if ([...options.keys()].some((name) => !MODELLED.has(name))) return undefined;
  const strips = options.get("str_strip_whitespace");
  const defaults = options.get("validate_default");
  const prefix = options.get("env_prefix") ?? str("");
  if ((strips !== undefined && !isFalse(strips)) || (defaults !== undefined && isFalse(defaults))) return undefined;
  if (prefix.kind !== "str") return undefined;
  const isOn = (name: string): boolean => options.has(name) && !isFalse(options.get(name) as Value);
  const extra = options.get("extra");
  const file = options.get("env_file") ?? NONE;
  return {
    prefix: prefix.value,
    isCaseSensitive: isOn("case_sensitive"),
    ignoresEmpty: isOn("env_ignore_empty"),
    isNested: isOn("env_nested_delimiter"),
    takesNames: isOn("populate_by_name") || isOn("validate_by_name"),
    takesExtra: extra?.kind === "str" && extra.value !== "forbid",
    files:
      file.kind === "list" || file.kind === "tuple"
        ? file.items.map((item) => item.value)
        : file.kind === "none"
          ? []
          : [file],
  };
}

function isFalse(value: Value): boolean {
  return value.kind === "none" || (value.kind === "bool" && !value.value);
}

function optionsIn(owner: ClassValue, call: CallContext): ReadonlyMap<string, Value> | undefined {
  const { machine: m, state } = call;
  const inner = slotValue(state.slot(owner.scope, "Config"));
  const given = m.freeze(state, slotValue(state.slot(owner.scope, "model_config")));
  const options = new Map<string, Value>();
  if (inner.kind === "class")
    for (const name of state.scope(inner.scope).keys())
      if (!name.startsWith("_")) options.set(name, m.freeze(state, slotValue(state.slot(inner.scope, name))));
  if (given.kind === "unset") return options;
  if (given.kind === "opaque" && given.args.length === 0) return new Map([...options, ...given.keywords]);
  if (given.kind !== "dict") return undefined;
  for (const { key, value } of given.entries) {
    if (key?.kind !== "str") return undefined;
    options.set(key.value, value);
  }
  return options;
}
