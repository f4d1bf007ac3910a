import type { Call, ClassDef, Expr, ImportFrom, Module, Stmt } from "../syntax/ast";
import type { Range } from "../base/text";
import { isDjangoName, isUnmistakable, isSettingName } from "./djangoNames";
import { visitedHost } from "./publicHosts";
import { placeOf } from "../syntax/places";
import { allStatements, inStatements } from "../syntax/statements";

/** How one module takes over what another one defines. */
export interface ImportLink {
  /** `star`: `from x import *`. `names`: `from x import A`. `include`: django-split-settings. */
  readonly kind: "star" | "names" | "include";
  /** The dots in front of a relative import. */
  readonly level: number;
  /** The dotted name, or for `include` a glob pattern relative to the module's folder. */
  readonly target: string;
  readonly names: readonly string[];
}

/** A class of settings (django-configurations). */
export interface SettingsClass {
  readonly name: string;
  readonly bases: readonly string[];
  readonly names: readonly string[];
  readonly debug: boolean | undefined;
}

export interface VisitedHost {
  readonly name: string;
  readonly range: Range;
}

/** What can be seen of a module without evaluating it. */
export interface ModuleContent {
  /** Upper-case names bound at module or class level, in branches too. */
  readonly assigned: ReadonlySet<string>;
  readonly djangoNames: number;
  readonly links: readonly ImportLink[];
  readonly classes: readonly SettingsClass[];
  /** `DEBUG = True` or `False` as the last plain assignment at module level. */
  readonly debug: boolean | undefined;
  /** `ROOT_URLCONF = ""` or `None` as the last plain assignment: it has no addresses to serve. */
  readonly hasNoUrls: boolean;
  /** A host of the open internet among ALLOWED_HOSTS: where it runs. */
  readonly visitedHost: VisitedHost | undefined;
  /** It takes names over in a way that cannot be listed: `globals().update(...)`, `exec(...)`, `DjangoDynaconf(__name__)`. */
  readonly isOpen: boolean;
  /** Whether it names Django, or sets what hardly anything but Django reads. */
  readonly isAboutDjango: boolean;
}

