import { baseName } from "../base/path";
import { nameOfPlaceholders } from "./templateText";
import type { WorkspaceListing } from "./workspaceFiles";

const EXAMPLE_WORD = /(?:^|[._-])(?:example|examples|sample|dist|template|tmpl|tpl|skel|default-settings)(?=[._-]|$)/i;
const TEMPLATE_SUFFIX = /\.(?:j2|jinja|jinja2|tmpl|tpl|erb|in|gotmpl|mustache|hbs)$/i;
const PLACEHOLDER_PATH = /\{\{|\{%|%\(|__cookiecutter/;

/**
 * Whether a file is a pattern for others to copy and fill in (`local.example.py`, `.env.sample`, `settings.dist.py`, a
 * cookiecutter's tree), not something that runs. Judged by the path alone. Where the workspace is read as a template for projects,
 * the folders that a placeholder names are the project.
 */
export function isExamplePath(written: string, workspace?: Pick<WorkspaceListing, "isTemplate">): boolean {
  const relative = workspace?.isTemplate === true ? nameOfPlaceholders(written) : written;
  if (PLACEHOLDER_PATH.test(relative)) return true;
  // What DigitalOcean's button deploys is called a template and is none.
  if (/(?:^|\/)\.do\/deploy\.template\.ya?ml$/.test(relative)) return false;
  const name = baseName(relative);
  // requirements.in and the like are sources of pip-tools, not templates.
  if (TEMPLATE_SUFFIX.test(name) && !/requirements|deps/i.test(name)) return true;
  return EXAMPLE_WORD.test(name.replace(/\.py$/, ""));
}

/**
 * Whether a text holds placeholders of a project template (`{{ secret_key }}`, `{{ cookiecutter.slug }}`, `{% if %}`). Only names
 * that templates use: doubled braces also stand in ordinary format strings.
 */
export function hasTemplatePlaceholders(text: string): boolean {
  if (!text.includes("{{") && !text.includes("{%")) return false;
  return (
    /\{\{\s*(?:secret_key|project_name|project_slug|docs_version|django_version|cookiecutter\.|copier|_copier)/.test(
      text,
    ) || /^[ \t]*\{%-?\s*(?:if|for|block|raw|endif|else|set)\b/m.test(text)
  );
}
