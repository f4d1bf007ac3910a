import { contains } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import type { Expr, Stmt } from "../../../syntax/ast";
import { inStatements } from "../../../syntax/statements";
import { armsOf, entryOf, valueAt } from "../dicts/dicts";
import { connectionOf } from "./databases";

/** Options that a connection keeps working without: nobody notices that they are gone. */
const UNNOTICED: readonly string[] = ["ATOMIC_REQUESTS", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "OPTIONS", "TEST"];

/** Options of a database that one settings file gives it and that a replacement in another one drops. */
export interface LostOptions {
  readonly alias: string;
  /** The options as they were written, by their keys. */
  readonly options: readonly { readonly key: string; readonly value: Expr; readonly site: Site }[];
  /** The file that wrote them. */
  readonly from: string;
  readonly replacement: Replacement;
}

/** A statement that gives a database, or all of them, a new value. */
export interface Replacement {
  readonly file: string;
  readonly statement: Stmt;
  readonly target: Expr;
  /** What the database is from then on. */
  readonly value: Expr;
}

/** The options of each database that the module certainly lacks in the end, though a file that it imports sets them. */
export function lostOptions(context: RuleContext): readonly LostOptions[] {
  const { evaluation, project } = context;
  // Development and tests do with less on purpose, also where the module chooses between them and production.
  const isOther = (file: string): boolean =>
    project.modules.some((module) => module.file === file && /^(?:development|test)$/.test(module.role));
  const replaced = evaluation.files
    .filter((file) => !isOther(file))
    .flatMap((file) => replacementsIn(context, file))
    .filter((replacement) => countsInTheEnd(context, replacement));
  return replaced.flatMap(({ alias, ...replacement }) => {
    const imported = evaluation.imports.flatMap((one) =>
      one.star !== undefined && one.site.file === replacement.file && one.site.range.end <= replacement.statement.start
        ? (one.file ?? [])
        : [],
    );
    return imported.flatMap((from) => {
      const given = optionsIn(context, from).filter((one) => one.alias === alias && !isNothing(one.value));
      const options = given.filter(({ key }) => lacksOption(context, alias, key));
      return options.length === 0 ? [] : [{ alias, options, from, replacement }];
    });
  });
}

/** Whether DATABASES has its value from a statement: a package also imports what is for other environments. */
function countsInTheEnd(context: RuleContext, { file, statement }: Replacement): boolean {
  return context
    .setting("DATABASES")
    .outcomes.some(({ steps }) => steps.some(({ site }) => site.file === file && contains(statement, site.range)));
}

function lacksOption(context: RuleContext, alias: string, key: string): boolean {
  return context.setting("DATABASES").certainly((databases) => {
    const arms = armsOf(valueAt(databases, alias)).map((arm) => connectionOf(context, arm));
    return arms.length > 0 && arms.every((arm) => arm !== undefined && entryOf(arm, key) === "absent");
  });
}

/** What says the same as leaving the option out. */
function isNothing(value: Expr): boolean {
  if (value.kind === "Constant") return value.value === false || value.value === null;
  if (value.kind === "Int") return value.value === 0n;
  return value.kind === "Dict" && value.items.length === 0;
}

interface Assignment {
  readonly statement: Stmt;
  readonly target: Expr;
  readonly value: Expr;
  /** The keys behind DATABASES. */
  readonly path: readonly string[];
}

/** The assignments to DATABASES and to what is in it, at the top level of a file. */
function assignmentsIn(context: RuleContext, file: string): readonly Assignment[] {
  const ast = context.source(file)?.ast;
  return ast === undefined ? [] : assignments(ast);
}

const assignments = inStatements((statement): readonly Assignment[] => {
  const [target, second] = statement.kind === "Assign" ? statement.targets : [];
  const path = target === undefined || second !== undefined ? undefined : pathOf(target);
  return statement.kind !== "Assign" || target === undefined || path === undefined
    ? []
    : [{ statement, target, value: statement.value, path }];
});

function pathOf(target: Expr): readonly string[] | undefined {
  if (target.kind === "Name") return target.id === "DATABASES" ? [] : undefined;
  if (target.kind !== "Subscript" || target.slice.kind !== "Str") return undefined;
  const path = pathOf(target.value);
  return path && [...path, target.slice.value];
}

function replacementsIn(context: RuleContext, file: string): readonly (Replacement & { readonly alias: string })[] {
  return assignmentsIn(context, file).flatMap(({ statement, target, value, path }) => {
    const [alias] = path;
    if (path.length === 1 && alias !== undefined) return [{ alias, file, statement, target, value }];
    return path.length > 0
      ? []
      : entriesOf(value).map((entry) => ({ alias: entry.key, file, statement, target, value: entry.value }));
  });
}

function optionsIn(
  context: RuleContext,
  file: string,
): readonly { readonly alias: string; readonly key: string; readonly value: Expr; readonly site: Site }[] {
  const written = assignmentsIn(context, file).flatMap(({ value, path }) => {
    const [alias, key] = path;
    if (alias === undefined) {
      return entriesOf(value).flatMap((database) =>
        entriesOf(database.value).map((option) => ({ alias: database.key, ...option })),
      );
    }
    if (key === undefined) return entriesOf(value).map((option) => ({ alias, ...option }));
    return path.length === 2 ? [{ alias, key, value }] : [];
  });
  return written
    .filter(({ key }) => UNNOTICED.includes(key))
    .map((one) => ({ ...one, site: { file, range: { start: one.value.start, end: one.value.end } } }));
}

function entriesOf(value: Expr): readonly { readonly key: string; readonly value: Expr }[] {
  if (value.kind !== "Dict") return [];
  return value.items.flatMap((item) => (item.key?.kind === "Str" ? [{ key: item.key.value, value: item.value }] : []));
}
