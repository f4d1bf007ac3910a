import { baseName } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { deploymentFiles, type DeploymentFile } from "../../../project/deploymentFiles";
import { serverOf } from "../../../project/entryPoints/startCommand";
import { usageOfPath } from "../../../project/nameWords";

/** A line of a file that runs where the site is served, without the comment at its end. */
export interface DeployedLine {
  readonly file: DeploymentFile;
  readonly text: string;
  /** Its offset in the file. */
  readonly start: number;
  /** Whether the script runs it under a condition only. */
  readonly isConditional: boolean;
  /** Whether the file is for production by its kind or name, rather than because it starts a server. */
  readonly isForProduction: boolean;
}

/**
 * The lines of the files that run where the site is served: files that are for production by their kind or name, files that start a
 * server, and the scripts that these name. Makefiles and CI are for people and for checks.
 */
export function deployedLines({ snapshot }: Pick<RuleContext, "snapshot">): readonly DeployedLine[] {
  const files = deploymentFiles(snapshot).filter(({ relative }) => !NOT_RUN.test(relative));
  const started = files.filter((file) => isForProduction(file) || startsServer(file) || BUILD.test(file.relative));
  const named = files.filter((file) => !started.includes(file) && isNamedIn(file, started));
  return [...started, ...named].flatMap(linesOf);
}

/** What platforms run to build the site, by the name that their documentation gives it. */
const BUILD = /(?:^|\/)(?:build|build_files|release|deploy)\.sh$/;

/** Lists of dependencies, and files for people, checks and editors. */
const NOT_RUN =
  /(?:^|\/)(?:[\w.-]+\.toml|setup\.cfg|tox\.ini|pytest\.ini|Makefile|makefile|\.env[\w.-]*)$|(?:^|\/)\.(?:github|gitlab|circleci|vscode|devcontainer)/;

/** Files that are there for production, by their kind or name. A compose file or image without such a name serves developers, too. */
export function isForProduction({ relative }: Pick<DeploymentFile, "relative">): boolean {
  const usage = usageOfPath(relative);
  if (usage === "development" || usage === "test") return false;
  return usage === "production" || usage === "staging" || PLATFORM.test(relative);
}

const PLATFORM =
  /(?:^|\/)(?:Procfile|fly(?:\.[\w-]+)?\.toml|render\.ya?ml|app\.ya?ml|railway\.(?:json|toml)|nixpacks\.toml)$|\.service$/;

function startsServer({ relative, text }: DeploymentFile): boolean {
  const usage = usageOfPath(relative);
  return usage !== "development" && usage !== "test" && serverOf(withoutComments(text)) !== undefined;
}

/** A script by whose name one of the files starts it; two scripts of a name are not told apart. */
function isNamedIn(script: DeploymentFile, files: readonly DeploymentFile[]): boolean {
  const usage = usageOfPath(script.relative);
  if (!/\.sh$|(?:^|\/)(?:entrypoint|start)$/.test(script.relative) || usage === "development" || usage === "test")
    return false;
  return files.some(({ text }) => withoutComments(text).includes(baseName(script.path)));
}

/** The text with blanks in place of comments, so that offsets stay. */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, (comment) => " ".repeat(comment.length));
}

function linesOf(file: DeploymentFile): readonly DeployedLine[] {
  const isScript = !/\.(?:ya?ml|json|ini|service)$|(?:^|\/)Procfile$/.test(file.relative);
  const isFor = isForProduction(file);
  let start = 0;
  let depth = 0;
  return withoutComments(file.text)
    .split("\n")
    .map((line) => {
      const [text = ""] = line.split(" #", 1);
      if (isScript && /^[ \t]*(?:fi|esac|done)\b/.test(text)) depth -= 1;
      const found = { file, text, start, isConditional: depth > 0, isForProduction: isFor };
      if (isScript && /^[ \t]*(?:if|case|while|until|for)\b/.test(text) && !/;[ \t]*(?:fi|esac|done)\b/.test(text))
        depth += 1;
      start += line.length + 1;
      return found;
    });
}

/** A command of `manage.py` in a line. */
export interface ManageCommand {
  readonly name: string;
  /** Offsets in the line: of its name. */
  readonly start: number;
  readonly end: number;
  /** The words behind its name, up to the next command. */
  readonly options: readonly string[];
}

/** What a line runs with `manage.py` or `django-admin`. */
export function manageCommands(line: string): readonly ManageCommand[] {
  const words = [...line.matchAll(/[^\s"',[\]&|;()]+|[&|;]/g)];
  return words.flatMap((word, index) => {
    const name = words[index + 1];
    if (name === undefined || !/(?:^|\/)(?:manage(?:\.py)?|django-admin)$/.test(word[0])) return [];
    const rest = words.slice(index + 2).map(([text]) => text);
    const end = rest.findIndex((text) => /^[&|;]$/.test(text));
    const options = end < 0 ? rest : rest.slice(0, end);
    return [{ name: name[0], start: name.index, end: name.index + name[0].length, options }];
  });
}
