import { expression } from "./expressions";
import { KEYS, TYPES, type Type, type Writer } from "./writer";

/** A change in place of a list, dict or set. */
export function mutate(w: Writer): void {
  const type = w.random.one<Type>(["strings", "strings", "ints", "dict", "dict", "set", "nested", "nested"]);
  const name = w.known(type);
  if (name === undefined) return;
  const chosen = w.random.one(forms(w, name)[type] ?? [])();
  if (w.inFunction && /^\w+ (\+|\|)= /.test(chosen)) return;
  w.line(chosen);
}

function forms(w: Writer, name: string): Readonly<Record<string, readonly (() => string)[]>> {
  const text = (): string => expression(w, "str", 1);
  const key = (): string => (w.random.chance(0.7) ? JSON.stringify(w.random.one(KEYS)) : text());
  const strings = (): string => expression(w, "strings", 1);
  const any = (): string => expression(w, w.random.one(TYPES), 1);
  return {
    strings: [
      () => `${name}.append(${text()})`,
      () => `${name}.extend(${w.random.one([strings(), expression(w, "tuple", 1)])})`,
      () => `${name}.insert(${w.random.one(["0", "1", "-1", "5"])}, ${text()})`,
      () => `${name}[:] = ${strings()}`,
      () => `${name}[0:1] = ${strings()}`,
      () => `${name}.sort()`,
      () => `${name}.reverse()`,
      () => `if ${name}: ${name}.pop(${w.random.one(["", "0", "-1"])})`,
      () => `if ${text()} in ${name}: ${name}.remove(${name}[-1])`,
      () => `if ${name}: ${name}[${w.random.one(["0", "-1"])}] = ${text()}`,
      () => `if len(${name}) > 1: del ${name}[${w.random.one(["0", "-1", "1:"])}]`,
      () => `${name}.append(${name}[0] if ${name} else ${text()})`,
    ],
    ints: [
      () => `${name}.append(${expression(w, "int", 1)})`,
      () => `${name}.sort(reverse=True)`,
      () => `${name} += [len(${name})]`,
      () => `${name}.extend(x + 1 for x in list(${name}))`,
      () => `${name}.insert(0, ${expression(w, "int", 1)})`,
    ],
    dict: [
      () => `${name}[${key()}] = ${any()}`,
      () => `${name}.update(${expression(w, "dict", 1)})`,
      () => `${name}.update(${w.random.one(["a", "b", "zz"])}=${any()})`,
      () => `${name}.setdefault(${key()}, ${any()})`,
      () => `${name}.pop(${key()}, None)`,
      () => `${name}.setdefault("list", []).append(${text()})`,
      () => `${name}.setdefault("inner", {})[${key()}] = ${any()}`,
      () => `if ${key()} in ${name}: del ${name}[list(${name})[0]]`,
      () => `${name}.clear()`,
      () => `${name}["n"] = ${name}.get("n", 0) + 1`,
      () => `${name} |= ${expression(w, "dict", 1)}`,
      () => `${name}["x", 1] = ${any()}`,
      () => `for v_k in list(${name}): ${name}[v_k] = ${any()}`,
      () => `${name}.update([("z", ${any()})])`,
      () => `if ${key()} in ${name}: ${name}.pop(${key()}, 0)`,
      () => `${name}.setdefault("deep", {}).setdefault("er", []).append(${text()})`,
      () => `${name}["i"] = ${name}.setdefault("i", 0) + 2`,
    ],
    nested: [
      () => `${name}["default"]["LIST"].append(${text()})`,
      () => `${name}["default"]["LIST"] += [${text()}]`,
      () => `${name}["default"]["LIST"].insert(0, ${text()})`,
      () => `${name}["default"]["LIST"][:] = ${strings()}`,
      () => `${name}["default"]["OPTIONS"][${key()}] = ${any()}`,
      () => `${name}["default"]["OPTIONS"].update(${expression(w, "dict", 1)})`,
      () => `${name}["default"]["NAME"] += ${text()}`,
      () => `${name}["default"].update(NAME=${text()})`,
      () => `${name}["default"].setdefault("LIST", []).extend(${strings()})`,
      () => `${name}["default"]["OPTIONS"].pop(${key()}, None)`,
      () => `if "a" in ${name}["default"]["OPTIONS"]: del ${name}["default"]["OPTIONS"]["a"]`,
      () => `${name}[${key()} + "2"] = ${name}["default"]`,
      () => `${name}["copy"] = {**${name}["default"], "NAME": ${text()}}`,
      () => `for v_part in ${name}.values(): v_part.update(SEEN=1) if isinstance(v_part, dict) else None`,
    ],
    set: [() => `${name}.add(${text()})`, () => `${name}.discard(${text()})`, () => `${name}.update(${strings()})`],
  };
}
