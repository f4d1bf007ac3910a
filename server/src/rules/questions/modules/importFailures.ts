import { baseName, type FilePath } from "../../../base/path";
import { contains } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { Failure, ImportEvent } from "../../../python/program/evaluation";
import type { AugAssign, BinOp, Expr, ImportFrom, Stmt } from "../../../syntax/ast";
import { allStatements, boundNames } from "../../../syntax/statements";
import { expressionAt } from "../dicts/dicts";
import { isIgnoredModule } from "../dottedPaths/lookup";

/** The exception with which a settings module certainly ends, by what the settings did wrong. Each kind has a rule of its own. */
export type ImportFailure =
  | { readonly kind: "star-import"; readonly failure: Failure; readonly star: ImportFrom; readonly event: ImportEvent }
  /** `name`: what the other module has not set yet; `undefined` where it is imported by name. */
  | {
      readonly kind: "circle";
      readonly failure: Failure;
      readonly other: FilePath;
      readonly name: string | undefined;
    }
  | { readonly kind: "name"; readonly failure: Failure; readonly name: string; readonly origin: NameOrigin }
  | { readonly kind: "operands"; readonly failure: Failure; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "other"; readonly failure: Failure };

/**
 * Where a name that is not defined is set instead. `private`, `hidden`: in a module whose star import leaves it out, by its underscore
 * or by `__all__`. `later`: below in the same file. `nowhere`: in nothing that the file imports.
 */
export type NameOrigin =
  | { readonly where: "private" | "hidden"; readonly file: FilePath; readonly star: ImportFrom }
  | { readonly where: "later"; readonly statement: Stmt }
  | { readonly where: "nowhere" };

/** One side of a sum of a list and a tuple. */
export interface Operand {
  readonly kind: "list" | "tuple";
  readonly expression: Expr;
}

/** Modules that a machine or a build adds. */
const ADDED =
  /(?:^|[._])(?:local|locals|private|secret|secrets|keys|credentials|version|generated|build|override|overrides)(?:_\w+)?(?:[._]|$)/i;

/** `undefined`: the module may be imported, as far as is known. */
export function importFailure(context: RuleContext): ImportFailure | undefined {
  const { failure } = context.evaluation;
  if (failure === undefined || failure.exception === "SyntaxError" || mayBeElsewhere(context, failure))
    return undefined;
  return (
    failedImport(context, failure) ??
    failedName(context, failure) ??
    failedSum(context, failure) ?? { kind: "other", failure }
  );
}

/** Whether what is imported there may exist on other machines. */
function mayBeElsewhere(context: RuleContext, { site }: Failure): boolean {
  return context.evaluation.imports.some(
    (event) =>
      event.site.file === site.file &&
      event.site.range.start <= site.range.start &&
      site.range.end <= event.site.range.end &&
      missingModules(event).some((dotted) => isAddedElsewhere(context, dotted)),
  );
}

/** The modules that an import lacks: the one that it names, or those that it takes from a package (`from . import keys`). */
function missingModules({ dotted, result, file, statement }: ImportEvent): readonly string[] {
  if (result === "missing") return [dotted];
  if (file === undefined || baseName(file) !== "__init__.py") return [];
  if (statement.kind !== "ImportFrom" || statement.names === "*") return [];
  return statement.names.filter(({ name }) => name === name.toLowerCase()).map(({ name }) => `${dotted}.${name}`);
}

/** Whether each machine has a module of its own under a name. */
export function isAddedElsewhere(context: RuleContext, dotted: string): boolean {
  return ADDED.test(dotted) || isIgnoredModule(context, dotted);
}

function failedImport(context: RuleContext, failure: Failure): ImportFailure | undefined {
  const { file, range } = failure.site;
  const event = context.evaluation.imports.find(
    ({ site }) => site.file === file && site.range.start === range.start && site.range.end === range.end,
  );
  if (event?.result === "missing" && event.star !== undefined)
    return { kind: "star-import", failure, star: event.star, event };
  const other = failure.exception === "ImportError" && event !== undefined ? partialModule(context, event) : undefined;
  return other === undefined ? undefined : { kind: "circle", failure, other, name: undefined };
}

