import { isInside, joinPath, type FilePath } from "../base/path";
import { tomlPlaces } from "../documents/tomlPlaces";
import { CONFIG_FILE } from "../lint/configFile";
import { CONFIG_TABLE, readConfig } from "../lint/configReader";
import type { FileEdit, Finding } from "../lint/finding";
import type { Rule } from "../lint/rule";
import { applyFileEdits } from "../lint/applyEdits";
import type { Config } from "../lint/config";
import type { Role } from "../project/model";
import { projectOf, type Analysis, type ProjectAnalysis } from "./analysis";

/** An option of the configuration that is to get a value: `rules."debug-enabled" = "off"`. */
interface Option {
  readonly table: "rules" | "roles";
  readonly key: string;
  readonly value: string;
}

/** The edit that switches a finding's rule off in the configuration that is in force for it; see {@link optionEdit}. */
export function switchOffEdit(
  analysis: Analysis,
  { rule, site }: Finding,
  rules: readonly Rule[],
): readonly FileEdit[] | undefined {
  const option: Option = { table: "rules", key: rule, value: "off" };
  return optionEdit(analysis, configFileFor(analysis, projectOf(analysis, site.file)), option, rules);
}

/** The edit that gives a settings module a role; see {@link optionEdit}. */
export function roleEdit(
  analysis: Analysis,
  owner: ProjectAnalysis,
  { module, role }: { readonly module: string; readonly role: Role },
  rules: readonly Rule[],
): readonly FileEdit[] | undefined {
  const option: Option = { table: "roles", key: module, value: role };
  return optionEdit(analysis, configFileFor(analysis, owner), option, rules);
}

/**
 * The edit that writes an option to a configuration file, or begins one. `undefined` where the file is outside of the folder, not
 * loaded yet, or written in a way that is not understood: what the edit makes of the file is read again before it is offered.
 */
function optionEdit(
  analysis: Analysis,
  file: FilePath,
  option: Option,
  rules: readonly Rule[],
): readonly FileEdit[] | undefined {
  if (!isInside(analysis.root, file)) return undefined;
  const text = analysis.snapshot.text(file);
  if (text === undefined && analysis.snapshot.isFile(file)) return undefined;
  const before = readConfig(text ?? "", file, rules);
  const edit = candidates(text ?? "", option)
    .map((each): FileEdit => ({ ...each, file, ...(text === undefined ? { create: true } : {}) }))
    .find((each) => {
      const made = applyFileEdits([each], () => text ?? "")?.get(file);
      const after = made === undefined ? undefined : readConfig(made, file, rules);
      return (
        after !== undefined &&
        after.problems.length <= (before?.problems.length ?? 0) &&
        valueOf(after, option) === option.value
      );
    });
  return edit === undefined ? undefined : [edit];
}

function valueOf(config: Config, { table, key }: Option): string | undefined {
  return table === "rules" ? config.rules.get(key)?.grade : config.roles.get(key)?.value;
}

function configFileFor(analysis: Analysis, project: ProjectAnalysis | undefined): FilePath {
  const inForce = project?.config.file ?? analysis.config.file;
  if (inForce !== undefined) return inForce;
  const nearby = project === undefined ? undefined : joinPath(project.project.root, CONFIG_FILE);
  return nearby !== undefined && analysis.snapshot.isFile(nearby) ? nearby : joinPath(analysis.root, CONFIG_FILE);
}

type TextEdit = Pick<FileEdit, "range" | "text">;

/** The ways to write an option, the one that fits the file best first. */
function candidates(text: string, { table, key, value }: Option): readonly TextEdit[] {
  const places = placesIn(text);
  if (places === undefined) return [];
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const written = `${/^[\w-]+$/.test(key) ? key : `"${key}"`} = "${value}"`;
  const insert = (at: number, inserted: string): TextEdit => ({ range: { start: at, end: at }, text: inserted });
  const own = places([...CONFIG_TABLE, table, key]);
  const list = places([...CONFIG_TABLE, table]);
  const whole = places(CONFIG_TABLE);
  const found: TextEdit[] = [];
  if (own !== undefined) found.push({ range: own.value, text: `"${value}"` });
  if (list !== undefined && text[list.value.start] === "{") {
    const inner = text.slice(list.value.start + 1, list.value.end - 1).trimEnd();
    const isEmpty = inner.trim() === "";
    const separator = isEmpty || inner.endsWith(",") ? " " : ", ";
    found.push(insert(list.value.start + 1 + inner.length, separator + written + (isEmpty ? " " : "")));
  } else if (list !== undefined) found.push(insert(lineAfter(text, list.value.end), written + lineBreak));
  if (whole !== undefined) found.push(insert(lineAfter(text, whole.value.end), `${table}.${written}${lineBreak}`));
  const header = `[${[...CONFIG_TABLE, table].join(".")}]`;
  found.push(insert(text.length, `${gapBefore(text, lineBreak)}${header}${lineBreak}${written}${lineBreak}`));
  return found;
}

/** `undefined` for a text that is not TOML: nothing is known of where its keys stand. */
function placesIn(text: string): ReturnType<typeof tomlPlaces> | undefined {
  try {
    return tomlPlaces(text);
  } catch {
    return undefined;
  }
}

function lineAfter(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : at + 1;
}

/** What has to stand between a file's text and a new table. */
function gapBefore(text: string, lineBreak: string): string {
  if (text.trim() === "") return "";
  return text.endsWith("\n") ? lineBreak : lineBreak + lineBreak;
}
