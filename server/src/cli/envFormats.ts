import { largest } from "../base/lists";
import { printable } from "../base/printable";
import type { Redactor } from "../lint/redaction/redactor";
import { defaultText, isRequired, typeText, type UsedVariable } from "../features/usedVariables";
import { jsonText } from "./jsonText";
import { displayWidth, padEnd, wrap } from "./layout";
import type { Locations } from "./locations";
import { moduleName } from "./showTable";
import type { Style } from "./style";

/** What the printers need beside the variables. */
export interface EnvContext {
  readonly at: Locations;
  readonly redactor: Redactor;
  readonly style: Style;
  /** Columns of the terminal; `undefined`: lines are as long as they are. */
  readonly columns: number | undefined;
}

const DEFAULT_COLUMNS = 100;

/** Name, type and default, then where it is read, what it decides and who sets it. */
export function variablesTable(variables: readonly UsedVariable[], context: EnvContext): string {
  const { style, columns = DEFAULT_COLUMNS } = context;
  if (variables.length === 0) return "The settings read no environment variables.\n";
  const width = largest(
    variables.map(({ name }) => displayWidth(name)),
    0,
  );
  const lines = variables.flatMap((variable) => {
    const facts = [
      `read at ${placesOf(variable, context)}`,
      ...(variable.settings.length === 0 ? [] : [`decides ${variable.settings.join(", ")}`]),
      setText(variable, context),
    ];
    const indent = " ".repeat(4);
    return [
      `${style.bold(padEnd(variable.name, width))}  ${printable(needText(variable, context))}`,
      ...facts.flatMap((fact) =>
        wrap(printable(fact), columns - indent.length).map((line) => style.dim(indent + line)),
      ),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** `required int`, `str, default 'UTC'`. */
function needText(variable: UsedVariable, { redactor }: EnvContext): string {
  const type = typeText(variable.reads);
  if (isRequired(variable)) return `required ${type}`;
  const read = variable.reads.find(({ fallback }) => fallback !== undefined);
  return read === undefined ? type : `${type}, default ${defaultText(read, redactor)}`;
}

function placesOf({ reads }: UsedVariable, { at }: EnvContext): string {
  return reads.map(({ site }) => at.line(site.file, site.range)).join(", ");
}

function setText({ set }: UsedVariable, { at }: EnvContext): string {
  if (set.length === 0) return "set by no deployment file";
  return `set at ${set.map(({ file, range }) => at.line(file, range)).join(", ")}`;
}

/** The shape of `env --format json`: docs/schemas/env.schema.json. */
export function variablesJson(variables: readonly UsedVariable[], context: EnvContext): string {
  const { at, redactor } = context;
  return jsonText({
    version: 1,
    variables: variables.map((variable) => ({
      name: variable.name,
      required: isRequired(variable),
      modules: variable.uses.map(({ entry }) => moduleName(entry.module)),
      settings: variable.settings,
      reads: variable.reads.map((read) => ({
        file: at.path(read.site.file),
        line: at.position(read.site.file, read.site.range.start).line,
        type: read.cast,
        library: read.library,
        default: defaultText(read, redactor) ?? null,
      })),
      set: variable.set.map(({ file, range, purpose }) => ({
        file: at.path(file),
        line: at.position(file, range.start).line,
        purpose,
      })),
    })),
  });
}

/** A table for documentation. */
export function variablesMarkdown(variables: readonly UsedVariable[], context: EnvContext): string {
  const cell = (text: string): string => printable(text).replaceAll("|", "\\|");
  const rows = variables.map(
    (variable) =>
      `| \`${variable.name}\` | ${cell(needText(variable, context))} | ${variable.settings.map((name) => `\`${name}\``).join(", ")} | ${cell(setText(variable, context))} |`,
  );
  return `${["| Variable | Value | Decides | Deployment |", "| --- | --- | --- | --- |", ...rows].join("\n")}\n`;
}

/** A `.env.example`: what each variable is for, and no values. */
export function dotenvText(variables: readonly UsedVariable[], context: EnvContext): string {
  const blocks = variables.map((variable) => {
    const comments = [needText(variable, context)];
    if (variable.settings.length > 0) comments.push(`decides ${variable.settings.join(", ")}`);
    const assignment = isRequired(variable) ? `${variable.name}=` : `# ${variable.name}=`;
    return [...comments.map((comment) => `# ${printable(comment)}`), assignment].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
