import { PythonRaise } from "./raise";
import { formatValue, reprOf, strOf } from "./text";
import { str, unknown, type Value } from "./value";
import { findEntry } from "./operators";

const UNSUPPORTED = "string formatting of this form";

/** `template % value` (Python docs, "printf-style String Formatting"): `%s %r %d %i %%`, by position or by name. */
export function percentFormat(template: string, value: Value): Value {
  const values = value.kind === "tuple" ? value.items.map((item) => item.value) : [value];
  let next = 0;
  let failed = false;
  const text = template.replace(
    /%(?:\(([^)]*)\))?([#0\- +]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, name, flags, width, precision, type) => {
      if (type === "%") return "%";
      const argument =
        name === undefined ? values[next++] : value.kind === "dict" ? findEntry(value, str(name as string)) : undefined;
      if (argument === undefined) throw new PythonRaise(name === undefined ? "TypeError" : "KeyError");
      const shown = percentField(argument, type as string, `${flags}${width}`, precision as string | undefined);
      if (shown === undefined) failed = true;
      return shown ?? "";
    },
  );
  if (failed || /%(?![a-zA-Z%(#0\- +\d.])/.test(template.replaceAll("%%", "")))
    return unknown("unsupported", UNSUPPORTED);
  if (value.kind === "tuple" && next < values.length) throw new PythonRaise("TypeError");
  return str(text);
}

function percentField(value: Value, type: string, layout: string, precision: string | undefined): string | undefined {
  const plain = layout === "" && precision === undefined;
  if (type === "s" && plain) return strOf(value);
  if (type === "r" && plain) return reprOf(value);
  if ((type === "d" || type === "i") && precision === undefined && /^0?\d*$/.test(layout)) {
    if (value.kind === "int") return formatValue(value, `${layout}d`);
    if (value.kind === "bool") return formatValue(value, `${layout}d`);
    if (value.kind === "str" || value.kind === "none") throw new PythonRaise("TypeError");
  }
  if (type === "f" && /^\d*$/.test(layout)) return formatValue(value, `${layout}.${precision ?? 6}f`);
  return undefined;
}

/** `template.format(*args, **keywords)` (Python docs, "Format String Syntax"): fields by position or name, with index lookups, conversions and specs. */
export function braceFormat(template: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value {
  let automatic = 0;
  let isManual = false;
  let failed = false;
  const text = template.replace(
    /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g,
    (all, field, conversion, spec) => {
      if (all === "{{" || all === "}}") return all.charAt(0);
      if (field === undefined) {
        failed = true;
        return "";
      }
      if (/^\d/.test(field as string)) isManual = true;
      const found = lookUp(field as string, args, keywords, () => automatic++);
      if (isManual && automatic > 0) throw new PythonRaise("ValueError");
      const shown =
        found === undefined
          ? undefined
          : shownField(found, conversion as string | undefined, (spec as string | undefined) ?? "");
      if (shown === undefined) failed = true;
      return shown ?? "";
    },
  );
  return failed ? unknown("unsupported", UNSUPPORTED) : str(text);
}

function lookUp(
  field: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  nextIndex: () => number,
): Value | undefined {
  const parts = /^([^.[\]]*)((?:\[[^\]]+\])*)$/.exec(field);
  if (parts === null) return undefined;
  const name = parts[1] ?? "";
  let value = name === "" ? args[nextIndex()] : /^\d+$/.test(name) ? args[Number(name)] : keywords.get(name);
  if (value === undefined) throw new PythonRaise(/^\d*$/.test(name) ? "IndexError" : "KeyError");
  for (const [, key = ""] of (parts[2] ?? "").matchAll(/\[([^\]]+)\]/g)) {
    if (value === undefined) return undefined;
    if (value.kind === "dict") value = findEntry(value, str(key));
    else if ((value.kind === "list" || value.kind === "tuple") && /^\d+$/.test(key))
      value = value.items[Number(key)]?.value;
    else return undefined;
  }
  return value;
}

function shownField(value: Value, conversion: string | undefined, spec: string): string | undefined {
  if (conversion === undefined) return formatValue(value, spec);
  const text = conversion === "r" ? reprOf(value) : conversion === "s" ? strOf(value) : undefined;
  return text === undefined ? undefined : formatValue(str(text), spec);
}
