import { baseName, relativePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { findInCode } from "../../../project/codeIndex";
import { deploymentFiles } from "../../../project/deploymentFiles";
import { perListing } from "../../../project/perListing";

const CODE = /\.(?:py|sh|js|ts|tsx|mjs|cjs|rb|go|php)$/;

/** Whether code of the repository, or a deployment file other than by setting it, mentions a variable. */
export function isVariableUsed({ snapshot, project }: RuleContext, name: string): boolean {
  const inCode = { id: `mention of the variable ${name}`, files: CODE, pattern: new RegExp(`\\b${name}\\b`) };
  if (findInCode(snapshot, project.root, inCode) !== undefined) return true;
  return deploymentFiles(snapshot).some(({ text }) => linesWith(text, name).some((line) => !setsIt(line, name)));
}

/** Whether a deployment file, or a template for a file of variables, mentions a variable at all. */
export function isVariableInDeployment({ snapshot }: RuleContext, name: string): boolean {
  const templates = variableTemplates(snapshot.listing).map((path) => snapshot.text(path) ?? "");
  const texts = [...deploymentFiles(snapshot).map(({ text }) => text), ...templates];
  return texts.some((text) => linesWith(text, name).length > 0);
}

const variableTemplates = perListing(({ root, files }) =>
  [...files].filter((path) => /env/i.test(baseName(path)) && !/\.(?:py|[jt]sx?|html)$/.test(relativePath(root, path))),
);

function linesWith(text: string, name: string): readonly string[] {
  if (!text.includes(name)) return [];
  const pattern = new RegExp(`\\b${name}\\b`);
  return text.split("\n").filter((line) => pattern.test(line));
}

/** `NAME=value`, `NAME: value`, `name: NAME`, also where the value is the variable of the same name. */
function setsIt(line: string, name: string): boolean {
  const [before = "", after = ""] = line.split(name, 2);
  const isFirst = /^[\s"'-]*(?:(?:export|ENV|ARG|name:|key:|"name":|"key":)\s*["']?)?$/i.test(before);
  return isFirst && /^["']?\s*(?:[:=,}]|$)/.test(after);
}
