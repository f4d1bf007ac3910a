import type { FilePath } from "../../server/src/base/path";
import { joinPath, relativePath } from "../../server/src/base/path";
import type { Analysis } from "../../server/src/features/analysis";
import { Workspace } from "../../server/src/features/workspace";
import { applyFileEdits } from "../../server/src/lint/applyEdits";
import type { FileEdit } from "../../server/src/lint/finding";
import { NOTHING_NEW } from "../../server/src/lint/memory/ruleMemory";
import type { Rule } from "../../server/src/lint/rule";
import { MemoryFileSystem } from "./memoryFileSystem";
import { testParser } from "./parser";

/** Where the files of a case stand. */
export const ROOT: FilePath = "/shop-project";

/** Relative paths with their texts. */
export type Files = ReadonlyMap<string, string>;

/** Lints the files of a case as a project of its own. A rule that throws or breaks its declaration fails the test. */
export async function lintFiles(files: Files, rules: readonly Rule[]): Promise<Analysis> {
  const contents = Object.fromEntries([...files].map(([path, text]) => [joinPath(ROOT, path), text]));
  const errors: unknown[] = [];
  const parser = await testParser();
  const options = { files: new MemoryFileSystem(contents), parser, rules: rules.map((rule) => watched(rule, errors)) };
  const analysis = await new Workspace(ROOT, options).analyse();
  if (errors.length > 0) throw errors[0];
  return analysis;
}

/** The engine makes a note of a rule that fails and goes on; a test must not. That there is nothing new is no failure. */
function watched(rule: Rule, errors: unknown[]): Rule {
  const check: Rule["check"] = (context) => {
    try {
      rule.check(context);
    } catch (error) {
      if (error !== NOTHING_NEW) errors.push(error);
      throw error;
    }
  };
  return { ...rule, check };
}

/** The files of a case with what every Django project has: manage.py, a Django release, and the roles it states. */
export function projectFiles(files: Files, roles: ReadonlyMap<string, string>): Files {
  const all = new Map(files);
  if (!all.has("manage.py")) all.set("manage.py", managePy(files, roles));
  if (!statesDjango(files)) all.set("requirements.txt", `${files.get("requirements.txt") ?? ""}Django==5.2\n`);
  const config = configOf(files.get("pyproject.toml") ?? "", roles);
  if (config !== "") all.set("pyproject.toml", config);
  return all;
}

function managePy(files: Files, roles: ReadonlyMap<string, string>): string {
  const modules = [...files.keys()].filter((path) => path.endsWith(".py") && !path.endsWith("__init__.py"));
  const development = modules.find((path) => roles.get(path) === "development");
  const chosen = development ?? modules.find((path) => roles.get(path) !== "base") ?? modules[0] ?? "settings.py";
  return [
    "import os",
    "import sys",
    "",
    'if __name__ == "__main__":',
    `    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${moduleOf(chosen)}")`,
    "    from django.core.management import execute_from_command_line",
    "",
    "    execute_from_command_line(sys.argv)",
    "",
  ].join("\n");
}

function moduleOf(path: string): string {
  return path.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".");
}

function statesDjango(files: Files): boolean {
  return [...files].some(
    ([path, text]) =>
      /requirements|pyproject|Pipfile|\.lock$|setup\.(?:py|cfg)$/.test(path) && /\bdjango\b/i.test(text),
  );
}

/** The case's own configuration with the roles that it states. */
function configOf(text: string, roles: ReadonlyMap<string, string>): string {
  if (roles.size === 0) return text;
  const lines = [...roles].map(([path, role]) => `"${moduleOf(path)}" = "${role}"`);
  const table = ["[tool.django-settings-lint.roles]", ...lines, ""].join("\n");
  return text === "" ? table : `${text}\n${table}`;
}

/** The files after some edits, which count from behind a byte order mark. Throws when they cannot be applied. */
export function applyEdits(files: Files, edits: readonly FileEdit[]): Files {
  const changed = applyFileEdits(edits, (file) => files.get(relativePath(ROOT, file))?.replace(/^\uFEFF/, ""));
  if (changed === undefined) throw new Error("the edits are for a file that is not there, or outside of its text");
  const mark = (path: string): string => (files.get(path)?.startsWith("\uFEFF") === true ? "\uFEFF" : "");
  const written = [...changed].map(([file, text]) => [relativePath(ROOT, file), text] as const);
  return new Map([...files, ...written.map(([path, text]) => [path, mark(path) + text] as const)]);
}
