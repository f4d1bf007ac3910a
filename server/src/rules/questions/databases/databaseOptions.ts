import type { FilePath } from "../../../base/path";
import { table } from "../../../base/table";
import type { EditBuilder } from "../../../lint/edit";
import { walk } from "../../../lint/edit/walk";
import { dottedName } from "../../../syntax/dottedName";
import { siteOf, type RuleContext } from "../../../lint/rule";
import type { DictValue, Entry, Site, Value } from "../../../python/values/value";
import type { Call, Expr } from "../../../syntax/ast";
import { armsOf, entryOf, expressionAt, textOf, valueAt } from "../dicts/dicts";
import { serverName } from "./databases";

type Context = RuleContext;

/** An option of a database: its key in upper case, and Python source. */
export type Option = readonly [key: string, value: string];

/**
 * Edits that give the default database options which it does not have, in the way that its entry is written: as keys, as
 * keyword arguments, or in statements behind the one that makes it. `undefined` where none of them is possible.
 */
export function addOptions(
  context: Context,
  entry: Entry,
): ((edit: EditBuilder, options: readonly Option[]) => void) | undefined {
  const expression = expressionAt(context, entry.valueSite);
  const file = entry.valueSite?.file;
  if (expression === undefined || file === undefined) return undefined;
  if (expression.kind === "Dict") {
    return (edit, options) => {
      for (const [key, value] of options)
        edit.insertElement(file, expression, expression.items.length, `${edit.quote(file, key)}: ${value}`);
    };
  }
  const behind = addBehind(context, entry);
  if (expression.kind !== "Call") return behind;
  const takes = takerOf(context, expression, entry);
  if (takes === undefined) return behind;
  return (edit, options) => {
    for (const [key, value] of options.filter(takes)) giveKeyword(edit, file, expression, key, value);
    const rest = options.filter((option) => !takes(option));
    if (rest.length > 0) behind?.(edit, rest);
  };
}

/** Statements behind the assignment that makes the entry: `DATABASES["default"]["CONN_MAX_AGE"] = 60`. */
function addBehind(
  context: Context,
  entry: Entry,
): ((edit: EditBuilder, options: readonly Option[]) => void) | undefined {
  const site = makingStatement(context, entry);
  if (site === undefined) return undefined;
  return (edit, options) => {
    const quote = (text: string): string => edit.quote(site.file, text);
    const lines = options.map(([key, value]) => `DATABASES[${quote("default")}][${quote(key)}] = ${value}`);
    edit.insertAfter(site.file, site.range, lines.join("\n"));
  };
}

/** The assignment to DATABASES, or to its default entry, that an entry's value is written in. */
function makingStatement(context: Context, { valueSite }: Entry): Site | undefined {
  if (valueSite === undefined) return undefined;
  let found: Site | undefined;
  walk(context.source(valueSite.file)?.ast.body ?? [], (node) => {
    if (node.start > valueSite.range.start || node.end < valueSite.range.end) return false;
    if (node.kind === "Assign" && node.targets.length === 1 && isDatabases(node.targets[0]))
      found = siteOf(valueSite.file, node);
    if (node.kind === "AnnAssign" && isDatabases(node.target)) found = siteOf(valueSite.file, node);
    return undefined;
  });
  return found;
}

function isDatabases(target: Expr | undefined): boolean {
  const owner = target?.kind === "Subscript" && target.slice.kind === "Str" ? target.value : target;
  return owner !== undefined && dottedName(owner) === "DATABASES";
}

/**
 * Edits that turn on Django's connection pool for the default database, where the project has what it needs:
 * https://docs.djangoproject.com/en/stable/ref/databases/#connection-pool. It wants CONN_MAX_AGE to be 0.
 */