/** The module that an import names, if it is still being imported: it has led to the file that imports it. */
function partialModule({ evaluation }: RuleContext, event: ImportEvent): FilePath | undefined {
  const { imports } = evaluation;
  const earlier = imports.slice(0, imports.indexOf(event));
  const led = new Set([event.file]);
  for (const one of led)
    for (const { site, file } of earlier) if (site.file === one && file !== undefined) led.add(file);
  return led.has(event.site.file) ? event.file : undefined;
}

/** A name that is missing in a file which takes names from others by star imports. */
function failedName(context: RuleContext, failure: Failure): ImportFailure | undefined {
  const { file, range } = failure.site;
  const node = failure.exception === "NameError" ? expressionAt(context, failure.site) : undefined;
  if (node?.kind !== "Name") return undefined;
  const name = node.id;
  const stars = context.evaluation.imports.filter((event) => event.star !== undefined && event.site.file === file);
  const earlier = stars.filter(({ site }) => site.range.start < range.start);
  const other = earlier.map((event) => partialModule(context, event)).find((one) => binds(context, one, name));
  if (other !== undefined) return { kind: "circle", failure, other, name };
  if (stars.length === 0) return undefined;
  return { kind: "name", failure, name, origin: originOf(context, { file, start: range.start, name, stars }) };
}

interface Missing {
  readonly file: FilePath;
  readonly start: number;
  readonly name: string;
  readonly stars: readonly ImportEvent[];
}

function originOf(context: RuleContext, { file, start, name, stars }: Missing): NameOrigin {
  for (const { star, file: source, site } of stars) {
    if (star === undefined || source === undefined || !binds(context, source, name)) continue;
    if (site.range.start > start) return { where: "later", statement: star };
    if (name.startsWith("_")) return { where: "private", file: source, star };
    if (binds(context, source, "__all__")) return { where: "hidden", file: source, star };
  }
  const statement = context.source(file)?.ast.body.find((one) => one.start > start && boundNames(one).includes(name));
  return statement === undefined ? { where: "nowhere" } : { where: "later", statement };
}

function binds({ source }: RuleContext, file: FilePath | undefined, name: string): boolean {
  const body = file === undefined ? [] : (source(file)?.ast.body ?? []);
  return [...allStatements(body, "branches")].some((statement) => boundNames(statement).includes(name));
}

/** `list + tuple`, `tuple += list`. */
function failedSum(context: RuleContext, failure: Failure): ImportFailure | undefined {
  const sum = failure.exception === "TypeError" ? sumAt(context, failure) : undefined;
  if (sum === undefined) return undefined;
  const [first, second] = sum.kind === "BinOp" ? [sum.left, sum.right] : [sum.target, sum.value];
  const left = operandOf(context, failure, first);
  const right = operandOf(context, failure, second);
  if (left === undefined || right === undefined || left.kind === right.kind) return undefined;
  return { kind: "operands", failure, left, right };
}

function sumAt(context: RuleContext, { site }: Failure): BinOp | AugAssign | undefined {
  const expression = expressionAt(context, site);
  if (expression?.kind === "BinOp") return expression.op === "+" ? expression : undefined;
  const { start, end } = site.range;
  const body = context.source(site.file)?.ast.body ?? [];
  const statement = [...allStatements(body, "everything")].find((one) => one.start === start && one.end === end);
  return statement?.kind === "AugAssign" && statement.op === "+" ? statement : undefined;
}

function operandOf({ evaluation }: RuleContext, { site }: Failure, expression: Expr): Operand | undefined {
  if (expression.kind === "List") return { kind: "list", expression };
  if (expression.kind === "Tuple") return { kind: "tuple", expression };
  // The statement that fails may bind the name again.
  const before =
    expression.kind === "Name"
      ? evaluation
          .bindingsNamed(expression.id)
          .findLast(({ statement, step }) => step.site.file !== site.file || !contains(statement, expression))?.value
      : evaluation.recompute(expression, site.file);
  return before?.kind === "list" || before?.kind === "tuple" ? { kind: before.kind, expression } : undefined;
}
