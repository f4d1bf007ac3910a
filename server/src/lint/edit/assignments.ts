import { mostRelated } from "../../django/relatives";
import type { Expr, ImportFrom, Stmt } from "../../syntax/ast";
import { writtenSettings } from "../writtenSettings";
import type { Sources } from "./editHost";
import { identifiersOf } from "./fileImports";
import { importedFile } from "./moduleNames";
import type { NameTables } from "./nameTable";
import type { Source } from "./source";

/** Where `NAME = value` goes: in place of a value, behind an annotated target without one, or as lines of its own. */
export type Place =
  | { readonly kind: "value"; readonly start: number; readonly end: number }
  | { readonly kind: "annotated"; readonly offset: number }
  | LinesPlace;

export interface LinesPlace {
  readonly kind: "lines";
  readonly offset: number;
  readonly blankBefore: boolean;
  readonly blankAfter: boolean;
}

/** Finds the place in a module at which an assignment to `name` decides, `value` being able to use what it mentions. */
export function placeOf(sources: Sources, tables: NameTables, source: Source, name: string, value: string): Place {
  const statements = source.module.body;
  const lastStar = statements.findLastIndex((each) => each.kind === "ImportFrom" && each.names === "*");
  const index = statements.findLastIndex((each) => binds(each, name));
  const statement = statements[index];
  if (statement !== undefined && !mayReplace(sources, tables, source, statements.slice(index + 1), name)) {
    if (statement.kind === "Assign" && statement.targets.length === 1 && statement.targets[0]?.kind === "Name")
      return { kind: "value", start: statement.value.start, end: statement.value.end };
    if (statement.kind === "AnnAssign" && statement.value === undefined)
      return { kind: "annotated", offset: statement.end };
    if (statement.kind === "AnnAssign" && statement.value !== undefined)
      return { kind: "value", start: statement.value.start, end: statement.value.end };
    return linesAfter(source, Math.max(index, lastStar, neededIndex(statements, value)));
  }
  const first = Math.max(lastStar, neededIndex(statements, value));
  const relative = relativeOf(source, name, first + 1);
  if (relative !== undefined) return linesAfter(source, relative.index, relative.isClose ? "in a block" : "as usual");
  if (lastStar < 0) return linesAfter(source, statements.length - 1);
  let anchor = lastStar;
  while (isImport(statements[anchor + 1])) anchor += 1;
  return linesAfter(source, Math.max(anchor, first));
}

/**
 * The index of the assignment, from an index on, to the setting that is most related to one. `undefined` without one, and
 * where something behind it mentions the name, which may give it another value.
 */
function relativeOf(
  source: Source,
  name: string,
  from: number,
): { readonly index: number; readonly isClose: boolean } | undefined {
  const statements = source.module.body;
  const found = mostRelated(name, writtenSettings(statements.slice(from)));
  if (found === undefined || mentions(source.text.slice(found.relative.statement.end), name)) return undefined;
  const { name: relative } = found.relative;
  // `ALLOWED_HOSTS = []` and `ALLOWED_HOSTS += [...]` stay together.
  return { index: statements.findLastIndex((each) => binds(each, relative)), isClose: found.isClose };
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function isImport(statement: Stmt | undefined): boolean {
  return statement?.kind === "Import" || statement?.kind === "ImportFrom";
}

/** Whether a statement binds or changes a name at top level. */
function binds(statement: Stmt, name: string): boolean {
  const isName = (target: Expr): boolean => {
    if (target.kind === "Name") return target.id === name;
    if (target.kind === "Tuple" || target.kind === "List") return target.elts.some(isName);
    return target.kind === "Starred" && isName(target.value);
  };
  if (statement.kind === "Assign") return statement.targets.some(isName);
  return (statement.kind === "AnnAssign" || statement.kind === "AugAssign") && isName(statement.target);
}

/** Whether one of these star imports may bring the name; one that cannot be followed is a library's and brings none. */
function mayReplace(
  sources: Sources,
  tables: NameTables,
  source: Source,
  statements: readonly Stmt[],
  name: string,
): boolean {
  return statements.some((each) => {
    if (each.kind !== "ImportFrom" || each.names !== "*") return false;
    const file = importedFile(sources.host, source.path, each satisfies ImportFrom);
    return file !== undefined && tables.exported(file).some((brought) => brought.name === name);
  });
}

/** The index of the last statement that binds, at top level, a name which `value` reads; -1 without one. */
function neededIndex(statements: readonly Stmt[], value: string): number {
  const needed = identifiersOf(value);
  return statements.findLastIndex(
    (each) => !isImport(each) && [...needed].some((name) => binds(each, name) || defines(each, name)),
  );
}

function defines(statement: Stmt, name: string): boolean {
  return (statement.kind === "FunctionDef" || statement.kind === "ClassDef") && statement.name === name;
}

function linesAfter(source: Source, wanted: number, how: "in a block" | "as usual" = "as usual"): Place {
  const statements = source.module.body;
  let index = wanted;
  // Several statements on one line: behind the last of them.
  while (isOnSameLine(source, statements[index], statements[index + 1])) index += 1;
  const anchor = statements[index];
  if (anchor === undefined) {
    const isEmpty = source.text.trim() === "";
    return { kind: "lines", offset: source.text.length, blankBefore: !isEmpty, blankAfter: false };
  }
  const next = statements[index + 1];
  const isAtEnd = next === undefined && how === "as usual";
  const offset = isAtEnd ? source.text.length : source.nextLine(anchor.end);
  // Comments at the end are about what comes next, or would have.
  const endsWithComment = isAtEnd && source.hasComment(source.nextLine(anchor.end), source.text.length);
  const nextLine = source.lineOf(anchor.end) + 1;
  const isAdjacent = next !== undefined && !source.isBlankLine(nextLine);
  const previous = statements[index - 1];
  const isDense =
    isShortAssignment(source, anchor) &&
    previous !== undefined &&
    isShortAssignment(source, previous) &&
    source.lineOf(anchor.start) - source.lineOf(previous.end) <= 1;
  const endsBlank = next === undefined && /(?:^|\n)[ \t]*\r?\n$/.test(source.text);
  return {
    kind: "lines",
    offset,
    blankBefore: how === "as usual" && !isAdjacent && (!isDense || endsWithComment) && !endsBlank,
    blankAfter: isAdjacent && (next.kind === "FunctionDef" || next.kind === "ClassDef"),
  };
}

function isOnSameLine(source: Source, statement: Stmt | undefined, next: Stmt | undefined): boolean {
  return statement !== undefined && next !== undefined && source.lineOf(statement.end) === source.lineOf(next.start);
}

function isShortAssignment(source: Source, statement: Stmt): boolean {
  return statement.kind === "Assign" && source.lineOf(statement.start) === source.lineOf(statement.end);
}
