import { noteUnrepeatable } from "../values/recording";
import { append } from "../../base/lists";
import { nameAt, placeOf } from "../../syntax/places";
import { OPEN_NAMESPACE, overridableName } from "../program/openNames";
import type { Alias, Import, ImportFrom, Stmt } from "../../syntax/ast";
import type { FilePath } from "../../base/path";
import { bindName } from "./assign";
import { MAX_MODULES } from "../values/budget";
import type { ImportEvent } from "../program/evaluation";
import type { ModuleResolution } from "../program/host";
import { absoluteName } from "./importedModules";
import type { Frame, Machine } from "../program/machine";
import { namedValue } from "../program/objects";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import { type Executed, type PartialModule } from "../program/state";
import { slotValue, mapSlot, type Slot } from "../program/slots";
import type { Flow } from "../program/flow";
import { executeBody } from "./moduleBody";
import { freshId, unknown, type Site, type Step, type Value } from "../values/value";

/** `import a.b as c`. */
export function executeImport(m: Machine, state: State, frame: Frame, node: Import): void {
  for (const alias of node.names) {
    const module = importModule(m, state, frame, alias.name, node);
    const isWhole = alias.asname !== undefined || !alias.name.includes(".");
    const value = isWhole ? module : importModule(m, state, frame, alias.name.split(".")[0] as string, node);
    const name = alias.asname ?? (alias.name.split(".")[0] as string);
    bindName(m, state, frame, name, value, importSource(alias, node));
  }
}

function importSource(alias: Alias, node: Stmt): Parameters<typeof bindName>[5] {
  return {
    target: nameAt(alias.name, alias),
    statement: node,
    expression: undefined,
  };
}

/** The module that `from` names. Throws ImportError where that is beyond the top. */
export function moduleOf(m: Machine, frame: Frame, node: ImportFrom): string {
  const dotted = absoluteName(m.host, frame.file, node);
  if (dotted === undefined) throw new PythonRaise("ImportError", m.site(frame, node));
  return dotted;
}

/** `from a import b, c as d`. */
export function executeImportFrom(m: Machine, state: State, frame: Frame, node: ImportFrom): void {
  const dotted = moduleOf(m, frame, node);
  if (node.names === "*" || dotted === "__future__") return;
  if (frame.importGuarded) noteMissingNames(m, state, frame, node, dotted);
  const module = importModule(m, state, frame, dotted, node);
  for (const alias of node.names) {
    const name = alias.asname ?? alias.name;
    const scope = module.kind === "module" ? (state.modules.get(module.file) ?? module.scope) : undefined;
    const slot = scope === undefined ? undefined : state.slot(scope, alias.name);
    if (slot === undefined) {
      bindName(
        m,
        state,
        frame,
        name,
        importedAttribute(m, state, frame, module, alias, node),
        importSource(alias, node),
      );
    } else bindImported(m, state, frame, name, slot, alias, node);
  }
}

/** `try: from .secret import KEY`: where the module exists, it and not the handler says what the names are. */
function noteMissingNames(m: Machine, state: State, frame: Frame, node: ImportFrom, dotted: string): void {
  if (node.names === "*" || m.host.resolveModule(dotted, frame.file).kind !== "missing") return;
  for (const alias of node.names) {
    const step = importStep(m, frame, node, alias);
    const value = unknown("import", dotted, step.site);
    const mark = overridableName(alias.asname ?? alias.name);
    state.setSlot(frame.scopes[0] as number, mark, {
      kind: "bound",
      value,
      steps: [step],
      binding: freshId(),
      overridable: step,
    });
  }
}

/** Binds a name to another module's binding: its steps are kept, the import is added. */
function bindImported(
  m: Machine,
  state: State,
  frame: Frame,
  name: string,
  slot: Slot,
  alias: Alias,
  node: ImportFrom,
): void {
  bindName(m, state, frame, name, slotValue(slot), importSource(alias, node));
  const step = importStep(m, frame, node, alias);
  const target = frame.redirected.get(name) ?? (frame.scopes[0] as number);
  state.setSlot(
    target,
    name,
    mapSlot(slot, (bound) => ({ ...bound, steps: [...bound.steps, step] })),
  );
}

export function importStep(
  m: Machine,
  frame: Frame,
  node: ImportFrom,
  target: { readonly start: number; readonly end: number },
): Step {
  const make = (): Step => ({
    kind: "import",
    site: m.site(frame, node),
    target: placeOf(target),
    module: frame.module,
  });
  return m.memory === undefined ? make() : m.memory.importStep(target, make);
}

function importedAttribute(
  m: Machine,
  state: State,
  frame: Frame,
  module: Value,
  alias: Alias,
  node: ImportFrom,
): Value {
  const site = m.site(frame, node);
  // Older releases of a module may not have the name.
  if (module.kind === "external" && frame.importGuarded && m.libraries.isAlwaysImportable(module.name))
    m.raising.noteMayRaise(state, site, "ImportError");
  if (module.kind === "external") {
    const name = `${module.name}.${alias.name}`;
    return namedValue(m, state, name, site) ?? { kind: "external", name, site };
  }
  if (module.kind !== "module")
    return unknown("import", `${alias.name}, imported from a module that is not known`, site);
  const submodule = m.host.resolveModule(`${module.name}.${alias.name}`, module.file === "" ? frame.file : module.file);
  if (submodule.kind === "file") return executeModule(m, state, submodule, site);
  const scope = state.modules.get(module.file);
  const isOpen = scope !== undefined && state.slot(scope, OPEN_NAMESPACE) !== undefined;
  if (!isOpen && scope !== undefined && state.slot(scope, "__getattr__") === undefined && m.failure === undefined)
    throw new PythonRaise("ImportError", site);
  m.raising.noteMayRaise(state, site, "ImportError");
  return unknown("import", isOpen ? `${alias.name}, which a star import may bring` : alias.name, site);
}

