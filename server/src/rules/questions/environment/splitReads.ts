import type { FilePath } from "../../../base/path";
import type { EditBuilder } from "../../../lint/edit";
import { walk } from "../../../lint/edit/walk";
import type { EnvironmentValue } from "../../../python/values/value";
import type { Call, Expr } from "../../../syntax/ast";

/** The call `READ.split(...)` around a read, with whatever stands between them: `READ.strip().split(",")`. */
export function splitOf(expression: Expr, read: Call): Call | undefined {
  let found: Call | undefined;
  walk([expression], (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== "split") return;
    if (node.start === read.start && read.end < node.end) found = node;
  });
  return found;
}

/** A text from the environment that is split. */
export interface Split {
  readonly file: FilePath;
  readonly expression: Expr;
  readonly read: EnvironmentValue;
  readonly split: Call;
  readonly source: string;
}

/** Leaves out the empty parts, in the way that the expression is written. */
export function leaveOut(edit: EditBuilder, { file, expression, read, split, source }: Split): void {
  const textOf = (node: Expr): string => source.slice(node.start, node.end);
  if (
    (expression.kind === "ListComp" || expression.kind === "GeneratorExp") &&
    expression.generators[0]?.iter === split
  ) {
    // `[host.strip() for host in ...]` keeps what it does, and asks for it.
    const [generator] = expression.generators;
    if (generator.ifs.length === 0) edit.insert(file, split.end, ` if ${textOf(expression.elt)}`);
    return;
  }
  const [separator] = split.args;
  const isPlain = split.args.length === 1 && separator?.kind === "Str" && separator.value === ",";
  const isDirect =
    split.func.kind === "Attribute" && split.func.value.kind === "Call" && split.func.value.end === read.site.range.end;
  const isEmpty = read.fallback?.kind === "str" && read.fallback.value === "";
  edit.replace(
    file,
    split,
    isPlain && isDirect && isEmpty && read.library !== "os"
      ? edit.readEnvironment(file, read.variable, "list", "[]")
      : `[v for v in ${textOf(split)} if v]`,
  );
}
