import { table } from "../../../../base/table";
import { own } from "../../../program/objects";
import { overrideNames } from "../../../program/openNames";
import { argument, type CallContext, type KnownCall, type Model } from "../../../program/call";
import { truthOf } from "../../../semantics/operators";
import { bind, mapSlot, type Bound } from "../../../program/slots";
import { bool, freshId, NONE, str, unknown, type DictValue, type Step, type Value } from "../../../values/value";
import { callingFolder, loadNearest, nearestFile } from "../dotenv/dotenv";
import { namesIn, NO_SETTING, settingsFile, valueIn, type SettingsFile, type SettingsFiles } from "./files";
import { overridden, plain, readSetting } from "./values";
import { isOff, presenceOf } from "../../variables";

/**
 * dynaconf 3 (https://www.dynaconf.com): settings that files and variables with a prefix replace. `DjangoDynaconf(__name__)`
 * at the end of a settings module does so with the module's own names; `Dynaconf(...)` is an object to read from.
 */
export const DYNACONF_CALLS: Readonly<Record<string, KnownCall>> = table({
  "dynaconf.DjangoDynaconf": overrideModule,
  "dynaconf.Dynaconf": newSettings,
  "dynaconf.LazySettings": newSettings,
});

const KINDS = ["toml", "tml", "yaml", "yml", "ini", "conf", "properties", "json"];
const USUAL_FILES = ["settings", ".secrets"].flatMap((name) => KINDS.map((kind) => `${name}.${kind}`));

interface Options {
  readonly prefix: string;
  readonly files: SettingsFiles;
}

const MODELLED = new Set(
  "envvar_prefix env_switcher environments load_dotenv settings_files settings_file root_path merge_enabled lowercase_read validators".split(
    " ",
  ),
);

/** The options of a call; `undefined` where one of them is not modelled. */
function optionsOf(
  call: CallContext,
  usual: { readonly prefix: string; readonly isDjango: boolean },
): Options | undefined {
  const { args, machine: m, state } = call;
  const given = (name: string): Value | undefined => {
    const value = args.keywords.get(name);
    return value === undefined ? undefined : m.freeze(state, value);
  };
  if (args.open || [...args.keywords.keys()].some((name) => !MODELLED.has(name))) return undefined;
  if (!isOff(given("merge_enabled")) || !areChecksOnly(given("validators"))) return undefined;
  const prefix = given("envvar_prefix") ?? str(usual.prefix);
  const switcher = given("env_switcher") ?? str(usual.isDjango ? "DJANGO_ENV" : "ENV_FOR_DYNACONF");
  const environments = given("environments") ?? bool(usual.isDjango);
  if (prefix.kind !== "str" || switcher.kind !== "str" || prefix.value.includes(",")) return undefined;
  if (prefix.value === "" || truthOf(environments) === undefined) return undefined;
  const root = given("root_path") ?? NONE;
  const folder =
    root.kind === "str" || root.kind === "path" ? root.value : root.kind === "none" ? callingFolder(call) : undefined;
  if (folder === undefined || !folder.startsWith("/")) return undefined;
  if (usual.isDjango ? !isOff(given("load_dotenv") ?? bool(true)) : !isOff(given("load_dotenv")))
    loadNearest(folder, call);
  const named = given("settings_files") ?? given("settings_file");
  const contents = contentsOf(named, folder, usual.isDjango || root.kind !== "none", usual.isDjango, call);
  if (contents === undefined) return undefined;
  const files = { contents, hasEnvironments: truthOf(environments) === true, switcher: switcher.value };
  return { prefix: prefix.value.toUpperCase(), files };
}

/** Validators that only check: a setting keeps its value, or the import fails. */
function areChecksOnly(validators: Value | undefined): boolean {
  if (validators === undefined) return true;
  if (validators.kind !== "list" && validators.kind !== "tuple") return false;
  return validators.items.every(({ value }) => {
    if (value.kind !== "opaque" || value.callee !== "dynaconf.Validator") return false;
    return !["default", "cast", "apply_default_on_none"].some((name) => value.keywords.has(name));
  });
}

