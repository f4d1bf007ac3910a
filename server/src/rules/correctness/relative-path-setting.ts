import { normalizePath } from "../../base/path";
import { isAbsolute } from "../../django/checks/filesPaths";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Call, Expr } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { inStatements } from "../../syntax/statements";
import { judgedPaths, rewriteInBaseDir, type ConfiguredPath, type PathUse } from "../questions/paths/configuredPaths";
import { ownRelativePaths } from "../questions/paths/ownPaths";
import doc from "./relative-path-setting.md";

type Context = ContextOf<typeof relativePathSetting>;

const USES: readonly PathUse[] = [
  "static root",
  "media root",
  "static folder",
  "templates",
  "translations",
  "fixtures",
  "database",
  "cache",
  "sessions",
  "mail",
  "log",
];

/** What a process that is started elsewhere does. */
const CONSEQUENCES: Readonly<Record<PathUse, string>> = {
  "static root": "collectstatic writes to another directory than the one that is served",
  "media root": "uploads go to another folder",
  "static folder": "its static files are not found",
  templates: "its templates are not found",
  translations: "its translations are not found",
  fixtures: "its fixtures are not found",
  database: "it opens another, empty database",
  cache: "it keeps a cache of its own",
  sessions: "it sees no session of the others",
  mail: "it writes mail elsewhere",
  log: "it writes its log elsewhere, or fails to start",
  uploads: "uploads in progress go elsewhere",
};

/** What developers, who start the project in its own folder, find wherever it was written. */
const BESIDE: readonly PathUse[] = ["mail", "log"];

export const relativePathSetting = defineRule({
  id: "relative-path-setting",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  // Only that of the cache in files has a check of Django's own.
  partialChecks: ["caches.W003"],
  messages: {
    relative:
      "{path} in {label} is relative to the working directory: from a service, a cron job or another directory, {consequence}. Build it from BASE_DIR.",
    own: "{path} in {setting} is relative to the working directory: from a service, a cron job or another directory, what reads it finds nothing there. Build it from BASE_DIR.",
    working:
      "{setting} is the working directory of the process: a service, a cron job or a shell that starts in another one looks for everything below it there. Build it from __file__.",
    name: "{setting} is built from __name__, which holds no path: what is below it depends on the working directory, and a service or a cron job that starts elsewhere finds none of it. Build it from __file__.",
  },
  fixes: { anchor: { safety: "unsafe", title: "Build it from BASE_DIR" } },
  doc,

  check(context) {
    // Test runners are started in the project's folder.
    if (context.module.role === "test") return;
    reportPathsOfProcess(context);
    for (const { text, proof } of ownRelativePaths(context))
      context.report({
        message: "own",
        values: { path: JSON.stringify(text) },
        proof,
        severity: "info",
        djangoCheck: "none",
      });
    for (const found of judgedPaths(context, USES)) {
      const { use, label, text, proof, site } = found;
      if (isAbsolute(text) !== false) continue;
      context.report({
        message: "relative",
        values: { path: JSON.stringify(text), label, consequence: CONSEQUENCES[use] },
        proof,
        at: site,
        djangoCheck: use === "cache" ? "caches.W003" : undefined,
        severity: context.module.role === "development" && BESIDE.includes(use) ? "info" : undefined,
        fixes: [anchor(context, found)],
      });
    }
  },
});

interface PathOfProcess {
  readonly name: string;
  readonly message: "name" | "working";
  readonly call: Call;
}

/** `ROOT = os.path.dirname(os.path.realpath(__name__))`, a slip of `__file__`, and `ROOT = os.path.abspath(".")`. */
const pathsOfProcess = inStatements((statement): readonly PathOfProcess[] => {
  if (statement.kind !== "Assign" || statement.targets.length !== 1) return [];
  const [target] = statement.targets;
  if (target?.kind !== "Name") return [];
  const found: PathOfProcess[] = [];
  walk([statement.value], (node) => {
    if (node.kind === "Call" && isPathOfName(node)) found.push({ name: target.id, message: "name", call: node });
  });
  const { value } = statement;
  if (value.kind === "Call" && isWorkingDirectory(value))
    found.push({ name: target.id, message: "working", call: value });
  return found;
});

function isPathOfName({ func, args: [first] }: Call): boolean {
  return (
    first?.kind === "Name" &&
    first.id === "__name__" &&
    /(?:^|\.)(?:abspath|realpath|dirname|Path)$/.test(dottedName(func) ?? "")
  );
}

/** `os.getcwd()`, `Path.cwd()`, `os.path.abspath(".")` and `Path(".").resolve()`. */
function isWorkingDirectory({ func, args }: Call): boolean {
  const isHere = (parts: readonly Expr[]): boolean => {
    const [first, ...others] = parts;
    return others.length === 0 && first?.kind === "Str" && /^\.\/?$/.test(first.value);
  };
  const called = dottedName(func) ?? "";
  if (/^(?:(?:os\.)?getcwd|(?:pathlib\.)?Path\.cwd)$/.test(called)) return args.length === 0;
  if (/^(?:os\.path|path)\.(?:abspath|realpath)$|^(?:abspath|realpath)$/.test(called)) return isHere(args);
  if (func.kind !== "Attribute" || !/^(?:resolve|absolute)$/.test(func.attr) || func.value.kind !== "Call")
    return false;
  const path = func.value;
  return /^(?:pathlib\.)?Path$/.test(dottedName(path.func) ?? "") && (path.args.length === 0 || isHere(path.args));
}

/** Where other settings are built on it, as they are on BASE_DIR. */
function reportPathsOfProcess(context: Context): void {
  const { evaluation, source, report } = context;
  for (const path of evaluation.files) {
    const ast = source(path)?.ast;
    for (const { name, message, call } of ast === undefined ? [] : pathsOfProcess(ast)) {
      if (!evaluation.bindings.some(({ reads }) => reads.some((read) => read.name === name))) continue;
      report({ message, values: { setting: name }, setting: name, at: siteOf(path, call) });
    }
  }
}

/** Only for a plain text or `Path("...")`, which says the same from BASE_DIR on. */
function anchor(context: RuleContext, found: ConfiguredPath): ReportedFix<"anchor"> | undefined {
  const node = found.expression?.node;
  const isPlain =
    node?.kind === "Str" || (node?.kind === "Call" && node.args.length === 1 && node.args[0]?.kind === "Str");
  const path = normalizePath(found.text);
  if (!isPlain || path.startsWith("..") || path.startsWith("~")) return undefined;
  const edit = rewriteInBaseDir(context, found, path);
  return edit && { id: "anchor", edit };
}
