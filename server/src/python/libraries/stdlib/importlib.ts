import { table } from "../../../base/table";
import { standingAt } from "../../../syntax/places";
import { textAround, forEachText } from "../../interpreter/alternatives";
import { argument, type CallContext, type KnownCall } from "../../program/call";
import { importModule } from "../../interpreter/imports";
import { PythonRaise } from "../../values/raise";
import { strOf } from "../../semantics/text";
import { unknown, type ModuleValue, type Value } from "../../values/value";

/** More modules than this are not followed one by one. */
const MAX_CANDIDATES = 12;

/** `importlib.import_module(name, package)`. */
const importModuleCall: KnownCall = (call) => {
  const { machine: m, state } = call;
  const name = argument(call.args, 0, "name");
  const home = argument(call.args, 1, "package");
  if (name === undefined || call.args.open) return undefined;
  return m.perAlternative(state, name, (inner, leaf) =>
    named(leaf, home, { ...call, state: inner }, (dotted, at) => imported(dotted, at)),
  );
};

/** `__import__(name)` gives the outermost package, with a list of names the module itself. */
const importCall: KnownCall = (call) => {
  const { machine: m, state } = call;
  const [name, , , names] = call.args.positional;
  const list = names ?? call.args.keywords.get("fromlist");
  if (name === undefined || call.args.open) return undefined;
  const isWhole = list !== undefined && m.contents(state, list).kind !== "none";
  return m.perAlternative(state, name, (inner, leaf) =>
    named(leaf, undefined, { ...call, state: inner }, (dotted, at) => {
      const module = imported(dotted, at);
      return isWhole || !dotted.includes(".") ? module : imported(dotted.split(".")[0] as string, at);
    }),
  );
};

function imported(dotted: string, call: CallContext): Value {
  const { machine: m, state, frame, site, node } = call;
  const value = node ?? standingAt(site.range, { kind: "BadExpr" } as const);
  return importModule(m, state, frame, dotted, standingAt(site.range, { kind: "Expr", value }));
}

/** Imports in each world the module whose name a value is there. */
function named(
  name: Value,
  home: Value | undefined,
  call: CallContext,
  give: (dotted: string, call: CallContext) => Value,
): Value {
  const { site } = call;
  if (name.kind === "str") return give(absolute(name.value, home, call), call);
  const around = textAround(name);
  const texts = around === undefined ? [] : candidates(around.before, around.after, home, call);
  const isClosed = texts.length > 0 && texts.length <= MAX_CANDIDATES;
  const followed = isClosed ? texts : defaultText(name);
  return forEachText(call, name, followed, (state, text) => {
    const inner = { ...call, state };
    if (text !== undefined) return give(absolute(text, home, inner), inner);
    if (isClosed) throw new PythonRaise("ModuleNotFoundError", site);
    return unknown("import", "a module whose name is computed", site);
  });
}

function absolute(name: string, home: Value | undefined, { site }: CallContext): string {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  if (dots === 0) return name;
  if (home?.kind !== "str") throw new PythonRaise("TypeError", site);
  const parts = home.value.split(".");
  const kept = parts.slice(0, parts.length - dots + 1);
  if (kept.length === 0) throw new PythonRaise("ImportError", site);
  return [...kept, name.slice(dots)].join(".");
}

/** The modules of the workspace whose names have these constant parts, as the program writes them. */
function candidates(before: string, after: string, home: Value | undefined, call: CallContext): readonly string[] {
  const { machine: m, frame } = call;
  const cut = before.lastIndexOf(".");
  if (cut < 0) return [];
  const head = before.slice(0, cut + 1);
  const whole = absolute(`${head}x`, home, call);
  const resolution = m.host.resolveModule(whole.slice(0, whole.lastIndexOf(".")), frame.file);
  if (resolution.kind !== "file" && resolution.kind !== "namespace") return [];
  const folder =
    resolution.kind === "namespace" ? resolution.path : resolution.path.slice(0, resolution.path.lastIndexOf("/"));
  const [start, end] = [before.slice(cut + 1), after.replaceAll(".", "/")];
  const files = [`${start}*${end}.py`, `${start}*${end}/__init__.py`].flatMap((each) => m.host.glob(folder, each));
  return files
    .map((file) => file.slice(folder.length + 1).replace(/(\/__init__)?\.py$/, ""))
    .filter((name) => name !== "__init__")
    .map((name) => head + name.replaceAll("/", "."));
}

/** The text that a variable's own default gives. */
function defaultText(name: Value): readonly string[] {
  const fallback = name.kind === "environment" ? name.fallback : undefined;
  const text = fallback === undefined ? undefined : strOf(fallback);
  return fallback?.kind === "str" && text !== undefined ? [text] : [];
}

/** `sys.modules[name]` for a module that is imported already. */
export function loadedModule(key: Value, { machine: m, state, frame }: CallContext): ModuleValue | undefined {
  if (key.kind !== "str") return undefined;
  const found = m.host.resolveModule(key.value, frame.file);
  if (found.kind !== "file") return undefined;
  const scope = state.modules.get(found.path);
  return scope === undefined ? undefined : { kind: "module", file: found.path, name: found.name, scope };
}

export const MODULE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "importlib.import_module": importModuleCall,
  "builtins.__import__": importCall,
  "django.utils.module_loading.import_module": importModuleCall,
  "django.utils.importlib.import_module": importModuleCall,
});
