import type { Expr, ImportFrom, Stmt } from "../../syntax/ast";
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
  const relative = relativeIndex(source, name, first + 1);
  if (relative !== undefined) return linesAfter(source, relative, "in a block");
  if (lastStar < 0) return linesAfter(source, statements.length - 1);
  let anchor = lastStar;
  while (isImport(statements[anchor + 1])) anchor += 1;
  return linesAfter(source, Math.max(anchor, first));
}

/**
 * The index of the assignment, from an index on, to the setting that is most related to one: EMAIL_HOST for EMAIL_BACKEND.
 * `undefined` without one, and where something behind it mentions the name, which may give it another value.
 */
function relativeIndex(source: Source, name: string, from: number): number | undefined {
  const statements = source.module.body;
  let best: number | undefined;
  let most = 0;
  for (let index = from; index < statements.length; index += 1) {
    const target = plainTarget(statements[index]);
    const score = target === undefined ? 0 : kinship(target, name);
    if (score > 0 && score >= most) [best, most] = [index, score];
  }
  const statement = best === undefined ? undefined : statements[best];
  if (statement === undefined || new RegExp(`\\b${name}\\b`).test(source.text.slice(statement.end))) return undefined;
  return best;
}

function plainTarget(statement: Stmt | undefined): string | undefined {
  const target = statement?.kind === "Assign" && statement.targets.length === 1 ? statement.targets[0] : undefined;
  return target?.kind === "Name" ? target.id : undefined;
}

/** First words that settings of all kinds have. */
const GENERIC = /^(?:DEFAULT|USE|DJANGO|BASE)$/;

/** How many words two names begin with alike; cookies are a kind of their own. */
function kinship(a: string, b: string): number {
  const [one, other] = [a.split("_"), b.split("_")];
  const differing = one.findIndex((word, index) => word !== other[index]);
  const alike = GENERIC.test(one[0] ?? "") ? 0 : differing < 0 ? one.length : differing;
  return 2 * alike + (one.includes("COOKIE") && other.includes("COOKIE") ? 1 : 0);
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
  const offset = next === undefined ? source.text.length : source.nextLine(anchor.end);
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
    blankBefore: how === "as usual" && !isAdjacent && !isDense && !endsBlank,
    blankAfter: isAdjacent && (next.kind === "FunctionDef" || next.kind === "ClassDef"),
  };
}

function isOnSameLine(source: Source, statement: Stmt | undefined, next: Stmt | undefined): boolean {
  return statement !== undefined && next !== undefined && source.lineOf(statement.end) === source.lineOf(next.start);
}

function isShortAssignment(source: Source, statement: Stmt): boolean {
  return statement.kind === "Assign" && source.lineOf(statement.start) === source.lineOf(statement.end);
}
