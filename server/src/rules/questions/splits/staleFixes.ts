import type { FilePath } from "../../../base/path";
import { contains, type Range } from "../../../base/text";
import { isSecretName } from "../../../django/secrets";
import { servesProduction } from "../../../lint/settingsModules";
import type { EditBuilder, EnvironmentReadKind } from "../../../lint/edit";
import { walk } from "../../../lint/edit/walk";
import type { EntryModule, RuleContext } from "../../../lint/rule";
import type { Binding, Read } from "../../../python/program/evaluation";
import type { Expr, Stmt } from "../../../syntax/ast";
import { boundNames } from "../../../syntax/statements";
import { statementsAbout } from "../assignments/nameStatements";

type Context = RuleContext;
export type Edit = (edit: EditBuilder) => void;

/** The built-in functions that settings are computed with. */
const BUILT_IN =
  /^(?:abs|all|any|bool|bytes|dict|enumerate|float|frozenset|getattr|int|isinstance|len|list|max|min|print|range|reversed|round|set|sorted|str|sum|tuple|zip)$/;

/** Whether code can stand at the end of an entry module: every name that it reads is bound there, and none is private. */
export function canStandIn({ evaluation }: EntryModule, nodes: readonly object[]): boolean {
  const names = new Set(evaluation.names);
  const mentioned: string[] = [];
  let isMovable = true;
  walk(nodes, (node) => {
    // A relative import means another module elsewhere, and what is private does not come with a star import.
    if (node.kind === "ImportFrom" && (node.level > 0 || node.names === "*")) isMovable = false;
    if (node.kind === "Name") mentioned.push(node.id);
    else if ("start" in node && isStatement(node)) for (const name of boundNames(node)) names.add(name);
  });
  return isMovable && mentioned.every((name) => !name.startsWith("_") && (names.has(name) || BUILT_IN.test(name)));
}

function isStatement(node: Expr | Stmt): node is Stmt {
  return /^(?:Assign|AnnAssign|AugAssign|ImportFrom)$/.test(node.kind);
}

/** The statement at the top level of an entry module's file after which a setting has its last value. */
export function lastWordOn(context: Context, entry: EntryModule, name: string): Stmt | undefined {
  const { file } = entry.module;
  const body = context.source(file)?.ast.body ?? [];
  const found = context.settingOf(entry, name).outcomes.map(({ steps }) => {
    const ranges = steps.flatMap(({ site }) => (site.file === file ? [site.range] : []));
    return body.findLast((one) => ranges.some((range) => contains(one, range)));
  });
  if (found.includes(undefined)) return undefined;
  return found.reduce((a, b) => (a !== undefined && b !== undefined && a.start > b.start ? a : b), undefined);
}

/** The source text of a part of a file. */
export function sourceOf(context: Context, file: FilePath, { start, end }: Range): string {
  return context.source(file)?.text.slice(start, end) ?? "";
}

/**
 * Reads a setting from the environment in the place where it is used, with what production says as its default, and takes
 * production's own assignment out. Only for two plain literals: what else gives the setting a value would still come too late.
 */
export function environmentEdit(context: Context, read: Read, later: Binding): Edit | undefined {
  const { module, evaluation } = context;
  const statements = statementsAbout(context, read.name, "may-read") ?? [];
  const used = evaluation.bindings.find((one) => one.id === read.binding)?.statement;
  const first = statements.find(({ statement }) => statement === used);
  const last = statements.find(({ statement }) => statement === later.statement);
  if (first?.value === undefined || last?.value === undefined || statements.length !== 2) return undefined;
  const [value, ownValue] = [first.value, last.value];
  const kind = kindOf(value) === kindOf(ownValue) ? kindOf(value) : undefined;
  const isPlain = first.isTopLevel && last.isTopLevel && first.file !== last.file && last.file === module.file;
  if (kind === undefined || !isPlain || isSecretName(read.name) || !servesProduction(module.role)) return undefined;
  const fallback = sourceOf(context, last.file, ownValue);
  return (edit) => {
    edit.replace(
      first.file,
      value,
      edit.readEnvironment(first.file, edit.variable({ path: [read.name] }), kind, fallback),
    );
    edit.deleteStatement(last.file, last.statement);
  };
}

function kindOf(value: Expr): EnvironmentReadKind | undefined {
  switch (value.kind) {
    case "Constant":
      return typeof value.value === "boolean" ? "bool" : undefined;
    case "Int":
      return "int";
    case "Str":
      return "str";
    default:
      return undefined;
  }
}
