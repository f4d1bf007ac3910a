import { slotValue, bind } from "../../../program/slots";
import { placeOf } from "../../../../syntax/places";
import { table } from "../../../../base/table";
import { expose, overrideNames } from "../../../program/openNames";
import { forEachText, textAround } from "../../../interpreter/alternatives";
import { normalizePath } from "../../../../base/path";
import type { CallContext, KnownCall, Model } from "../../../program/call";
import { runFragment } from "../../../interpreter/fragments";
import { PythonRaise } from "../../../values/raise";
import type { State } from "../../../program/state";
import { keyOf } from "../../../values/symbolic";
import { NONE, str, unknown, type Step, type Value } from "../../../values/value";
import { scopeBehind } from "../../../program/call";

/**
 * django-split-settings 1.3 (https://django-split-settings.readthedocs.io): `include(*patterns)` executes files in order in
 * the including module's own namespace; `optional(pattern)` may match nothing.
 */
export const SPLIT_SETTINGS_CALLS: Readonly<Record<string, KnownCall>> = table({
  "split_settings.tools.include": include,
  "split_settings.tools.optional": (call) => optional(call.args.positional[0] ?? NONE),
});

const OPTIONAL = "split_settings.optional";

interface Optional extends Model {
  readonly pattern: Value;
}

function optional(pattern: Value): Value {
  const model: Optional = { pattern, key: keyOf(pattern) };
  return { kind: "model", name: OPTIONAL, model };
}

/** One argument of `include()`. */
interface Inclusion {
  readonly call: CallContext;
  /** The namespace in which the files are executed. */
  readonly scope: number;
  readonly isOptional: boolean;
  /** The argument's place. */
  readonly index: number;
}

function include(call: CallContext): Value | undefined {
  const { machine: m, state, frame, args } = call;
  const given = args.keywords.get("scope");
  const own = frame.scopes[frame.scopes.length - 1] as number;
  const scope = given === undefined || given.kind === "none" ? own : scopeBehind(given);
  if (scope === undefined) return undefined;
  for (const [index, argument] of args.positional.entries()) {
    m.perAlternative(state, argument, (outer, choice) => {
      const isOptional = choice.kind === "model" && choice.name === OPTIONAL;
      const pattern = isOptional ? (choice.model as Optional).pattern : choice;
      return m.perAlternative(outer, pattern, (inner, leaf) => {
        includePattern(leaf, { call: { ...call, state: inner }, scope, isOptional, index });
        return NONE;
      });
    });
  }
  // `include(*files)` with files that are not all known.
  if (args.open) includeUnknown({ call, scope, isOptional: true, index: 0 });
  return NONE;
}

function includePattern(pattern: Value, inclusion: Inclusion): void {
  const { call, isOptional } = inclusion;
  if (pattern.kind === "none" && isOptional) return;
  if (pattern.kind === "str" || pattern.kind === "path") return includeFiles(pattern.value, inclusion);
  const around = textAround(pattern);
  const texts =
    around === undefined || !isSimple(around.after) ? [] : textsBetween(around.before, around.after, inclusion);
  const isClosed =
    around !== undefined && around.before !== "" && texts.length <= MAX_CANDIDATES && isSimple(around.after);
  const followed = isClosed ? texts : defaultTexts(pattern);
  forEachText(call, pattern, followed, (state, text) => {
    const target = { ...inclusion, call: { ...call, state } };
    if (text !== undefined) includeFiles(text, target);
    else if (isClosed) includeNone(target);
    else includeUnknown(target);
    return NONE;
  });
}

/** More files than this are not followed one by one. */
const MAX_CANDIDATES = 12;

/** With more wildcards, the time to find what the first one stands for grows by the name's length for each. */
function isSimple(after: string): boolean {
  return after.split("*").length <= 3;
}

