import { baseName, relativePath, type FilePath } from "../base/path";
import type { Config, Origin, RuleChoice } from "../lint/config";
import type { EditorSettings } from "../protocol";
import { projectOf, type Analysis } from "./analysis";
import { codeSpan } from "./valueText";

/**
 * The configuration in force for a file (or for the folder) in Markdown: each value with where it comes from, what the
 * editor's settings change, and the roles of the project's modules with their evidence.
 */
export function resolvedConfigPage(analysis: Analysis, file: FilePath | undefined, editor: EditorSettings): string {
  const project = file === undefined ? analysis.projects[0] : projectOf(analysis, file);
  const config = project?.config ?? analysis.config;
  const sections = ["# Configuration in force", about(config, file, analysis), valuesSection(config, analysis)];
  sections.push(editorSection(editor), rulesSection(config, analysis));
  if (config.problems.length > 0)
    sections.push(
      `## Problems\n\n${config.problems.map(({ message }) => `- ${analysis.redactor.clean(message)}`).join("\n")}`,
    );
  for (const each of file === undefined ? analysis.projects : project === undefined ? [] : [project]) {
    const { root, modules, django } = each.project;
    const lines = modules.map(
      (module) =>
        `- ${codeSpan(module.name)}: ${module.role}${module.isEntry ? "" : ", only imported"}. ${module.evidence.map(({ text }) => text).join(" ")}`,
    );
    const version = django === undefined ? "not known" : `${django.version.join(".")} (from ${django.source})`;
    const name = root === analysis.root ? baseName(root) : shown(root, analysis);
    sections.push(`## Project ${codeSpan(name)}\n\nDjango: ${version}\n\n${lines.join("\n")}`);
  }
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function about(config: Config, file: FilePath | undefined, analysis: Analysis): string {
  const subject = file === undefined ? "For this folder" : `For ${codeSpan(shown(file, analysis))}`;
  return config.file === undefined
    ? `${subject}. No \`pyproject.toml\` has a \`[tool.django-settings-lint]\` table, so all values are defaults.`
    : `${subject}, from ${codeSpan(shown(config.file, analysis))}.`;
}

function valuesSection(config: Config, analysis: Analysis): string {
  const rows = [
    row("preset", config.preset.value, config.preset.origin, analysis),
    row("exclude", config.exclude.value.join(", ") || "nothing", config.exclude.origin, analysis),
    row("require-reason", `${config.requireReason.value}`, config.requireReason.origin, analysis),
  ];
  if (config.django !== undefined)
    rows.push(row("django", config.django.value.join("."), config.django.origin, analysis));
  for (const [name, role] of config.roles) rows.push(row(`roles."${name}"`, role.value, role.origin, analysis));
  for (const [name, text] of config.assume)
    rows.push(row(`assume.${name}`, analysis.redactor.cleanUnder(name, text.value), text.origin, analysis));
  return `| option | value | from |\n| --- | --- | --- |\n${rows.join("\n")}`;
}

function rulesSection(config: Config, analysis: Analysis): string {
  const rows = [...config.rules].map(([id, choice]) => row(id, choiceText(choice), choice.origin, analysis));
  for (const override of config.overrides) {
    const where = [...(override.paths ?? []), ...(override.roles ?? [])].join(", ") || "everywhere";
    for (const [id, choice] of override.rules)
      rows.push(row(`${id} (${where})`, choiceText(choice), choice.origin, analysis));
  }
  return rows.length === 0 ? "" : `## Rules\n\n| rule | setting | from |\n| --- | --- | --- |\n${rows.join("\n")}`;
}

function choiceText({ grade, options }: RuleChoice): string {
  const parts = [grade ?? "on", ...[...options].map(([name, value]) => `${name} = ${JSON.stringify(value)}`)];
  return parts.join(", ");
}

function editorSection(editor: EditorSettings): string {
  const lines = Object.entries(editor.severityOverrides).map(([id, grade]) => `- ${codeSpan(id)} is shown as ${grade}`);
  if (!editor.enable) lines.unshift("- everything is switched off");
  if (!editor.workspaceFindings) lines.push("- only open files get findings");
  return lines.length === 0 ? "" : `## Settings of this editor\n\n${lines.join("\n")}`;
}

function row(name: string, value: string, origin: Origin, analysis: Analysis): string {
  return `| ${cell(name)} | ${cell(analysis.redactor.clean(value))} | ${originText(origin, analysis)} |`;
}

function cell(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

function originText(origin: Origin, analysis: Analysis): string {
  switch (origin.kind) {
    case "default":
      return "default";
    case "preset":
      return `preset ${origin.preset}`;
    case "file":
      return cell(`${shown(origin.file, analysis)}:${origin.line + 1}`);
  }
}

function shown(path: FilePath, { root }: Analysis): string {
  return relativePath(root, path);
}
