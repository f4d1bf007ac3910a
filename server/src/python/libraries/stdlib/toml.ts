import { TomlDate, TomlError } from "smol-toml";
import { DocumentExcess, parseTomlDocument } from "../../../documents/parse";
import { PythonRaise } from "../../values/raise";
import { bool, dict, float, int, list, str, unknown, type Value } from "../../values/value";

/** `tomllib.loads(text)`: dates and times are not known. Throws TOMLDecodeError. */
export function parseToml(text: string): Value {
  try {
    return fromToml(parseTomlDocument(text, { integersAsBigInt: true }));
  } catch (error) {
    if (error instanceof TomlError) throw new PythonRaise("TOMLDecodeError");
    if (error instanceof DocumentExcess) return unknown("budget", `a TOML file that cannot be read: ${error.message}`);
    throw error;
  }
}

function fromToml(value: unknown): Value {
  switch (typeof value) {
    case "bigint":
      return int(value);
    case "number":
      return float(value);
    case "string":
      return str(value);
    case "boolean":
      return bool(value);
    default:
  }
  if (Array.isArray(value)) return list(value.map(fromToml));
  if (value instanceof TomlDate || typeof value !== "object" || value === null)
    return unknown("unsupported", "a date in TOML");
  const entries = Object.entries(value);
  // JavaScript puts such keys first, whatever the file's order.
  if (entries.length > 1 && entries.some(([key]) => /^\d+$/.test(key)))
    return unknown("unsupported", "a table of TOML with numbers as keys");
  return dict(entries.map(([key, inner]) => [key, fromToml(inner)] as const));
}