/** The files' contents; `undefined` where not all of them are known. */
function contentsOf(
  named: Value | undefined,
  folder: string,
  isRooted: boolean,
  hasUsual: boolean,
  call: CallContext,
): readonly SettingsFile[] | undefined {
  const names = namesOf(named, hasUsual ? USUAL_FILES : []);
  const contents: SettingsFile[] = [];
  for (const name of names ?? []) {
    const path = name.startsWith("/") ? name : nearestFile(folder, [name, `config/${name}`], call);
    const content = path === undefined ? undefined : settingsFile(path, call);
    if (path === undefined || content === undefined) continue;
    // Without a root, relative names are looked up where the process was started.
    if (content.kind !== "dict" || (!isRooted && !name.startsWith("/"))) return undefined;
    contents.push({ file: path, content });
  }
  return names === undefined ? undefined : contents;
}

function namesOf(named: Value | undefined, usual: readonly string[]): readonly string[] | undefined {
  if (named === undefined || named.kind === "none") return usual;
  const values = named.kind === "list" || named.kind === "tuple" ? named.items.map((item) => item.value) : [named];
  const names = values.map((value) => (value.kind === "str" || value.kind === "path" ? value.value : undefined));
  return names.includes(undefined) || names.some((name) => /[*?;,]/.test(name as string))
    ? undefined
    : (names as string[]);
}

// ------------------------------------------------------------- DjangoDynaconf

function overrideModule(call: CallContext): Value {
  const { state, frame, site } = call;
  const scope = frame.scopes.at(-1) as number;
  const step: Step = { kind: "import", site, target: site.range, module: frame.module };
  const names = [...state.scope(scope).keys()].filter((name) => /^[A-Z]/.test(name) && name === name.toUpperCase());
  const options = names.some((name) => name.endsWith("_FOR_DYNACONF"))
    ? undefined
    : optionsOf(call, { prefix: "DJANGO", isDjango: true });
  const settings: Value = { kind: "model", name: `dynaconf.LazySettings#${freshId()}`, model: settingsModel(options) };
  if (options === undefined) {
    overrideNames(state, scope, step, "dynaconf");
    return settings;
  }
  for (const name of names) {
    const slot = state.slot(scope, name);
    const change = (bound: Bound): Bound => ({ ...bound, value: replaced(name, bound.value, options, call) });
    if (slot !== undefined) state.setSlot(scope, name, mapSlot(slot, change));
  }
  for (const name of namesIn(options.files).filter((each) => !names.includes(each) && /^[A-Z]\w*$/.test(each)))
    bindSetting(name, valueIn(options.files, name, NO_SETTING, call), options, call);
  bindSetting("LOAD_DOTENV", call.args.keywords.get("load_dotenv") ?? bool(true), options, call);
  bindSetting("DEFAULT_SETTINGS_PATHS", unknown("external", "the files that dynaconf looks for", site), options, call);
  bindSetting("DYNACONF", settings, options, call);
  bindSwitcher(options, call);
  // Variables with the prefix bring names of their own.
  overrideNames(state, scope, step, undefined);
  return settings;
}

function replaced(name: string, value: Value, { prefix, files }: Options, call: CallContext): Value {
  const { machine: m, state, site } = call;
  const setting = m.distribute(state, [value], ([leaf]) => {
    const frozen = m.freeze(state, leaf as Value);
    if (/^(external|module|function|class|model|unset)$/.test(frozen.kind)) return leaf as Value;
    const own = valueIn(files, name, plain(frozen), call);
    return m.distribute(state, [own], ([each]) =>
      overridden(`${prefix}_${name}`, m.freeze(state, each as Value), call),
    );
  });
  return own(m, state, setting, site.file);
}

function bindSetting(name: string, value: Value, options: Options, call: CallContext): void {
  const { state, frame, site } = call;
  const isPlain = !/^(model|unknown)$/.test(value.kind);
  const step: Step = { kind: "assignment", site, target: site.range, module: frame.module };
  const files = { ...options.files, contents: [] };
  const given = isPlain ? replaced(name, value, { ...options, files }, call) : value;
  state.setSlot(frame.scopes.at(-1) as number, name, bind(given, [step]));
}

