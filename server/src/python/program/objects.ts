import type { FilePath } from "../../base/path";
import type { Machine } from "./machine";
import { spend } from "../values/fuel";
import type { State } from "./state";
import type { Site, Value } from "../values/value";

/** Like {@link Machine.allocate} for containers that are mutable; other values come back as they are. */
export function own(m: Machine, state: State, value: Value, file: FilePath): Value {
  if (value.kind === "list" || value.kind === "dict" || value.kind === "set") {
    return m.allocate(state, ownNested(m, state, value, file), file);
  }
  if (value.kind === "tuple") return ownNested(m, state, value, file);
  if (value.kind === "choice") {
    return { ...value, yes: own(m, state, value.yes, file), no: own(m, state, value.no, file) };
  }
  return value;
}

/** What stands behind a dotted name outside the workspace, where that is more than its name. */
export function namedValue(m: Machine, state: State, dotted: string, site: Site): Value | undefined {
  const known = m.libraries.value(dotted, site, m.host);
  return known === undefined ? undefined : own(m, state, known, site.file);
}

function ownNested(m: Machine, state: State, value: Value, file: FilePath): Value {
  spend(2 + ("items" in value ? value.items.length : value.kind === "dict" ? value.entries.length : 0));
  if (value.kind === "dict") {
    return {
      kind: "dict",
      entries: value.entries.map((e) => ({ ...e, value: ownEntry(m, state, e.value, file) })),
    };
  }
  if (value.kind === "list" || value.kind === "tuple" || value.kind === "set") {
    return {
      kind: value.kind,
      items: value.items.map((i) => ({ ...i, value: ownEntry(m, state, i.value, file) })),
    };
  }
  return value;
}

function ownEntry(m: Machine, state: State, value: Value, file: FilePath): Value {
  return value.kind === "list" || value.kind === "dict" || value.kind === "set" ? own(m, state, value, file) : value;
}