/** What may bind names that are not written: `load_settings(__name__)` and the like, but no logger's name. */
const OPEN = /\b(?:locals|globals|vars)\(\)|\bexec(?:file)?\(|\bsys\.modules\[|(?<!get_?logger)\(\s*__name__\s*[,)]/i;

/** Their settings have names of Django's: Starlette's documentation sets DEBUG, SECRET_KEY and ALLOWED_HOSTS. */
const OTHER_FRAMEWORKS = /\b(?:starlette|fastapi|flask|quart|sanic|litestar|tornado|pyramid|bottle|aiohttp)\b/i;

/** Reads the statements of a module that say what kind of module it is; never follows an import. */
export function readContent(module: Module, text: string): ModuleContent {
  const parts = partsIn(module);
  let statements = known.get(parts);
  if (statements === undefined) known.set(parts, (statements = readParts(parts)));
  return {
    ...statements,
    isOpen: OPEN.test(text),
    isAboutDjango: /\bdjango\b/i.test(text) || (isUnmistakable(statements.assigned) && !OTHER_FRAMEWORKS.test(text)),
  };
}

type Statements = Omit<ModuleContent, "isOpen" | "isAboutDjango">;

/** What each statement says. It is the same list while only comments, blank lines and values are edited. */
const partsIn = inStatements((statement) => [partOf(statement)]);
const known = new WeakMap<ReturnType<typeof partsIn>, Statements>();

interface Part extends Pick<Statements, "links" | "classes" | "debug" | "visitedHost"> {
  readonly assigned: readonly string[];
  /** As it is after the statement; `undefined` where that does not say. */
  readonly hasNoUrls: boolean | undefined;
}

function partOf(statement: Stmt): Part {
  const reader = new ContentReader();
  reader.block([statement]);
  const { assigned, links, classes, debug, hasNoUrls, visitedHost } = reader;
  return { assigned: [...assigned], links, classes, debug, hasNoUrls, visitedHost };
}

function readParts(parts: readonly Part[]): Statements {
  const assigned = new Set(parts.flatMap((part) => part.assigned));
  return {
    assigned,
    djangoNames: [...assigned].filter(isDjangoName).length,
    links: parts.flatMap((part) => part.links),
    classes: parts.flatMap((part) => part.classes),
    debug: parts.findLast((part) => part.debug !== undefined)?.debug,
    hasNoUrls: parts.findLast((part) => part.hasNoUrls !== undefined)?.hasNoUrls === true,
    visitedHost: parts.find((part) => part.visitedHost !== undefined)?.visitedHost,
  };
}

class ContentReader {
  readonly assigned = new Set<string>();
  readonly links: ImportLink[] = [];
  readonly classes: SettingsClass[] = [];
  debug: boolean | undefined;
  hasNoUrls: boolean | undefined;
  visitedHost: VisitedHost | undefined;

  block(statements: readonly Stmt[]): void {
    for (const statement of allStatements(statements, "branches")) this.statement(statement);
  }

  private statement(statement: Stmt): void {
    switch (statement.kind) {
      case "Assign":
        for (const target of statement.targets) this.target(target, statement.value);
        return;
      case "AnnAssign":
        if (statement.value !== undefined) this.target(statement.target, statement.value);
        return;
      case "AugAssign":
        return this.target(statement.target, undefined);
      case "ImportFrom":
        return this.importFrom(statement);
      case "Expr":
        if (statement.value.kind === "Call") this.include(statement.value);
        return;
      case "ClassDef":
        return this.classDef(statement);
      case "BadStmt":
        for (const name of statement.names) this.assigned.add(name);
        return;
      default:
    }
  }

  private target(target: Expr, value: Expr | undefined): void {
    if (target.kind === "Tuple" || target.kind === "List")
      for (const element of target.elts) this.target(element, undefined);
    if (target.kind !== "Name" || !isSettingName(target.id)) return;
    this.assigned.add(target.id);
    if (target.id === "ALLOWED_HOSTS" && value !== undefined) this.visitedHost ??= visitedHostIn(value);
    if (target.id === "DEBUG" && value?.kind === "Constant" && typeof value.value === "boolean")
      this.debug = value.value;
    if (target.id === "ROOT_URLCONF") this.hasNoUrls = isNothing(value);
  }

  private importFrom(statement: ImportFrom): void {
    const { level, module } = statement;
    const isStar = statement.names === "*";
    const names = statement.names === "*" ? [] : statement.names.map((alias) => alias.name);
    this.links.push({ kind: isStar ? "star" : "names", level, target: module, names });
  }

  private include(call: Call): void {
    if (call.func.kind !== "Name" || call.func.id !== "include") return;
    for (const argument of call.args) {
      const isOptional = argument.kind === "Call" && argument.func.kind === "Name" && argument.func.id === "optional";
      const target = patternOf(isOptional ? argument.args[0] : argument);
      if (target !== undefined) this.links.push({ kind: "include", level: 0, target, names: [] });
    }
  }

  private classDef(definition: ClassDef): void {
    const inner = new ContentReader();
    inner.block(definition.body);
    for (const name of inner.assigned) this.assigned.add(name);
    const bases = definition.bases.flatMap((base) => lastName(base) ?? []);
    this.classes.push({ name: definition.name, bases, names: [...inner.assigned], debug: inner.debug });
  }
}

function isNothing(value: Expr | undefined): boolean {
  if (value?.kind === "Str") return value.value === "";
  return value?.kind === "Constant" && value.value === null;
}

/** The first host in the strings of a list, or of a default, by which visitors reach the site. */
function visitedHostIn(value: Expr): VisitedHost | undefined {
  if (value.kind === "Str") {
    const name = visitedHost(value.value);
    return name === undefined ? undefined : { name, range: placeOf(value) };
  }
  for (const part of partsOf(value)) {
    const found = visitedHostIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function partsOf(value: Expr): readonly Expr[] {
  if (value.kind === "List" || value.kind === "Tuple") return value.elts;
  if (value.kind === "BinOp") return [value.left, value.right];
  if (value.kind === "Attribute") return [value.value];
  if (value.kind === "Call") return [value.func, ...value.args, ...value.keywords.map((keyword) => keyword.value)];
  return [];
}

/** A string, or an f-string with `*` for each of its fields: `f"environments/{ENV}.py"` may include any of them. */
function patternOf(expression: Expr | undefined): string | undefined {
  if (expression?.kind === "Str") return expression.value;
  if (expression?.kind !== "JoinedStr") return undefined;
  return expression.values.map((part) => (part.kind === "Str" ? part.value : "*")).join("");
}

function lastName(expression: Expr): string | undefined {
  if (expression.kind === "Name") return expression.id;
  return expression.kind === "Attribute" ? expression.attr : undefined;
}
