import { OPEN_NAMESPACE } from "../program/openNames";
import type { Model } from "../program/call";
import { amongst } from "../program/sharing";
import { classAttribute } from "./classes";
import type { Frame, Machine } from "../program/machine";
import { slotValue } from "../program/slots";
import { namedValue } from "../program/objects";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { unknown, type Site, type Value } from "../values/value";
import { callContext, withArguments } from "../program/call";

/** `object.name`, not called. */
export function methodValue(m: Machine, state: State, frame: Frame, object: Value, name: string, site: Site): Value {
  /** An object of which not all attributes are known may not have this one. */
  const mayBeMissing = (value: Value): Value => {
    m.raising.noteMayRaise(state, site, "AttributeError");
    return value;
  };
  if (name === "__dict__") {
    const names = m.libraries.call("builtins.vars", withArguments(callContext(m, state, frame, site), [object]));
    if (names?.kind === "model") return names;
  }
  switch (object.kind) {
    case "external": {
      const dotted = `${object.name}.${name}`;
      const known =
        namedValue(m, state, dotted, site) ?? m.libraries.attribute(object, name, callContext(m, state, frame, site));
      if (known !== undefined) return known;
      const external: Value = { kind: "external", name: dotted, site };
      return m.libraries.isKnownName(dotted) ? external : mayBeMissing(external);
    }
    case "module":
      return moduleAttribute(m, state, object, name, site);
    case "class":
      return (
        m.libraries.classAttribute(object, name, callContext(m, state, frame, site)) ??
        classAttribute(state, object, name, site)
      );
    case "path":
      return (
        m.libraries.attribute(object, name, callContext(m, state, frame, site)) ??
        mayBeMissing(boundMethod(object, name))
      );
    case "environment":
    case "derived":
      if (object.kind === "derived" || object.cast === "path" || object.cast === "url") {
        const found = m.libraries.attribute(object, name, callContext(m, state, frame, site));
        if (found !== undefined) return found;
      }
      return mayBeMissing(boundMethod(object, name));
    case "model": {
      const known = (object.model as Model).attribute?.(name, callContext(m, state, frame, site));
      return known ?? mayBeMissing(boundMethod(object, name));
    }
    case "unknown":
      return mayBeMissing(amongst(unknown("unsupported", `attribute ${name} of something unknown`, site), [object]));
    case "opaque":
      return mayBeMissing(amongst(unknown("call", `attribute ${name} of ${object.callee}()`, site), [object]));
    case "none":
      throw new PythonRaise("AttributeError", site);
    default:
      return mayBeMissing(boundMethod(object, name));
  }
}

/** A method taken from its object to be called later: `strip = text.strip`. */
function boundMethod(receiver: Value, name: string): Value {
  const model: Model = { call: (call) => call.machine.callMethod(receiver, name, call) };
  return { kind: "model", name: `.${name}`, model };
}

function moduleAttribute(
  m: Machine,
  state: State,
  module: Extract<Value, { kind: "module" }>,
  name: string,
  site: Site,
): Value {
  const scope = state.modules.get(module.file) ?? module.scope;
  const slot = scope === undefined ? undefined : state.slot(scope, name);
  if (slot !== undefined) return m.restrict(slotValue(slot), state.assumptions);
  const submodule = m.host.resolveModule(`${module.name}.${name}`, module.file);
  if (submodule.kind === "file" && state.modules.has(submodule.path)) {
    return { kind: "module", file: submodule.path, name: submodule.name };
  }
  if (name === "__file__") return { kind: "str", value: module.file };
  if (name === "__name__") return { kind: "str", value: module.name };
  if (scope !== undefined && isClosed(m, state, scope) && submodule.kind !== "file" && !name.startsWith("__"))
    throw new PythonRaise("AttributeError", site);
  m.raising.noteMayRaise(state, site, "AttributeError");
  return unknown("import", `attribute ${name} of module ${module.name}`, site);
}

/** Whether a module has no other names than are known. */
function isClosed(m: Machine, state: State, scope: number): boolean {
  return (
    [OPEN_NAMESPACE, "__getattr__"].every((name) => state.slot(scope, name) === undefined) && m.failure === undefined
  );
}
