import { OPEN_NAMESPACE, OVERRIDABLE_NAMESPACE, expose, overrideNames } from "../program/openNames";
import { nameAt } from "../../syntax/places";
import type { ImportFrom } from "../../syntax/ast";
import type { FilePath } from "../../base/path";
import { bindName } from "./assign";
import { spend } from "../values/fuel";
import type { Frame, Machine } from "../program/machine";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { bind, mapSlot, overlaySlot, slotValue, type Slot } from "../program/slots";
import { certaintyOf } from "../values/symbolic";
import { NONE, type Value } from "../values/value";
import { executeModule, importStep, mayBeMissing, moduleOf, note } from "./imports";

/** `from a import *`. */
export function executeStarImport(m: Machine, state: State, frame: Frame, node: ImportFrom): void {
  const dotted = moduleOf(m, frame, node);
  const site = m.site(frame, node);
  const resolution = m.host.resolveModule(dotted, frame.file);
  note(m, frame, node, dotted, resolution);
  switch (resolution.kind) {
    case "file": {
      const module = executeModule(m, state, resolution, site);
      if (module.kind === "module") copyNames(m, state, frame, node, resolution.path);
      else openNamespace(m, state, frame, node, dotted, false);
      return;
    }
    case "missing":
      return missingStar(m, state, frame, node, dotted);
    case "external": {
      const names = m.libraries.starNames(dotted);
      const isCertain = m.libraries.isAlwaysImportable(dotted);
      // What `try: ... except ImportError:` imports whole is nearly always a settings file of one machine.
      const isNeeded = m.host.isDependency?.(dotted.split(".")[0] as string) === true;
      if (names === undefined && frame.importGuarded && !isCertain && !isNeeded)
        return missingStar(m, state, frame, node, dotted);
      if (names === undefined) return externalStarImport(m, state, frame, node, dotted);
      for (const name of names) {
        const value: Value = { kind: "external", name: `${dotted}.${name}`, site };
        bindName(m, state, frame, name, value, {
          target: nameAt(name, node),
          statement: undefined,
          expression: undefined,
        });
      }
      return;
    }
    case "namespace":
  }
}

/** The names of an installed package: Python's own brings no settings, any other may replace what is bound, or bind more. */
function externalStarImport(m: Machine, state: State, frame: Frame, node: ImportFrom, dotted: string): void {
  const bringsSettings = dotted === "django.conf.global_settings";
  if (m.libraries.isAlwaysImportable(dotted) && !bringsSettings)
    return openNamespace(m, state, frame, node, dotted, true);
  const site = m.site(frame, node);
  if (!frame.importGuarded)
    m.noteCause({ kind: "import", text: `star import of ${dotted}, which is outside the workspace`, site });
  mayBeMissing(m, state, frame, dotted, site);
  expose(state, frame.scopes[0] as number, importStep(m, frame, node, node), "surely");
}

/** A local module that is not in the workspace: with a handler, CPython takes the handler here; where it exists, it may override everything so far. */
function missingStar(m: Machine, state: State, frame: Frame, node: ImportFrom, dotted: string): void {
  const step = importStep(m, frame, node, node);
  if (frame.importGuarded) {
    overrideNames(state, frame.scopes[0] as number, step, undefined);
    throw new PythonRaise("ModuleNotFoundError", m.site(frame, node));
  }
  if (m.undecided > 0) {
    // `if exists("local_settings.py"): from .local_settings import *`: only where it is, and then as an override.
    overrideNames(state, frame.scopes[0] as number, step, undefined);
    return;
  }
  m.noteCause({
    kind: "import",
    text: `star import of ${dotted}, which is not in the workspace`,
    site: m.site(frame, node),
  });
  expose(state, frame.scopes[0] as number, step, "surely");
  if (m.raising.isCaught("ModuleNotFoundError")) throw new PythonRaise("ModuleNotFoundError", m.site(frame, node));
  m.noteFailure({ exception: "ModuleNotFoundError", site: m.site(frame, node) });
}

/** Names from outside: everything bound so far may have been replaced, and any other name may now exist. */
function openNamespace(
  m: Machine,
  state: State,
  frame: Frame,
  node: ImportFrom,
  dotted: string,
  lowerCaseOnly: boolean,
): void {
  const site = m.site(frame, node);
  const scope = frame.scopes[0] as number;
  const step = importStep(m, frame, node, node);
  if (!frame.importGuarded)
    m.noteCause({ kind: "import", text: `star import of ${dotted}, which is outside the workspace`, site });
  mayBeMissing(m, state, frame, dotted, site);
  if (!lowerCaseOnly) return overrideNames(state, scope, step, dotted);
  // Python's own modules bring functions, but no settings.
  state.setSlot(scope, OPEN_NAMESPACE, bind(NONE, [step]));
}

function copyNames(m: Machine, state: State, frame: Frame, node: ImportFrom, file: FilePath): void {
  const source = state.modules.get(file);
  if (source === undefined) return;
  const target = frame.scopes[0] as number;
  const exported = exportedNames(m, state, source);
  const imported = importing(m, frame, node);
  for (const name of [...state.scope(source).keys()]) {
    const isMark = name === OPEN_NAMESPACE || name.startsWith(OVERRIDABLE_NAMESPACE);
    if (!isMark && (exported === undefined ? /^[_*]/.test(name) : !exported.has(name))) continue;
    const slot = state.slot(source, name);
    if (slot === undefined) continue;
    state.setSlot(target, name, overlaySlot(imported(slot), state.slot(target, name)));
  }
}

/** What becomes of a slot that is imported: the import is one of its steps. */
function importing(m: Machine, frame: Frame, node: ImportFrom): (slot: Slot) => Slot {
  const step = importStep(m, frame, node, node);
  const change = (slot: Slot): Slot =>
    mapSlot(slot, (bound) => {
      spend(4 + bound.steps.length / 8);
      return { ...bound, steps: [...bound.steps, step] };
    });
  return m.memory === undefined ? change : m.memory.imported(node, change);
}

/** The names in `__all__`; `undefined` where there is none or it is not known (then all public names are taken). */
function exportedNames(m: Machine, state: State, scope: number): ReadonlySet<string> | undefined {
  const all = m.freeze(state, slotValue(state.slot(scope, "__all__")));
  if (all.kind !== "list" && all.kind !== "tuple") return undefined;
  if (certaintyOf(all) !== "concrete") return undefined;
  return new Set(all.items.map((item) => (item.value.kind === "str" ? item.value.value : "")));
}
