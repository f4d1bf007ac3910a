import type { FilePath } from "../../../base/path";
import type { EditBuilder } from "../../../lint/edit";
import { environmentReads } from "../../../lint/environmentReads";
import type { FixDeclaration, ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { EnvironmentValue } from "../../../python/values/value";
import type { Expr, Str } from "../../../syntax/ast";
import { assignedBy } from "../assignments/assigned";
import { expressionAt } from "../dicts/dicts";
import type { Leaf } from "../dicts/leaves";
import { readingCall, writtenDefault } from "../environment/environment";

type Context = RuleContext;

export type ListFix = "wrap" | "addComma" | "readList";

/** The ways to make a list of a text, as rules declare them. */
export const LIST_FIXES: Readonly<Record<ListFix, FixDeclaration>> = {
  wrap: { safety: "safe", title: "Make it a list" },
  addComma: { safety: "safe", title: "Add the comma that makes a tuple" },
  readList: { safety: "unsafe", title: "Read {variable} as a list, separated by commas" },
};

/** The fixes for a text that should be a list, and whether it stands in parentheses as if it were a tuple. */
export function listFixes(
  context: Context,
  leaf: Leaf,
  proof: Proof,
): { readonly fixes: readonly ReportedFix<ListFix>[]; readonly isParenthesized: boolean } {
  const isWhole = leaf.path.length === 1;
  const assigned = isWhole ? assignedBy(context, proof.outcome) : undefined;
  const node = isWhole ? assigned?.expression : expressionAt(context, leaf.site);
  const file = isWhole ? assigned?.file : leaf.site?.file;
  if (node === undefined || file === undefined) return { fixes: [], isParenthesized: false };
  const { value } = leaf;
  if (value.kind === "environment") return { fixes: readList(context, file, node, value), isParenthesized: false };
  if (node.kind !== "Str") return { fixes: [], isParenthesized: false };
  const isParenthesized = standsInParentheses(context.source(file)?.text ?? "", node);
  const addComma: ReportedFix<ListFix> = { id: "addComma", edit: (edit) => edit.insert(file, node.end, ",") };
  const isTuple = isParenthesized && node.value !== "";
  return { fixes: isTuple ? [addComma] : [wrap(context, file, node)], isParenthesized };
}

/** `NAME = ("x")` and `"key": ("x")`; a call's parentheses are none of these. */
function standsInParentheses(source: string, node: Expr): boolean {
  return /[=:]\s*\(\s*$/.test(source.slice(0, node.start)) && /^\s*\)/.test(source.slice(node.end));
}

function wrap(context: Context, file: FilePath, node: Str): ReportedFix<ListFix> {
  const source = context.source(file)?.text ?? "";
  const written = source.slice(node.start, node.end);
  const parts = partsOf(node.value);
  return {
    id: "wrap",
    edit: (edit) => edit.replace(file, node, parts.length === 1 ? `[${written}]` : listOf(edit, file, parts)),
  };
}

function partsOf(text: string): readonly string[] {
  return text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
}

function listOf(edit: EditBuilder, file: FilePath, parts: readonly string[]): string {
  return `[${parts.map((part) => edit.quote(file, part)).join(", ")}]`;
}

function readList(
  context: Context,
  file: FilePath,
  node: Expr,
  read: EnvironmentValue,
): readonly ReportedFix<ListFix>[] {
  const { variable, fallback } = read;
  const isCall = readingCall(file, node, read) === node;
  if (!isCall && node.kind !== "Subscript") return [];
  // Another variable that is read in place of a missing one would be read no more.
  if (fallback !== undefined && environmentReads(fallback).length > 0) return [];
  const written = isCall && node.kind === "Call" ? writtenDefault(node, read) : undefined;
  const source = context.source(file)?.text ?? "";
  const defaultIn = (edit: EditBuilder): string | undefined => {
    if (fallback === undefined) return undefined;
    if (fallback.kind === "str") return listOf(edit, file, partsOf(fallback.value));
    return written?.kind === "List" ? source.slice(written.start, written.end) : "[]";
  };
  return [
    {
      id: "readList",
      values: { variable },
      edit: (edit) => edit.replace(file, node, edit.readEnvironment(file, variable, "list", defaultIn(edit))),
    },
  ];
}
