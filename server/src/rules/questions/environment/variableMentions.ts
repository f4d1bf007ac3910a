import { baseName, relativePath, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { findInCode, searchesAll } from "../../../project/codeIndex";
import { deploymentFiles, type DeploymentFile } from "../../../project/deploymentFiles";
import { isEnvFile } from "../../../project/entryPoints/formats";
import { isExamplePath } from "../../../project/exampleFiles";
import { perListing } from "../../../project/perListing";

const CODE = /\.(?:py|sh|js|ts|tsx|mjs|cjs|rb|go|php)$/;

/** Whether code of the repository, or a deployment file other than by setting it, mentions a variable. */
export function isVariableUsed(context: RuleContext, name: string): boolean {
  const { snapshot, project } = context;
  const inCode = { id: `mention of the variable ${name}`, files: CODE, pattern: new RegExp(`\\b${name}\\b`) };
  return findInCode(snapshot, project.root, inCode) !== undefined || isUsedInDeployment(context, name);
}

/** Files in which a program, a template or a schema may take a variable, other than deployment files. */
const READERS = /\.(?:py|sh|[cm]?[jt]sx?|rb|go|php|java|kt|rs|exs?|prisma|conf|template|tmpl|tf|mk)$/;
const PYTHON = /\.py$/;
/** A name of a variable that is computed, the whole environment handed on, and classes whose attributes are variables. */
const ANY_NAME =
  /environ(?:\.get\(|\.pop\(|\[)\s*(?:[fF]["']|\w+\s*[+%]|["'][^"'\n]{0,60}["']\s*(?:[+%]|\.format\b))|getenv\(\s*(?:[fF]["']|\w+\s*[+%]|["'][^"'\n]{0,60}["']\s*[+%])|\benviron\.(?:items|keys)\(|\bfor[ \t]+\w+(?:,[ \t]*\w+)?[ \t]+in[ \t]+(?:os\.)?environ\b(?!\.get)|(?:\bdict\(|\*\*)(?:os\.)?environ\b|\benv_prefix\b|\.prefixed\(|\benv\.prefix\b|\bBaseSettings\b|\bvalues\.\w*Value\(/;

/**
 * Whether something may read a variable whose name may be a setting's as well, so that the mere name means nothing: asked by
 * its name as a string, or substituted. Also so where code computes names, or where not all code is searched: errs towards reading.
 */
export function mayBeRead(context: RuleContext, name: string): boolean {
  const { snapshot } = context;
  const { root } = snapshot.listing;
  if (!searchesAll(snapshot, root, READERS)) return true;
  if (findInCode(snapshot, root, { id: "computed names of variables", files: PYTHON, pattern: ANY_NAME })) return true;
  const asked = { id: `read of the variable ${name}`, files: READERS, pattern: readPattern(name) };
  return findInCode(snapshot, root, asked) !== undefined || isUsedInDeployment(context, name);
}

/** `("DEBUG"`, `["DEBUG"`, `, "DEBUG"`, `"DEBUG" in os.environ`, `name="DEBUG"`, `env.DEBUG`, `$DEBUG`, `${DEBUG`, `$(DEBUG`. */
function readPattern(name: string): RegExp {
  const text = `["'\`]${name}["'\`]`;
  const asText = `(?:[([{]|(?<!\\bsettings),)\\s*${text}|${text}\\s+(?:not\\s+)?in\\b`;
  const asArgument = `\\b(?:name|key|var|variable|env)\\s*=\\s*${text}`;
  const otherwise = `\\b(?:env|environ|cfg|conf|config|secrets?)\\.${name}\\b|\\$[{(]?${name}\\b`;
  return new RegExp([asText, asArgument, otherwise, ...readersOf(name)].join("|"));
}

/** What reads `DATABASE_URL`, `CACHE_URL` and the like without their names. */
const URL_READERS = String.raw`\b(?:dj|django)_\w+_url\b|\.(?:db|db_url|cache|cache_url|email|email_url|search_url)\(\s*\)|heroku`;

/** Libraries that read a variable by themselves. */
function readersOf(name: string): readonly string[] {
  if (name === "SENTRY_DSN") return [String.raw`\b(?:[sS]entry|raven)`];
  return name.endsWith("_URL") ? [URL_READERS] : [];
}

function isUsedInDeployment({ snapshot }: RuleContext, name: string): boolean {
  return deploymentFiles(snapshot).some((file) => linesWith(file.text, name).some((line) => usesIt(file, line, name)));
}

/** In a file of variables only a substitution uses another one. */
function usesIt({ path, relative }: DeploymentFile, line: string, name: string): boolean {
  if (isEnvFile(relative, baseName(path))) return new RegExp(`\\$\\{?${name}\\b`).test(line) && !setsIt(line, name);
  return !/^\s*#/.test(line) && !setsIt(line, name);
}

/** Whether a deployment file, or a template for a file of variables, mentions a variable at all. */
export function isVariableInDeployment({ snapshot }: RuleContext, name: string): boolean {
  const templates = variableFiles(snapshot.listing).map((path) => snapshot.text(path) ?? "");
  const texts = [...deploymentFiles(snapshot).map(({ text }) => text), ...templates];
  return texts.some((text) => linesWith(text, name).length > 0);
}

const variableFiles = perListing(({ root, files }) =>
  [...files].filter((path) => /env/i.test(baseName(path)) && !/\.(?:py|[jt]sx?|html)$/.test(relativePath(root, path))),
);

/** The examples of files of variables, for people to copy and fill in. */
export const variableTemplates = perListing((listing): readonly FilePath[] =>
  [...listing.files].filter((path) => {
    const relative = relativePath(listing.root, path);
    return isEnvFile(relative, baseName(path)) && isExamplePath(relative, listing);
  }),
);

function linesWith(text: string, name: string): readonly string[] {
  if (!text.includes(name)) return [];
  const pattern = new RegExp(`\\b${name}\\b`);
  return text.split("\n").filter((line) => pattern.test(line));
}

/** `NAME=value`, `NAME: value`, `name: NAME`, `echo "NAME=value"`, also where the value is the variable of the same name. */
function setsIt(line: string, name: string): boolean {
  const [before = "", after = ""] = line.split(name, 2);
  const isFirst =
    /^[\s"'-]*(?:run:[ \t]*)?(?:(?:export|ENV|ARG|echo|printf|name:|key:|"name":|"key":)\s*["']?)?$/i.test(before);
  return isFirst && /^["']?\s*(?:[:=,}]|$)/.test(after);
}
