import { parse as parseTomlText, type TomlTable } from "smol-toml";
import { parseAllDocuments, type Document, type DocumentOptions, type ParseOptions, type SchemaOptions } from "yaml";
import { excessOf, MAX_NESTING, type DocumentFormat } from "./excess";

// All parsers of data are called here and nowhere else, so that none gets a text that it cannot bear.

/** A text goes beyond a limit and was not parsed; the message is the rest of a sentence about its file. */
export class DocumentExcess extends Error {}

type YamlOptions = ParseOptions & DocumentOptions & SchemaOptions;

/** The documents of a YAML text; mistakes stand in each one's `errors`. Throws {@link DocumentExcess}. */
export function parseYamlDocuments(text: string, options: YamlOptions): readonly Document.Parsed[] {
  refuseExcess("yaml", text);
  const parsed = parseAllDocuments(text, { ...options, logLevel: "silent", uniqueKeys: false, prettyErrors: false });
  return Array.isArray(parsed) ? parsed : [];
}

/** Throws {@link DocumentExcess} or smol-toml's `TomlError`. */
export function parseTomlDocument(text: string, options: { readonly integersAsBigInt: boolean }): TomlTable {
  refuseExcess("toml", text);
  return parseTomlText(text, { ...options, maxDepth: MAX_NESTING + 1 });
}

/** Throws {@link DocumentExcess} or `SyntaxError`. */
export function parseJsonDocument(text: string): unknown {
  refuseExcess("json", text);
  return JSON.parse(text);
}

function refuseExcess(format: DocumentFormat, text: string): void {
  const excess = excessOf(format, text);
  if (excess !== undefined) throw new DocumentExcess(excess);
}