/** The variable that names the environment is a setting like others where it has the prefix. */
function bindSwitcher({ prefix, files }: Options, call: CallContext): void {
  const { machine: m, state, frame, site } = call;
  const name = files.switcher.slice(prefix.length + 1);
  const scope = frame.scopes.at(-1) as number;
  if (!files.switcher.startsWith(`${prefix}_`) || state.slot(scope, name) !== undefined) return;
  const test = m.test(presenceOf(files.switcher, call), site, `${files.switcher} is set`);
  const yes: Bound = bind(readSetting(files.switcher, NONE, call), [
    { kind: "assignment", site, target: site.range, module: frame.module },
  ]);
  state.setSlot(scope, name, { kind: "split", test, yes, no: undefined });
}

// ------------------------------------------------------------------- Dynaconf

function newSettings(call: CallContext): Value | undefined {
  const options = optionsOf(call, { prefix: "DYNACONF", isDjango: false });
  if (options === undefined || call.args.positional.length > 0) return undefined;
  return { kind: "model", name: `dynaconf.Dynaconf#${freshId()}`, model: settingsModel(options) };
}

/** Settings are read by attribute in any case, by subscript, and by `get`. */
function settingsModel(options: Options | undefined): Model {
  // Once the program itself changes the settings, nothing of them is known.
  const changed = `dynaconf ${freshId()}=`;
  const invalidate = (call: CallContext): void => {
    call.state.environ.set(changed, unknown("unsupported", "settings that the program changes", call.site));
  };
  const find = (name: string, fallback: Value | undefined, call: CallContext): Value | undefined => {
    const upper = name.toUpperCase();
    if (options === undefined || call.state.environ.has(changed) || name.startsWith("_") || /__|\./.test(name))
      return undefined;
    const own = valueIn(options.files, upper, NO_SETTING, call);
    return call.machine.distribute(call.state, [own], ([value]) => {
      const held = call.machine.freeze(call.state, value as Value);
      return setting(`${options.prefix}_${upper}`, held.kind === "unset" ? fallback : held, call);
    });
  };
  return {
    isTrue: true,
    attribute: (name, call) => (METHODS.has(name) ? undefined : find(name, undefined, call)),
    subscript: (key, call) => (key.kind === "str" ? find(key.value, undefined, call) : undefined),
    method: (name, call) => {
      if (name === "get") return get(find, call);
      if (/^(set|update|reload|setenv|load_file|unset|clean|configure)$/.test(name)) invalidate(call);
      return undefined;
    },
    assignAttribute: (_name, _value, call) => invalidate(call),
    assignItem: (_key, _value, call) => {
      invalidate(call);
      return true;
    },
  };
}

const METHODS = new Set(
  "get set exists as_int as_bool as_float as_json as_dict from_env reload setenv validators current_env find_file".split(
    " ",
  ),
);

function get(
  find: (name: string, fallback: Value, call: CallContext) => Value | undefined,
  call: CallContext,
): Value | undefined {
  const key = argument(call.args, 0, "key");
  const fallback = argument(call.args, 1, "default") ?? NONE;
  const isPlain =
    call.args.positional.length <= 2 &&
    [...call.args.keywords.keys()].every((name) => name === "key" || name === "default");
  return key?.kind === "str" && isPlain ? find(key.value, fallback, call) : undefined;
}

/** A setting, or the box around a dict of settings. */
function setting(variable: string, value: Value | undefined, call: CallContext): Value {
  if (value?.kind === "dict") return box(variable, value);
  return readSetting(variable, value, call);
}

/** A dict whose entries are attributes as well, in any case; variables replace them one by one. */
function box(variable: string, dict: DictValue): Value {
  const find = (name: string, fallback: Value | undefined, call: CallContext): Value | undefined => {
    const wanted = name.toLowerCase();
    const entry = dict.entries.find(({ key }) => key?.kind === "str" && key.value.toLowerCase() === wanted);
    return setting(`${variable}__${name.toUpperCase()}`, entry?.value ?? fallback, call);
  };
  const model: Model = {
    attribute: (name, call) => (name === "get" || name.startsWith("_") ? undefined : find(name, undefined, call)),
    subscript: (key, call) => (key.kind === "str" ? find(key.value, undefined, call) : undefined),
    method: (name, call) => (name === "get" ? get(find, call) : undefined),
  };
  return { kind: "model", name: `dynaconf.DynaBox#${freshId()}`, model };
}
