import { MAX_LENGTH } from "../values/budget";
import { formatValue } from "./formatSpec";
import { spend } from "../values/fuel";
import { findEntry } from "./operators";
import { PythonRaise } from "../values/raise";
import { reprOf, strOf } from "./text";
import { str, unknown, type Value } from "../values/value";

/**
 * `template.format(*args, **keywords)` (Python docs, "Format String Syntax"): fields by position or name, with index
 * lookups, conversions, and specs that may hold fields themselves.
 */
export function braceFormat(template: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value {
  const text = new BraceTemplate(args, keywords).render(template, 2);
  return text === undefined ? unknown("unsupported", "string formatting of this form") : str(text);
}

class BraceTemplate {
  private readonly args: readonly Value[];
  private readonly keywords: ReadonlyMap<string, Value>;
  private automatic = 0;
  private isManual = false;

  constructor(args: readonly Value[], keywords: ReadonlyMap<string, Value>) {
    this.args = args;
    this.keywords = keywords;
  }

  /** The template filled in; `undefined` for what is not modelled. Throws ValueError, KeyError ... as CPython does. */
  render(template: string, depth: number): string | undefined {
    spend(template.length);
    if (depth === 0) throw new PythonRaise("ValueError");
    let out = "";
    let at = 0;
    while (at < template.length) {
      const character = template.charAt(at);
      if (character !== "{" && character !== "}") {
        out += character;
        at += 1;
      } else if (template.charAt(at + 1) === character) {
        out += character;
        at += 2;
      } else {
        const end = character === "{" ? endOfField(template, at) : -1;
        if (end < 0) throw new PythonRaise("ValueError");
        const shown = this.field(template.slice(at + 1, end), depth);
        if (shown === undefined) return undefined;
        out += shown;
        if (out.length > MAX_LENGTH) throw new RangeError("a very long string");
        at = end + 1;
      }
    }
    return out;
  }

  private field(field: string, depth: number): string | undefined {
    const parts = /^([^!:{}]*)(?:!([^:]*))?(?::([^]*))?$/.exec(field);
    if (parts === null) return undefined;
    const [, name = "", conversion, written = ""] = parts;
    if (conversion !== undefined && !/^[rsa]$/.test(conversion)) throw new PythonRaise("ValueError");
    const value = this.lookUp(name);
    const spec = /[{}]/.test(written) ? this.render(written, depth - 1) : written;
    if (value === undefined || spec === undefined) return undefined;
    return shownField(value, conversion, spec);
  }

  private lookUp(field: string): Value | undefined {
    const parts = /^([^.[\]]*)((?:\[[^\]]+\])*)$/.exec(field);
    if (parts === null) return undefined;
    const name = parts[1] ?? "";
    const isNumber = /^\d+$/.test(name);
    if (isNumber) this.isManual = true;
    let value =
      name === "" ? this.args[this.automatic++] : isNumber ? this.args[Number(name)] : this.keywords.get(name);
    if (this.isManual && this.automatic > 0) throw new PythonRaise("ValueError");
    if (value === undefined) throw new PythonRaise(name === "" || isNumber ? "IndexError" : "KeyError");
    for (const [, key = ""] of (parts[2] ?? "").matchAll(/\[([^\]]+)\]/gy)) {
      if (value === undefined) return undefined;
      const isIndex = /^\d+$/.test(key);
      if (value.kind === "dict" && !isIndex) value = findEntry(value, str(key));
      else if ((value.kind === "list" || value.kind === "tuple") && isIndex) value = value.items[Number(key)]?.value;
      else return undefined;
    }
    return value;
  }
}

/** Where the field that begins at a brace ends; -1 where it does not. */
function endOfField(template: string, start: number): number {
  let depth = 0;
  for (let at = start; at < template.length; at += 1) {
    const character = template.charAt(at);
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function shownField(value: Value, conversion: string | undefined, spec: string): string | undefined {
  if (conversion === undefined) return formatValue(value, spec);
  const text = conversion === "s" ? strOf(value) : reprOf(value);
  // oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant
  if (text === undefined || (conversion === "a" && !/^[\x00-\x7f]*$/.test(text))) return undefined;
  return formatValue(str(text), spec);
}
