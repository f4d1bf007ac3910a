import { normalizePath } from "../../base/path";
import type { CallContext, KnownCall, Model } from "../call";
import { INCLUDING_FILE, type Frame } from "../machine";
import { PythonRaise } from "../raise";
import { executeBlock } from "../statements";
import { finishModule } from "../imports";
import { freshId, NONE, str, type Step, type Value } from "../value";

/**
 * django-split-settings (https://django-split-settings.readthedocs.io): `include(*patterns)` executes files in order in
 * the including module's own namespace; `optional(pattern)` may match nothing.
 */
export const SPLIT_SETTINGS_CALLS: Readonly<Record<string, KnownCall>> = {
  "split_settings.tools.include": include,
  "split_settings.tools.optional": (call) => optional(call.args.positional[0] ?? NONE),
};

const OPTIONAL = "split_settings.optional";

function optional(pattern: Value): Value {
  const model: Model & { readonly pattern: Value } = { pattern };
  return { kind: "model", name: OPTIONAL, model };
}

function include(call: CallContext): Value {
  const { machine: m, state, frame } = call;
  const folder = frame.file.slice(0, frame.file.lastIndexOf("/"));
  for (const [index, given] of call.args.positional.entries()) {
    const value = m.restrict(given, state.assumptions);
    const isOptional = value.kind === "model" && value.name === OPTIONAL;
    const pattern = isOptional ? (value.model as unknown as { pattern: Value }).pattern : value;
    m.perAlternative(state, pattern, (inner, leaf) => {
      const target = { ...call, state: inner };
      if (leaf.kind === "str" && leaf.value === "" && isOptional) return leaf;
      if (leaf.kind !== "str" && leaf.kind !== "path") markOverridden(target, index);
      else includeFiles(target, folder, leaf.value, isOptional, index);
      return leaf;
    });
  }
  // `include(*files)` with files that are not all known.
  if (call.args.open) markOverridden(call, 0);
  return NONE;
}

function includeFiles(call: CallContext, folder: string, pattern: string, isOptional: boolean, index: number): void {
  const { machine: m, site } = call;
  const whole = normalizePath(pattern.startsWith("/") ? pattern : `${folder}/${pattern}`);
  const cut = whole.search(/[*?[]/);
  const root = whole.slice(0, (cut < 0 ? whole : whole.slice(0, cut)).lastIndexOf("/"));
  const files =
    cut < 0 ? (m.host.exists(whole) === "file" ? [whole] : []) : m.host.glob(root, whole.slice(root.length + 1));
  if (files.length === 0 && !isOptional) throw new PythonRaise("OSError", site);
  if (files.length === 0) noteOverridable(call, index);
  for (const file of files) includeFile(call, file, index);
}

/** Executes a file in the caller's scope; it sees the including module's `__file__`, and further includes are relative to it. */
function includeFile(call: CallContext, file: string, index: number): void {
  const { machine: m, state, frame, site } = call;
  const scope = frame.scopes[frame.scopes.length - 1] as number;
  if (state.slot(scope, markOf(file)) !== undefined) return;
  state.setSlot(scope, markOf(file), {
    kind: "bound",
    value: str(file),
    steps: [],
    binding: freshId(),
    overridable: undefined,
  });
  if (state.slot(scope, INCLUDING_FILE) === undefined) {
    const value = str(frame.file);
    state.setSlot(scope, INCLUDING_FILE, {
      kind: "bound",
      value,
      steps: [],
      binding: freshId(),
      overridable: undefined,
    });
  }
  const parsed = m.host.parse(file);
  if (!parsed.ok) {
    m.widen({ kind: "file", text: `${file.slice(file.lastIndexOf("/") + 1)}: ${parsed.reason}`, site });
    return markOverridden(call, index);
  }
  if (!m.files.includes(file)) m.files.push(file);
  m.imports.push({
    site,
    statement: { kind: "Expr", value: call.node as never, ...site.range },
    star: undefined,
    dotted: m.host.moduleName(file),
    result: "file",
    file,
    guarded: false,
  });
  const inner: Frame = { ...frame, file, module: m.host.moduleName(file), scopes: [scope], kind: "module" };
  const entry = m.pathTo(state);
  finishModule(m, state, entry, executeBlock(m, state, inner, parsed.module.body));
}

/** Included files are remembered in the namespace, as the library does; the name is none that Python code can write. */
function markOf(file: string): string {
  return `*included ${file}`;
}

function stepOf(call: CallContext, index: number): Step {
  const node = call.node?.args[index];
  const target = node === undefined ? call.site.range : { start: node.start, end: node.end };
  return { kind: "import", site: call.site, target, module: call.frame.module };
}

/** An optional file that is not in the workspace may override what came before it. */
function noteOverridable(call: CallContext, index: number): void {
  call.machine.overrideNames(call.state, scopeOf(call), stepOf(call, index), undefined);
}

/** A file that is included but not known: everything before it may have been replaced. */
function markOverridden(call: CallContext, index: number): void {
  call.machine.overrideNames(call.state, scopeOf(call), stepOf(call, index), "an included file that is not known");
}

function scopeOf(call: CallContext): number {
  return call.frame.scopes[call.frame.scopes.length - 1] as number;
}
