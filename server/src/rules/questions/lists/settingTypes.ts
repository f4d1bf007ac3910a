import { settingFact, type SettingType } from "../../../django/facts";
import type { Value } from "../../../python/values/value";

/** Which of Python's types a value certainly has; `undefined` where that is not known. */
export function typeOfValue(value: Value): SettingType | "other" | undefined {
  switch (value.kind) {
    case "bool":
    case "int":
    case "float":
    case "str":
    case "path":
    case "none":
    case "list":
    case "tuple":
    case "dict":
      return value.kind;
    case "set":
    case "frozenset":
    case "bytes":
      return "other";
    case "environment":
      return value.cast === "str" || value.cast === "bool" || value.cast === "int" || value.cast === "float"
        ? value.cast
        : undefined;
    default:
      return undefined;
  }
}

/** Whether a value may be one of a setting: its type is not known, the setting's is not, or they agree. */
export function hasTypeOf(value: Value, setting: string, byDefault: Value | undefined): boolean {
  const type = typeOfValue(value);
  const types = settingFact(setting)?.types ?? [];
  if (type === undefined || types.length === 0) return true;
  return type !== "other" && (types.includes(type) || type === byDefault?.kind);
}
