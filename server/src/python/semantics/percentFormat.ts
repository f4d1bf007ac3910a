import { MAX_LENGTH } from "../values/budget";
import { formatValue } from "./formatSpec";
import { spend } from "../values/fuel";
import { PythonRaise } from "../values/raise";
import { digitsOf, reprOf, strOf } from "./text";
import { str, unknown, type DictValue, type Value } from "../values/value";

/** `%(name)-08.3f` with the conversions that settings use. */
const CONVERSION = /%(?:\(([^()]*)\))?([-0]?)(\d*)(?:\.(\d+))?([sdirf%])/y;

/** `template % value` (Python docs, "printf-style String Formatting"); `find` looks a key of a dict up. */
export function percentFormat(
  template: string,
  value: Value,
  find: (dict: DictValue, key: Value) => Value | undefined,
): Value {
  const values = value.kind === "tuple" ? value.items.map((item) => item.value) : [value];
  let used = 0;
  let isNamed = false;
  let out = "";
  let at = 0;
  const named = (name: string): Value => {
    isNamed = true;
    if (value.kind !== "dict") throw new PythonRaise("TypeError");
    const found = find(value, str(name));
    if (found === undefined) throw new PythonRaise("KeyError");
    return found;
  };
  for (let next = template.indexOf("%"); next >= 0; next = template.indexOf("%", at)) {
    CONVERSION.lastIndex = next;
    const [whole = "", name, flag = "", width = "", digits = "", type = ""] = CONVERSION.exec(template) ?? [];
    out += template.slice(at, next);
    at = next + whole.length;
    const given = type === "%" ? str("%") : name === undefined ? values[used++] : named(name);
    if (given === undefined) throw new PythonRaise("TypeError");
    const text = whole === "" ? undefined : shown(given, type, flag, width, digits);
    if (text === undefined) return unknown("unsupported", "string formatting of this form");
    spend(text.length / 4);
    out += text;
    if (out.length > MAX_LENGTH) return unknown("budget", "a very long string");
  }
  // A mapping or a list need not be used; anything else has to be.
  if (!isNamed && value.kind !== "dict" && value.kind !== "list" && used < values.length)
    throw new PythonRaise("TypeError");
  return str(out + template.slice(at));
}

/** A value by its conversion, as `format()` shows it with the same width; `undefined` where that is not modelled. */
function shown(value: Value, type: string, flag: string, width: string, digits: string): string | undefined {
  if (type === "%") return "%";
  const precision = digits === "" ? "" : `.${digits}`;
  if (type === "s" || type === "r") {
    const text = type === "s" ? strOf(value) : reprOf(value);
    return text === undefined ? undefined : formatValue(str(text), `${flag === "-" ? "<" : ">"}${width}${precision}`);
  }
  if (value.kind !== "int" && value.kind !== "bool" && value.kind !== "float") throw new PythonRaise("TypeError");
  const spec = flag === "-" ? `<${width}` : `${flag}${width}`;
  if (type === "f") return formatValue(value, `${spec}${precision}f`);
  const whole = value.kind === "float" ? Math.trunc(value.value) : value.value;
  if (precision !== "" || !Number.isFinite(Number(whole)) || digitsOf(BigInt(whole)) === undefined) return undefined;
  return formatValue({ kind: "int", value: BigInt(whole) }, spec);
}
