import { GRADES, PRESETS, ROLES } from "./config";
import type { OptionDeclaration, OptionValue, Rule } from "./rule";

/** What of JSON Schema the configuration needs. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "boolean" | "integer";
  readonly description?: string;
  readonly default?: OptionValue;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly title?: string;
  readonly $schema?: string;
}

const TEXTS: Schema = { type: "array", items: { type: "string" } };

/** The JSON schema (draft 7, as editors' TOML support reads it) of the `[tool.django-settings-lint]` table. */
export function configSchema(rules: readonly Rule[]): Schema {
  const ruleTable = rulesSchema(rules);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Django Settings Lint",
    description: "The [tool.django-settings-lint] table of pyproject.toml.",
    type: "object",
    additionalProperties: false,
    properties: {
      preset: {
        enum: PRESETS,
        default: "recommended",
        description:
          "recommended: the rules that are on by default. strict: the same, each finding at least a warning. all: every rule. none: only the rules named in rules.",
      },
      rules: ruleTable,
      overrides: {
        type: "array",
        description: "Rules for some files or some environments; later entries win.",
        items: {
          type: "object",
          additionalProperties: false,
          properties: {
            paths: { ...TEXTS, description: "Glob patterns of the files, relative to this file." },
            roles: { type: "array", items: { enum: ROLES }, description: "Roles of the settings modules." },
            rules: ruleTable,
          },
        },
      },
      roles: {
        type: "object",
        description: "The environment that a settings module serves, by its dotted name.",
        additionalProperties: { enum: ROLES },
      },
      assume: {
        type: "object",
        description: "Environment variables whose text is known for production.",
        additionalProperties: { type: "string" },
      },
      django: {
        type: "string",
        pattern: "^\\d+\\.\\d+(\\.\\d+)?$",
        description: "The Django release, where requirements and lock files do not say it.",
      },
      exclude: {
        ...TEXTS,
        description: "Glob patterns of files and folders that are not read, relative to this file.",
      },
      "require-reason": {
        type: "boolean",
        default: false,
        description: "Report suppression comments that give no reason after --.",
      },
    },
  };
}

function rulesSchema(rules: readonly Rule[]): Schema {
  return {
    type: "object",
    description: "Severities and options of single rules.",
    additionalProperties: false,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
  };
}

function ruleSchema(rule: Rule): Schema {
  const options = Object.entries(rule.options ?? {}).map(([name, option]) => [name, optionSchema(option)] as const);
  const table: Schema = {
    type: "object",
    additionalProperties: false,
    properties: { severity: { enum: GRADES }, ...Object.fromEntries(options) },
  };
  return { description: summaryOf(rule), anyOf: [{ enum: GRADES }, table] };
}

function optionSchema(option: OptionDeclaration): Schema {
  const type: Schema = option.type === "strings" ? TEXTS : { type: option.type };
  return { ...type, default: option.default, description: option.description };
}

/** The first paragraph of a rule's page, on one line: what it reports. */
export function summaryOf(rule: Rule): string {
  const paragraphs = rule.doc.replaceAll("\r\n", "\n").split(/\n\s*\n/);
  const first = paragraphs.map((paragraph) => paragraph.trim()).find((text) => text !== "" && !text.startsWith("#"));
  return (first ?? rule.id).replace(/\s+/g, " ");
}
