import { isSettingName } from "../../project/djangoNames";
import type { FilePath } from "../../base/path";
import { isDjangoSetting } from "../../django/facts";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { ImportFrom, Stmt } from "../../syntax/ast";
import { allStatements, blocksOf, inStatements } from "../../syntax/statements";
import { boundNames } from "../../syntax/statements";

import { reads } from "../questions/assignments/statements";
import doc from "./local-settings-imported-too-early.md";

type Context = ContextOf<typeof localSettingsImportedTooEarly>;

const LOCAL_NAME = /(^|\.)(local\w*|\w+_local|secrets?|overrides?\w*|custom\w*|private\w*)$/;
/** Below this many, settings after the import of an absent module are taken to be meant for it. */
const MIN_FOLLOWING = 3;

/** A star import for local overrides with settings after it that override the overrides. */
export const localSettingsImportedTooEarly = defineRule({
  id: "local-settings-imported-too-early",
  category: "split-settings",
  severity: "warning",
  audience: "file",
  messages: {
    overwrites: "What {imported} sets is overwritten below this import: {names}. Import local settings last.",
    mayOverwrite:
      "Local settings are imported too early: {count} settings follow this import and overwrite what {imported} may set, {names} among them. Import local settings last.",
  },
  fixes: { moveToEnd: { safety: "safe", title: "Move the import to the end of the file" } },
  doc,

  check(context) {
    const { ast } = context.file;
    for (const { star, statement } of localImports(ast))
      checkImport(context, star, statement, ast.body.slice(ast.body.indexOf(statement) + 1));
  },
});

const localImports = inStatements((statement) => {
  const star = localImport(statement);
  return star === undefined ? [] : [{ star, statement }];
});

/** The star import of a module with a local name, alone or in a `try`, `if` or `with`. */
function localImport(statement: Stmt): ImportFrom | undefined {
  const [inner] = statement.kind === "ImportFrom" ? [statement] : (blocksOf(statement, "branches")[0] ?? []);
  const isAlone = statement.kind === "ImportFrom" || blocksOf(statement, "branches")[0]?.length === 1;
  if (!isAlone || inner?.kind !== "ImportFrom" || inner.names !== "*") return undefined;
  return LOCAL_NAME.test(inner.module) ? inner : undefined;
}

function checkImport(context: Context, star: ImportFrom, statement: Stmt, rest: readonly Stmt[]): void {
  const following = [...new Set(rest.flatMap((one) => plainNames(one)))].filter((name) => !isReadBefore(rest, name));
  const set = namesOf(context, star);
  // What brings the apps and the middleware is what this module builds on, whatever it is called.
  if (set?.has("INSTALLED_APPS") === true && set.has("MIDDLEWARE")) return;
  const imported = ".".repeat(star.level) + star.module;
  const names = set === undefined ? following.filter(isDjangoSetting) : following.filter((name) => set.has(name));
  if (set === undefined ? names.length < MIN_FOLLOWING : names.length === 0) return;
  context.report({
    message: set === undefined ? "mayOverwrite" : "overwrites",
    values: { imported, names: names.slice(0, 4).join(", "), count: String(names.length) },
    at: siteOf(context.file.path, star),
    severity: set === undefined ? "info" : "warning",
    fixes: [moveToEnd(context, statement)],
  });
}

function plainNames(statement: Stmt): readonly string[] {
  return statement.kind === "Assign" || statement.kind === "AnnAssign"
    ? boundNames(statement).filter(isSettingName)
    : [];
}

/** `X = [*X, "a"]` builds on the local value instead of overwriting it. */
function isReadBefore(statements: readonly Stmt[], name: string): boolean {
  const binding = statements.find((statement) => boundNames(statement).includes(name));
  return binding !== undefined && reads(binding, name);
}

/** What the local module sets, or the example from which people copy it; `undefined` when neither can be read. */
function namesOf(context: Context, star: ImportFrom): ReadonlySet<string> | undefined {
  const host = context.snapshot.host(context.project.importRoots);
  const own = host.moduleName(context.file.path).split(".");
  const home = context.file.path.endsWith("/__init__.py") ? own : own.slice(0, -1);
  const base = star.level === 0 ? [] : home.slice(0, home.length - star.level + 1);
  const found = host.resolveModule([...base, star.module].join("."), context.file.path);
  const folder = context.file.path.slice(0, context.file.path.lastIndexOf("/"));
  const last = star.module.split(".").at(-1) ?? "";
  const examples = ["example", "dist", "sample", "template"].flatMap((word) => [
    `${folder}/${last}.${word}.py`,
    `${folder}/${last}.py.${word}`,
    `${folder}/${last}_${word}.py`,
  ]);
  const files: readonly FilePath[] = found.kind === "file" ? [found.path] : examples;
  for (const file of files) {
    const parsed = host.exists(file) === "file" ? host.parse(file) : undefined;
    if (parsed?.ok) return new Set([...allStatements(parsed.module.body, "branches")].flatMap(boundNames));
  }
  return undefined;
}

function moveToEnd(context: Context, statement: Stmt): FixOf<typeof localSettingsImportedTooEarly> {
  const { path, text } = context.file;
  const moved = text.slice(statement.start, statement.end);
  return {
    id: "moveToEnd",
    edit: (edit) => {
      edit.deleteStatement(path, statement);
      edit.insert(path, text.length, `${text.endsWith("\n") ? "" : "\n"}\n${moved}\n`);
    },
  };
}