/** The texts with which a pattern names files of the workspace. */
function textsBetween(before: string, after: string, { call }: Inclusion): readonly string[] {
  const { start, folder } = absolute(before, call);
  const files = call.machine.host.glob(folder, `${start}*${after}`);
  const shape = new RegExp(`^${escaped(start)}([^/]*)${escaped(after).replaceAll("\\*", "[^/]*")}$`);
  const found = files.flatMap((file) => shape.exec(file.slice(folder.length + 1))?.[1] ?? []);
  return [...new Set(found)].map((text) => before + text + after);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function defaultTexts(pattern: Value): readonly string[] {
  const fallback = pattern.kind === "environment" ? pattern.fallback : undefined;
  return fallback?.kind === "str" ? [fallback.value] : [];
}

/** The folder in which a pattern is looked up, as far as it is constant, and what of the pattern follows. */
function absolute(pattern: string, { frame }: CallContext): { readonly folder: string; readonly start: string } {
  const here = frame.file.slice(0, frame.file.lastIndexOf("/"));
  const whole = pattern.startsWith("/") ? pattern : `${here}/${pattern}`;
  const cut = whole.search(/[*?[]/);
  const fixed = cut < 0 ? whole : whole.slice(0, cut);
  const end = fixed.lastIndexOf("/");
  return { folder: normalizePath(whole.slice(0, end)), start: whole.slice(end + 1) };
}

function includeFiles(pattern: string, inclusion: Inclusion): void {
  const { call, isOptional } = inclusion;
  if (pattern === "" && isOptional) return;
  const { folder, start } = absolute(pattern, call);
  const { host } = call.machine;
  const isGlob = /[*?[]/.test(start);
  const single = normalizePath(`${folder}/${start}`);
  const files = isGlob ? host.glob(folder, start) : host.exists(single) === "file" ? [single] : [];
  if (files.length === 0) return includeNone(inclusion);
  if (files.length === 1) run(files, inclusion);
  else runInAnyOrder(files, inclusion);
}

/** A pattern without a file here: an error, or an override that only some machines have. */
function includeNone({ call, scope, isOptional, index }: Inclusion): void {
  if (!isOptional) throw new PythonRaise("OSError", call.site);
  overrideNames(call.state, scope, stepOf(call, index), undefined);
}

/** Executes files in the namespace, those that are not there yet. */
function run(files: readonly string[], inclusion: Inclusion): void {
  const { call, scope } = inclusion;
  for (const file of files) {
    if (call.state.slot(scope, markOf(file)) !== undefined) continue;
    call.state.setSlot(scope, markOf(file), bind(str(file)));
    if (!runFragment(call, file, scope)) includeUnknown(inclusion);
  }
}

/**
 * The library does not sort what `glob.glob()` gives: the order is the file system's. What comes out otherwise in the
 * opposite order is not known.
 */
function runInAnyOrder(files: readonly string[], inclusion: Inclusion): void {
  const { machine: m, state } = inclusion.call;
  const other = state.fork();
  const opposite = { ...inclusion, call: { ...inclusion.call, state: other } };
  const works = m.silently(() => {
    try {
      run(files.toReversed(), opposite);
      return true;
    } catch (error) {
      if (error instanceof PythonRaise) return false;
      throw error;
    }
  });
  run(files, inclusion);
  if (works) for (const name of differing(state, other, inclusion)) forgetOrder(name, inclusion);
}

/** The names that two runs leave with different values. */
function differing(state: State, other: State, { call, scope }: Inclusion): readonly string[] {
  const { machine: m } = call;
  const names = new Set([...state.scope(scope).keys(), ...other.scope(scope).keys()]);
  return [...names].filter((name) => {
    if (name.startsWith("*")) return false;
    const [a, b] = [state, other].map((each) => shapeOf(m.freeze(each, slotValue(each.slot(scope, name)))));
    return a !== b;
  });
}

/** {@link keyOf}, but objects of the same call count as the same. */
function shapeOf(value: Value): string {
  return keyOf(value).replace(/(opaque|unknown|reference)#\d+/g, "$1");
}

function forgetOrder(name: string, { call, scope }: Inclusion): void {
  const { state, site } = call;
  const value = unknown("file", `${name}, which depends on the order of the files`, site);
  const steps = [stepOf(call, 0)];
  state.setSlot(scope, name, bind(value, steps));
}

/** Included files are remembered in the namespace, as the library does; the name is none that Python code can write. */
function markOf(file: string): string {
  return `*included ${file}`;
}

function stepOf(call: CallContext, index: number): Step {
  const node = call.node?.args[index];
  const target = node === undefined ? call.site.range : placeOf(node);
  return { kind: "import", site: call.site, target, module: call.frame.module };
}

/** A file that is included but not known: everything before it may have been replaced. */
function includeUnknown({ call, scope, index }: Inclusion): void {
  expose(call.state, scope, stepOf(call, index));
}