/** Imports a module: a workspace module is executed once. Throws ModuleNotFoundError where it should be there and is not. */
export function importModule(m: Machine, state: State, frame: Frame, dotted: string, node: Stmt): Value {
  const site = m.site(frame, node);
  const resolution = m.host.resolveModule(dotted, frame.file);
  note(m, frame, node, dotted, resolution);
  switch (resolution.kind) {
    case "file":
      return executeModule(m, state, resolution, site);
    case "namespace":
      return { kind: "module", file: "", name: resolution.name };
    case "missing":
      throw new PythonRaise("ModuleNotFoundError", site);
    case "external":
      mayBeMissing(m, state, frame, resolution.name, site);
      return { kind: "external", name: resolution.name, site };
  }
}

/** Inside `try: ... except ImportError:`, a package that is not part of Python may or may not be installed. */
export function mayBeMissing(m: Machine, state: State, frame: Frame, name: string, site: Site): void {
  if (!frame.importGuarded || !m.raising.isCaught("ModuleNotFoundError") || m.libraries.isAlwaysImportable(name))
    return;
  const installed: Value = { kind: "external", name: `import ${name}`, site };
  const test = m.test(installed, site, `${name} can be imported`);
  m.raising.noteRaiseWhen(state, test, false, "ModuleNotFoundError", site);
}

export function note(m: Machine, frame: Frame, node: Stmt, dotted: string, resolution: ModuleResolution): void {
  const event: ImportEvent = {
    site: m.site(frame, node),
    statement: node,
    star: node.kind === "ImportFrom" && node.names === "*" ? node : undefined,
    dotted,
    result: resolution.kind,
    file: resolution.kind === "file" ? resolution.path : undefined,
    guarded: frame.importGuarded,
  };
  m.imports.push(event);
}

/** Executes a workspace module, parents first, unless it has been; a module in the middle of its own import is given as it is. */
export function executeModule(
  m: Machine,
  state: State,
  found: Extract<ModuleResolution, { kind: "file" }>,
  site: Site | undefined,
): Value {
  const value: Value = { kind: "module", file: found.path, name: found.name };
  executeParents(m, state, found);
  const executed = state.modules.get(found.path);
  if (executed !== undefined) return { ...value, scope: executed };
  const partial = state.partial.get(found.path);
  if (partial !== undefined) return executeElsewhere(m, state, found, site, partial);
  noteUnrepeatable();
  const parsed = m.host.parse(found.path);
  if (!parsed.ok || m.files.length >= MAX_MODULES) {
    m.noteCause({
      kind: parsed.ok ? "budget" : "file",
      text: parsed.ok ? "too many modules" : `${found.name}: ${parsed.reason}`,
      site,
    });
    return unknown("import", `module ${found.name}, which cannot be read`, site);
  }
  const scope = freshId();
  state.addScope(scope);
  state.modules.set(found.path, scope);
  if (!m.files.includes(found.path)) m.files.push(found.path);
  runModule(m, state, moduleFrame(found.path, found.name, scope), parsed.module.body);
  return { ...value, scope };
}

/** Executes a module in the worlds that have not executed it yet; in the others it stays what it is. */
function executeElsewhere(
  m: Machine,
  state: State,
  found: Extract<ModuleResolution, { kind: "file" }>,
  site: Site | undefined,
  { test, yes: inYes, no: inNo }: PartialModule,
): Value {
  const run = (at: State): Value => executeModule(m, at, found, site);
  const enter = (at: State, executed: Executed): State => {
    at.partial.delete(found.path);
    if (typeof executed === "number") at.modules.set(found.path, executed);
    else if (executed !== undefined) at.partial.set(found.path, executed);
    return at;
  };
  const decided = state.assumptions.get(test.id);
  if (decided !== undefined) return run(enter(state, decided.holds ? inYes : inNo));
  const yes = enter(state.assume(test, true), inYes);
  const no = enter(state.assume(test, false), inNo);
  const [a, b] = [m.attempt(() => run(yes)), m.attempt(() => run(no))];
  if (a instanceof PythonRaise || b instanceof PythonRaise) return m.leave(state, [yes, no], [a, b]);
  state.become(m.join(test, yes, no));
  const whole = state.modules.get(found.path);
  return { kind: "module", file: found.path, name: found.name, ...(whole === undefined ? {} : { scope: whole }) };
}

export function moduleFrame(file: FilePath, module: string, scope: number): Frame {
  return { file, module, scopes: [scope], kind: "module", redirected: new Map(), importGuarded: false };
}

function runModule(m: Machine, state: State, frame: Frame, body: readonly Stmt[]): void {
  const reads = m.reads.splice(0);
  const { nesting, overridden } = m;
  m.nesting = 0;
  m.overridden = undefined;
  try {
    finishModule(state, executeBody(m, state, frame, body));
  } finally {
    m.nesting = nesting;
    m.overridden = overridden;
    append(m.reads, reads);
  }
}

/** Takes over the state that a module's body leaves. Throws where it ends with an exception in every world. */
export function finishModule(state: State, { exits, normal, raised }: Flow): void {
  const end = normal ?? raised?.state ?? exits.at(-1)?.state;
  if (end !== undefined) state.become(end);
  if (raised !== undefined) throw raised.error;
}

function executeParents(m: Machine, state: State, found: Extract<ModuleResolution, { kind: "file" }>): void {
  const parts = found.name.split(".");
  for (let size = 1; size < parts.length; size++) {
    const parent = m.host.resolveModule(parts.slice(0, size).join("."), found.path);
    if (parent.kind === "file" && parent.path !== found.path) executeModule(m, state, parent, undefined);
  }
}
