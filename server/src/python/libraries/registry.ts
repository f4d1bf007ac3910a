import type { CallContext, KnownCall } from "../call";
import { callMethod } from "../calls";
import { NONE, type Site, type Value } from "../value";
import { BUILTIN_CALLS, BUILTIN_NAMES } from "./builtins/builtins";
import { CONFIGURATIONS_CALLS } from "./packages/configurations/configurations";
import { CONFIG_PARSER_CALLS } from "./stdlib/configParser";
import { DATA_FILE_CALLS } from "./stdlib/dataFiles";
import { DECOUPLE_CALLS, DECOUPLE_STAR } from "./packages/decouple/decouple";
import { noteSchemes } from "./packages/databaseUrls/databaseUrls";
import { DATABASE_URL_CALLS } from "./packages/databaseUrls/djDatabaseUrl";
import { DJANGO_ENVIRON_CALLS } from "./packages/djangoEnviron/djangoEnviron";
import { DOTENV_CALLS } from "./packages/dotenv/dotenv";
import { DYNACONF_CALLS } from "./packages/dynaconf/dynaconf";
import { environsCall, environsValue } from "./packages/environs/environs";
import { assignEnviron, ENVIRON_CALLS, environContains, environSubscript } from "./stdlib/osEnviron";
import { FILE_CALLS } from "./stdlib/files";
import { DJANGO_VALUES } from "./packages/django/constants";
import { EXECUTION_CALLS } from "./builtins/execution";
import { loadedModule, MODULE_CALLS } from "./stdlib/importlib";
import { NAMESPACE_CALLS } from "./builtins/namespaces";
import { REFLECTION_CALLS } from "./builtins/reflection";
import { PATH_CALLS, PATH_VALUES } from "./stdlib/pathlib";
import { SPLIT_SETTINGS_CALLS } from "./packages/splitSettings/splitSettings";
import { STANDARD_OBJECT_CALLS, STANDARD_VALUES } from "./stdlib/objects";
import { TYPE_CALLS } from "./builtins/types";
import { URL_PARSE_CALLS } from "./stdlib/urllib";
import { STANDARD_CALLS, STANDARD_MODULES } from "./stdlib/others";

/**
 * Everything that is known of modules outside the workspace, by dotted name. A new library is one file in this folder
 * and one line here.
 */
const CALLS: ReadonlyMap<string, KnownCall> = new Map(
  [
    BUILTIN_CALLS,
    NAMESPACE_CALLS,
    REFLECTION_CALLS,
    TYPE_CALLS,
    EXECUTION_CALLS,
    MODULE_CALLS,
    ENVIRON_CALLS,
    PATH_CALLS,
    STANDARD_CALLS,
    STANDARD_OBJECT_CALLS,
    URL_PARSE_CALLS,
    FILE_CALLS,
    DATA_FILE_CALLS,
    CONFIG_PARSER_CALLS,
    DJANGO_ENVIRON_CALLS,
    DECOUPLE_CALLS,
    DATABASE_URL_CALLS,
    CONFIGURATIONS_CALLS,
    DOTENV_CALLS,
    DYNACONF_CALLS,
    SPLIT_SETTINGS_CALLS,
  ].flatMap((calls) => Object.entries(calls)),
);

const STAR_IMPORTS: Readonly<Record<string, readonly string[]>> = { decouple: DECOUPLE_STAR };

/** Calls a modelled function; `undefined` when the function, or this form of calling it, is not modelled. */
export function knownCall(name: string, call: CallContext): Value | undefined {
  const dotted = canonical(name);
  return (CALLS.get(dotted) ?? unboundMethod(dotted))?.(call) ?? environsCall(dotted, call);
}

/** `str.lower(text)`: a method that is taken from its class and called with the object. */
function unboundMethod(name: string): KnownCall | undefined {
  const method = /^builtins\.(?:str|list|dict|set)\.([a-z]+)$/.exec(name)?.[1];
  if (method === undefined) return undefined;
  return (call) => {
    const [self, ...positional] = call.args.positional;
    return self === undefined ? undefined : callMethod(self, method, { ...call, args: { ...call.args, positional } });
  };
}

/** The value of a name outside the workspace where that is more than its name. */
export function externalValue(name: string, site: Site): Value | undefined {
  const dotted = canonical(name);
  if (dotted.startsWith("builtins.")) {
    return BUILTIN_NAMES.has(dotted.slice("builtins.".length)) ? { kind: "external", name: dotted, site } : undefined;
  }
  return PATH_VALUES[dotted] ?? STANDARD_VALUES[dotted] ?? DJANGO_VALUES[dotted] ?? environsValue(dotted);
}

/** Whether a dotted name outside the workspace is certain to exist: what is modelled, and the modules that lead there. */
export function isKnownName(name: string): boolean {
  const dotted = canonical(name);
  return KNOWN_NAMES.has(dotted) || KNOWN_NAMES.has(name);
}

const KNOWN_NAMES: ReadonlySet<string> = new Set([...CALLS.keys(), "os.environ", "sys.modules"].flatMap(prefixes));

function prefixes(dotted: string): readonly string[] {
  const parts = dotted.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

/** `name[key]`. */
export function externalSubscript(name: string, key: Value, context: CallContext): Value | undefined {
  if (canonical(name) === "sys.modules") return loadedModule(key, context);
  return canonical(name) === "os.environ" ? environSubscript(key, context) : undefined;
}

/** `item in name`. */
export function externalContains(name: string, item: Value, context: CallContext): Value | undefined {
  return canonical(name) === "os.environ" ? environContains(item, context) : undefined;
}

/** `name[key] = value`. */
export function assignExternalItem(name: string, key: Value, value: Value, context: CallContext): void {
  if (canonical(name) === "os.environ") assignEnviron(key, value, context);
  if (/^(environ\.(\w*Env)|dj_database_url)\.\w*SCHEMES$/.test(name)) noteSchemes(context);
}

/** `del name[key]`. */
export function deleteExternalItem(name: string, key: Value, context: CallContext): void {
  if (canonical(name) === "os.environ" && key.kind === "str") context.state.environ.set(key.value, NONE);
}

/** The names that `from name import *` brings, where they are known. */
export function externalStar(name: string): readonly string[] | undefined {
  return STAR_IMPORTS[name];
}

/** Whether a module is part of Python or Django: importing it does not fail, and a star import of it brings no settings. */
export function isAlwaysImportable(name: string): boolean {
  const top = name.split(".")[0] as string;
  return STANDARD_MODULES.has(top) || top === "django";
}

const RENAMED: Readonly<Record<string, string>> = { posixpath: "os.path", ntpath: "os.path" };

/** Several names lead to the same thing: `posixpath` is `os.path`. */
function canonical(name: string): string {
  const top = name.split(".")[0] as string;
  const renamed = RENAMED[top];
  return renamed === undefined ? name : renamed + name.slice(top.length);
}
