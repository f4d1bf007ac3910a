import type { FilePath } from "../../../../base/path";
import type { CallContext } from "../../../program/call";
import { pure } from "../../../program/pure";
import { PythonRaise } from "../../../values/raise";
import { str, unknown, UNSET, type DictValue, type Value } from "../../../values/value";
import { placedTree } from "../../../values/dataPlaces";
import { plain } from "./values";
import { fileText } from "../../stdlib/files";
import { parseJson } from "../../stdlib/json";
import { parseToml } from "../../stdlib/toml";
import { readVariable } from "../../variables";
import { parseYaml } from "../yaml/yaml";

export interface SettingsFile {
  readonly file: FilePath;
  readonly content: DictValue;
}

/** What the settings files of a dynaconf project say. */
export interface SettingsFiles {
  /** The files in order; later ones win. */
  readonly contents: readonly SettingsFile[];
  /** Whether the first level of a file names environments: `[default]`, `[production]`. */
  readonly hasEnvironments: boolean;
  /** The variable that says which one is taken. */
  readonly switcher: string;
}

/** A file's contents; `undefined` where there is none, unknown where they cannot be told. */
export function settingsFile(path: string, call: CallContext): Value | undefined {
  const found = fileText(path, call);
  if (found.kind !== "text") return undefined;
  try {
    if (/\.to?ml$/.test(path)) return parseToml(found.text);
    if (/\.ya?ml$/.test(path)) return found.text.trim() === "" ? { kind: "dict", entries: [] } : parseYaml(found.text);
    if (path.endsWith(".json")) return parseJson(found.text);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
  }
  return unknown("unsupported", "a settings file of this form", call.site);
}

/** The upper-case names that the files give a value to, in any environment. */
export function namesIn(files: SettingsFiles): readonly string[] {
  const tables = files.contents.flatMap(({ content }) =>
    files.hasEnvironments ? content.entries.map(({ value }) => value) : [content],
  );
  return [...new Set(tables.flatMap((table) => (table.kind === "dict" ? table.entries.map(nameOf) : [])))];
}

function nameOf(entry: DictValue["entries"][number]): string {
  return keyText(entry).toUpperCase();
}

/** A name's value in the files, `otherwise` where they have none. */
export function valueIn(files: SettingsFiles, name: string, otherwise: Value, call: CallContext): Value {
  if (files.contents.length === 0) return otherwise;
  if (!files.hasEnvironments) return inEnvironment(files, name, "") ?? otherwise;
  const sections = new Set(
    files.contents.flatMap(({ content }) => content.entries.filter((entry) => has(entry.value, name)).map(sectionOf)),
  );
  if ([...sections].every((section) => section === "default" || section === "global"))
    return inEnvironment(files, name, "") ?? otherwise;
  const environment = readVariable(
    {
      variable: files.switcher,
      library: "os",
      cast: "str",
      fallback: str("development"),
      convert: str,
      missing: "KeyError",
    },
    call,
  );
  const compute = ([given, value]: readonly Value[]): Value => {
    if (given?.kind !== "str") return unknown("environment", files.switcher);
    const found = inEnvironment(files, name, given.value.toLowerCase()) ?? (value as Value);
    if (found.kind === "unset") throw new PythonRaise("AttributeError");
    return found;
  };
  return pure(call.machine, call.state, `dynaconf ${name}`, [environment, otherwise], compute, { site: call.site });
}

function keyText({ key }: DictValue["entries"][number]): string {
  return key?.kind === "str" ? key.value : "";
}

function sectionOf(entry: DictValue["entries"][number]): string {
  return keyText(entry).toLowerCase();
}

function has(table: Value, name: string): boolean {
  return table.kind !== "dict" || table.entries.some((entry) => nameOf(entry) === name);
}

/** What the files say in one environment: the defaults, then its own section, then what holds for all. */
function inEnvironment(files: SettingsFiles, name: string, environment: string): Value | undefined {
  const order = ["default", ...environment.split(",").map((each) => each.trim()), "global"];
  let found: Value | undefined;
  for (const { file, content } of files.contents) {
    const sections = order.flatMap((each) => content.entries.filter((entry) => sectionOf(entry) === each));
    const tables = files.hasEnvironments
      ? sections.map((section) => ({ table: section.value, above: [keyText(section)] }))
      : [{ table: content, above: [] }];
    for (const { table, above } of tables)
      for (const entry of table.kind === "dict" ? table.entries : [])
        if (nameOf(entry) === name) found = placedTree(plain(entry.value), file, [...above, keyText(entry)]);
  }
  return found;
}

/** Stands for a setting that nothing gives a value to. */
export const NO_SETTING: Value = UNSET;
