import { isInside, joinPath, type FilePath } from "../base/path";
import { tomlPlaces } from "../documents/tomlPlaces";
import { CONFIG_FILE } from "../lint/configFile";
import { CONFIG_TABLE, readConfig } from "../lint/configReader";
import type { FileEdit, Finding } from "../lint/finding";
import type { Rule } from "../lint/rule";
import { applyFileEdits } from "../lint/applyEdits";
import { projectOf, type Analysis } from "./analysis";

/**
 * The edit that switches a finding's rule off in the configuration that is in force for it, or begins one in the project's
 * pyproject.toml. `undefined` where the file is outside of the folder, not loaded yet, or written in a way that is not understood:
 * what the edit makes of the file is read again before it is offered.
 */
export function switchOffEdit(
  analysis: Analysis,
  { rule, site }: Finding,
  rules: readonly Rule[],
): readonly FileEdit[] | undefined {
  const file = configFileFor(analysis, site.file);
  if (!isInside(analysis.root, file)) return undefined;
  const text = analysis.snapshot.text(file);
  if (text === undefined && analysis.snapshot.isFile(file)) return undefined;
  const before = readConfig(text ?? "", file, rules);
  return candidates(text ?? "", rule)
    .map((edit) => ({ ...edit, file, ...(text === undefined ? { create: true } : {}) }))
    .filter((edit) => {
      const made = applyFileEdits([edit], () => text ?? "")?.get(file);
      const after = made === undefined ? undefined : readConfig(made, file, rules);
      const isClean = after !== undefined && after.problems.length <= (before?.problems.length ?? 0);
      return isClean && after.rules.get(rule)?.grade === "off";
    })
    .slice(0, 1);
}

function configFileFor(analysis: Analysis, file: FilePath): FilePath {
  const project = projectOf(analysis, file);
  const inForce = project?.config.file ?? analysis.config.file;
  if (inForce !== undefined) return inForce;
  const nearby = project === undefined ? undefined : joinPath(project.project.root, CONFIG_FILE);
  return nearby !== undefined && analysis.snapshot.isFile(nearby) ? nearby : joinPath(analysis.root, CONFIG_FILE);
}

type TextEdit = Pick<FileEdit, "range" | "text">;

/** The ways to write it, the one that fits the file best first. */
function candidates(text: string, rule: string): readonly TextEdit[] {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const insert = (at: number, written: string): TextEdit => ({ range: { start: at, end: at }, text: written });
  const end = insert(
    text.length,
    `${endOf(text, lineBreak)}[${[...CONFIG_TABLE, "rules"].join(".")}]${lineBreak}${rule} = "off"${lineBreak}`,
  );
  const places = placesIn(text);
  if (places === undefined) return [];
  const own = places([...CONFIG_TABLE, "rules", rule]);
  const list = places([...CONFIG_TABLE, "rules"]);
  const table = places(CONFIG_TABLE);
  const found: TextEdit[] = [];
  if (own !== undefined) found.push({ range: own.value, text: '"off"' });
  if (list !== undefined) {
    const written = text.slice(list.value.start, list.value.end);
    if (written.startsWith("{")) {
      const inner = written.slice(1, -1).trimEnd();
      const separator = inner.trim() === "" ? " " : inner.endsWith(",") ? " " : ", ";
      found.push(
        insert(list.value.start + 1 + inner.length, `${separator}${rule} = "off"${inner.trim() === "" ? " " : ""}`),
      );
    } else found.push(insert(lineAfter(text, list.value.end), `${rule} = "off"${lineBreak}`));
  }
  if (table !== undefined) found.push(insert(lineAfter(text, table.value.end), `rules.${rule} = "off"${lineBreak}`));
  return [...found, end];
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
function endOf(text: string, lineBreak: string): string {
  if (text.trim() === "") return "";
  return text.endsWith("\n") ? lineBreak : lineBreak + lineBreak;
}
