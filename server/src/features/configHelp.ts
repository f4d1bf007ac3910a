import { baseName, type FilePath } from "../base/path";
import type { Range } from "../base/text";
import { CONFIG_FILE } from "../lint/configFile";
import { CONFIG_TABLE } from "../lint/configReader";
import { configSchema, type Schema } from "../lint/configSchema";
import type { FileEdit } from "../lint/finding";
import type { Rule } from "../lint/rule";
import type { Analysis } from "./analysis";
import { ruleItems, variableItems, type Completion, type CompletionItem } from "./completionItems";
import { configWordAt, type ConfigWord } from "./configWord";
import type { HoverText } from "./hoverTexts";
import { rulePage } from "./rulePage";
import { codeSpan } from "./valueText";

/** Whether this is a file that may hold the configuration. */
export function isConfigFile(file: FilePath): boolean {
  return baseName(file) === CONFIG_FILE;
}

/** What may be written at an offset (UTF-16 code units) of the configuration's table; `undefined` elsewhere in the file. */
export function configCompletionAt(
  analysis: Analysis,
  rules: readonly Rule[],
  file: FilePath,
  offset: number,
): Completion | undefined {
  const text = analysis.text(file);
  const word = text === undefined ? undefined : configWordAt(text, offset);
  if (text === undefined || word === undefined || word.path.length === 0) return undefined;
  const schemas = schemasAt(rules, word.path);
  const items = word.part === "value" ? valueItems(schemas, word) : keyItems(schemas, word, rules, analysis);
  const written = new Set(text.split("\n").map((line) => /^[\w.-]+/.exec(line.replace(/^[\s"']+/, ""))?.[0]));
  const ranked = [...new Map(items.map((item) => [item.label, item])).values()].map((item) =>
    written.has(item.label) ? { ...item, rank: 2 } : item,
  );
  return ranked.length === 0 ? undefined : { items: ranked, range: word.range };
}

function keyItems(
  schemas: readonly Schema[],
  word: ConfigWord,
  rules: readonly Rule[],
  analysis: Analysis,
): readonly CompletionItem[] {
  if (word.header !== undefined)
    return namedItems(schemas, (schema) =>
      variantsOf(word.header === "table" ? schema : (schema.items ?? {})).some(({ type }) => type === "object"),
    );
  if (schemas.length === 0) return [];
  const table = word.path.at(-1);
  if (table === "rules") return ruleItems(rules);
  const { projects } = analysis;
  if (word.path.length === CONFIG_TABLE.length + 1 && table === "roles")
    return projects
      .flatMap(({ project }) => project.modules)
      .map(({ name, role }) => ({ label: quoted(name, word), kind: "key", detail: role, rank: 1 }));
  if (word.path.length === CONFIG_TABLE.length + 1 && table === "assume")
    return projects.flatMap((owner) => variableItems({ analysis, owner, file: owner.project.root }));
  return namedItems(schemas, () => true);
}

function namedItems(schemas: readonly Schema[], isWanted: (schema: Schema) => boolean): readonly CompletionItem[] {
  return schemas
    .flatMap((schema) => shapesOf(schema).flatMap(({ properties = {} }) => Object.entries(properties)))
    .filter(([, schema]) => isWanted(schema))
    .map(([label, { description }]) => ({
      label,
      kind: "key",
      ...(description === undefined ? {} : { documentation: description }),
      rank: 1,
    }));
}

function valueItems(schemas: readonly Schema[], word: ConfigWord): readonly CompletionItem[] {
  const shapes = schemas.flatMap(shapesOf);
  const texts = shapes.flatMap((schema) => schema.enum ?? []).map((text) => quoted(text, word));
  const flags = !word.isQuoted && shapes.some(({ type }) => type === "boolean") ? ["true", "false"] : [];
  return [...texts, ...flags].map((label) => ({ label, kind: "value", rank: 1 }));
}

function quoted(text: string, word: ConfigWord): string {
  return word.isQuoted ? text : `"${text}"`;
}

/** A rule's page on its id, what a key means on a key. */
export function configHoverAt(text: string, rules: readonly Rule[], offset: number): HoverText | undefined {
  const word = configWordAt(text, offset);
  if (word === undefined || word.part !== "key" || word.path.length < CONFIG_TABLE.length) return undefined;
  const [schema] = schemasAt(rules, [...word.path, word.text]);
  if (schema === undefined) return undefined;
  const page = word.path.at(-1) === "rules" ? rulePage(rules, word.text) : undefined;
  if (page !== undefined) return { markdown: page, range: word.range };
  if (schema.description === undefined) return undefined;
  const fallback = schema.default === undefined ? "" : ` Default: ${codeSpan(JSON.stringify(schema.default))}.`;
  return { markdown: `**${word.text}**: ${schema.description}${fallback}`, range: word.range };
}

/** What the schema says of a key, by the keys from the top of the file that lead to it. */
function schemasAt(rules: readonly Rule[], path: readonly string[]): readonly Schema[] {
  const [tool, name] = CONFIG_TABLE;
  const file: Schema = { properties: { [tool]: { properties: { [name]: configSchema(rules) } } } };
  let found: readonly Schema[] = [file];
  for (const key of path) found = found.flatMap((schema) => shapesOf(schema).flatMap((shape) => below(shape, key)));
  return found;
}

function below({ properties = {}, additionalProperties }: Schema, key: string): readonly Schema[] {
  if (Object.hasOwn(properties, key)) return [properties[key] ?? {}];
  return typeof additionalProperties === "object" ? [additionalProperties] : [];
}

/** The ways in which a value may be written. */
function variantsOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? [schema];
}

/** The same, with what a list holds in place of the list: TOML names a list of tables in each of its elements. */
function shapesOf(schema: Schema): readonly Schema[] {
  return variantsOf(schema).flatMap(({ items, ...variant }) => (items === undefined ? [variant] : variantsOf(items)));
}

/** A way to mend what is wrong with the configuration. */
export interface ConfigFix {
  readonly title: string;
  readonly message: string;
  readonly edit: FileEdit;
}

/** The ways to mend the problems of a configuration file that touch a range. */
export function configFixesAt(analysis: Analysis, file: FilePath, range: Range): readonly ConfigFix[] {
  return analysis.problems.flatMap((problem) => {
    const { meant, message, range: at = { start: 0, end: 0 } } = problem;
    if (problem.file !== file || meant === undefined || at.start > range.end || range.start > at.end) return [];
    const title = `Change to "${meant.text}"`;
    return [{ title, message, edit: { file, range: meant.range, text: meant.text } }];
  });
}
