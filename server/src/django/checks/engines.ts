import { truthOf } from "../../python/semantics/operators";
import type { DictValue, Value } from "../../python/values/value";
import { isSubclassByName } from "../classes";
import { both, not, type CheckedSettings } from "./check";

const DJANGO_TEMPLATES = "django.template.backends.django.DjangoTemplates";

/** One dict of TEMPLATES. */
export interface TemplateEngine {
  readonly definition: DictValue;
  /** Whether its backend is DjangoTemplates or derives from it. */
  readonly isDjango: boolean | undefined;
}

/** What a key of a dict has: `absent` where it certainly has no such key, `undefined` where that is not known. */
export function valueAtKey(value: Value, key: string): Value | "absent" | undefined {
  if (value.kind !== "dict") return undefined;
  for (const entry of value.entries.toReversed()) {
    if (entry.key?.kind !== "str") return undefined;
    if (entry.key.value === key) return entry.value;
  }
  return "absent";
}

/** An engine's OPTIONS, empty where it has none. */
export function optionsOf({ definition }: TemplateEngine): Value | undefined {
  const options = valueAtKey(definition, "OPTIONS");
  return options === "absent" ? { kind: "dict", entries: [] } : options;
}

/** What an engine's OPTIONS have for a key. */
export function optionOf(engine: TemplateEngine, key: string): Value | "absent" | undefined {
  const options = optionsOf(engine);
  return options === undefined ? undefined : valueAtKey(options, key);
}

/** The engines of TEMPLATES in their order; `undefined` where there may be others. */
export function templateEngines(
  settings: Pick<CheckedSettings, "isSubclass">,
  templates: Value,
): readonly TemplateEngine[] | undefined {
  if (templates.kind !== "list" && templates.kind !== "tuple") return undefined;
  const engines: TemplateEngine[] = [];
  for (const { value, spread } of templates.items) {
    if (spread || value.kind !== "dict") return undefined;
    engines.push({ definition: value, isDjango: isDjangoEngine(settings, value) });
  }
  return engines;
}

function isDjangoEngine(settings: Pick<CheckedSettings, "isSubclass">, engine: DictValue): boolean | undefined {
  const backend = valueAtKey(engine, "BACKEND");
  if (backend === undefined || backend === "absent" || backend.kind !== "str") return undefined;
  return isSubclassByName(backend.value, DJANGO_TEMPLATES) ?? settings.isSubclass(backend.value, DJANGO_TEMPLATES);
}

/** Whether an engine has both APP_DIRS and loaders, which no DjangoTemplates can be made with. */
export function hasLoadersAndAppDirs(engine: TemplateEngine): boolean | undefined {
  const appDirs = valueAtKey(engine.definition, "APP_DIRS");
  const isOn = appDirs === "absent" ? false : appDirs === undefined ? undefined : truthOf(appDirs);
  return both(isOn, () => {
    const loaders = optionOf(engine, "loaders");
    return loaders === undefined ? undefined : loaders !== "absent";
  });
}

/**
 * Whether Django can make all engines (`engines.all()`): a check that asks for them reports nothing where that raises.
 * Packages that backends need count as installed.
 */
export function engineListWorks(
  settings: Pick<CheckedSettings, "isSubclass" | "canImport">,
  engines: readonly TemplateEngine[],
): boolean | undefined {
  const names = engines.map(engineName);
  const areUnique = names.includes(undefined) ? undefined : new Set(names).size === names.length;
  return both(areUnique, () =>
    engines.reduce<boolean | undefined>((works, engine) => both(works, () => canBeMade(settings, engine)), true),
  );
}

/** Its NAME, else the last but one part of its backend's path. */
function engineName({ definition }: TemplateEngine): string | undefined {
  const name = valueAtKey(definition, "NAME");
  if (name !== "absent") return name?.kind === "str" ? name.value : undefined;
  const backend = valueAtKey(definition, "BACKEND");
  return backend !== undefined && backend !== "absent" && backend.kind === "str"
    ? backend.value.split(".").at(-2)
    : undefined;
}

/** What `django.template.Engine` takes in OPTIONS; `dirs` and `app_dirs` come from the entry itself. */
export const ENGINE_OPTIONS: ReadonlySet<string> = new Set([
  "autoescape",
  "builtins",
  "context_processors",
  "debug",
  "file_charset",
  "libraries",
  "loaders",
  "string_if_invalid",
]);

function canBeMade(settings: Pick<CheckedSettings, "canImport">, engine: TemplateEngine): boolean | undefined {
  if (engine.isDjango === undefined) return undefined;
  // What an engine of another kind takes is its own business.
  if (!engine.isDjango) return true;
  return both(not(loadersClash(engine)), () =>
    both(knowsOptions(engine), () =>
      both(imports(settings, engine, "libraries"), () => imports(settings, engine, "builtins")),
    ),
  );
}

/** Loaders of None are none for the engine, other than for the check. */
function loadersClash(engine: TemplateEngine): boolean | undefined {
  const loaders = optionOf(engine, "loaders");
  if (loaders !== undefined && loaders !== "absent" && loaders.kind === "none") return false;
  return hasLoadersAndAppDirs(engine);
}

function knowsOptions(engine: TemplateEngine): boolean | undefined {
  const options = optionsOf(engine);
  if (options?.kind !== "dict") return undefined;
  const answers = options.entries.map(({ key }) => (key?.kind === "str" ? ENGINE_OPTIONS.has(key.value) : undefined));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Whether all modules of `libraries` or `builtins` are there. Only those of the workspace are asked for. */
function imports(
  settings: Pick<CheckedSettings, "canImport">,
  engine: TemplateEngine,
  option: "libraries" | "builtins",
): boolean | undefined {
  const value = optionOf(engine, option);
  if (value === "absent") return true;
  const paths = value?.kind === "dict" ? value.entries.map((entry) => entry.value) : itemsOf(value);
  return paths?.reduce<boolean | undefined>(
    (all, one) =>
      both(all, () => {
        if (one.kind !== "str") return undefined;
        return one.value.startsWith("django.") ? true : settings.canImport(`${one.value}.register`);
      }),
    true,
  );
}

function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind !== "list" && value?.kind !== "tuple") return undefined;
  return value.items.some(({ spread }) => spread) ? undefined : value.items.map((item) => item.value);
}

/** Whether an engine's `context_processors` have one; None and none at all are an empty list. */
export function hasContextProcessor(engine: TemplateEngine, processor: string): boolean | undefined {
  const value = optionOf(engine, "context_processors");
  if (value === "absent" || (value !== undefined && value.kind === "none")) return false;
  if (value?.kind !== "list" && value?.kind !== "tuple") return undefined;
  const answers = value.items.map((item) =>
    item.spread || item.value.kind !== "str" ? undefined : item.value.value === processor,
  );
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