export function poolConnections(
  context: Context,
  entry: Entry,
  connection: DictValue | undefined,
): ((edit: EditBuilder) => void) | undefined {
  const isPossible =
    context.djangoAtLeast(5, 1) === true &&
    context.hasPackage("psycopg-pool") &&
    serverName(textOf(valueAt(connection, "ENGINE"))) === "PostgreSQL";
  const expression = expressionAt(context, entry.valueSite);
  const file = entry.valueSite?.file;
  if (!isPossible || expression === undefined || file === undefined) return undefined;
  const isDict = expression.kind === "Dict" || (expression.kind === "Call" && dottedName(expression.func) === "dict");
  return isDict ? poolIn(context, entry, connection, file) : poolBehind(context, entry);
}

function poolIn(
  context: Context,
  entry: Entry,
  connection: DictValue | undefined,
  file: FilePath,
): ((edit: EditBuilder) => void) | undefined {
  const pooled = (edit: EditBuilder): string => `${edit.quote(file, "pool")}: True`;
  const options = entryOf(connection, "OPTIONS");
  if (options === "absent") {
    const add = addOptions(context, entry);
    return add && ((edit) => add(edit, [["OPTIONS", `{${pooled(edit)}}`]]));
  }
  const display = expressionAt(context, options?.valueSite);
  if (display?.kind !== "Dict" || options?.valueSite?.file !== file || entryOf(options.value, "pool") !== "absent")
    return undefined;
  return (edit) => edit.insertElement(file, display, display.items.length, pooled(edit));
}

/** A URL may bring options of its own. */
function poolBehind(context: Context, entry: Entry): ((edit: EditBuilder) => void) | undefined {
  const site = makingStatement(context, entry);
  if (site === undefined) return undefined;
  return (edit) => {
    const quote = (text: string): string => edit.quote(site.file, text);
    const options = `DATABASES[${quote("default")}].setdefault(${quote("OPTIONS")}, {})`;
    edit.insertAfter(site.file, site.range, `${options}[${quote("pool")}] = True`);
  };
}

/** Since which release of dj-database-url a keyword is there (its CHANGELOG). */
const SINCE: Readonly<Record<string, readonly [number, number]>> = table({
  CONN_MAX_AGE: [0, 4],
  CONN_HEALTH_CHECKS: [1, 2],
});

/** Which options a call takes as keywords; `undefined` for one that takes none. */
function takerOf(context: Context, call: Call, entry: Entry): ((option: Option) => boolean) | undefined {
  const callee = dottedName(call.func);
  if (callee === "dict") return () => true;
  const isUrl =
    callee?.startsWith("dj_database_url.") === true || armsOf(entry.value).some((arm) => isMadeBy(arm, entry));
  // The third positional argument may be one of them.
  if (!isUrl || call.args.length > 2 || call.keywords.some(({ name }) => name === undefined)) return undefined;
  return ([key]) => {
    const since = SINCE[key];
    return since !== undefined && isAtLeast(context.project.packages.get("dj-database-url"), since);
  };
}

/** Whether a value is what `dj_database_url.config()`, its `parse()` or `env.dj_db_url()` gives, called where the entry is. */
function isMadeBy(value: Value, { valueSite }: Entry): boolean {
  const isOne =
    (value.kind === "environment" && (value.library === "dj-database-url" || value.library === "environs")) ||
    (value.kind === "derived" && value.operation.id === "dj_database_url.parse");
  return isOne && value.site?.range.start === valueSite?.range.start && value.site?.range.end === valueSite?.range.end;
}

/** A version that is not known is a new one. */
function isAtLeast(version: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const found = /^(\d+)\.(\d+)/.exec(version ?? "");
  if (found === null) return true;
  return Number(found[1]) > major || (Number(found[1]) === major && Number(found[2]) >= minor);
}

function giveKeyword(edit: EditBuilder, file: FilePath, call: Call, key: string, value: string): void {
  const name = dottedName(call.func) === "dict" ? key : key.toLowerCase();
  const given = call.keywords.find((keyword) => keyword.name === name);
  if (given !== undefined) edit.replace(file, given.value, value);
  else edit.insertElement(file, call, call.args.length + call.keywords.length, `${name}=${value}`);
}
