import type { FilePath } from "../../../base/path";
import type { Range } from "../../../base/text";
import type { EditBuilder } from "../../../lint/edit";
import { walk } from "../../../lint/edit/walk";
import { environmentReads } from "../../../lint/environmentReads";
import type { EnvironmentValue } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { readingCall, writtenDefault } from "./environment";

/** A read with a default as it is written: all of what has to be replaced to make the read a required one. */
export interface DefaultedRead {
  readonly file: FilePath;
  readonly range: Range;
  readonly variable: string;
}

/**
 * Where an expression gives a variable's default: `environ.get("X", "d")`, `env("X", default="d")`, `environ.get("X") or "d"`.
 * `undefined` where it stands elsewhere: in a declared scheme, in a helper function; and where another variable is read before
 * the default counts, which would be read no more.
 */
export function defaultedRead(file: FilePath, expression: Expr, read: EnvironmentValue): DefaultedRead | undefined {
  const call = readingCall(file, expression, read);
  if (call === undefined) return undefined;
  const { variable } = read;
  if (read.fallback !== undefined && environmentReads(read.fallback).length > 0) return undefined;
  if (expression.kind === "BoolOp" && expression.op === "or" && expression.values[0] === call)
    return mayRead(expression.values.slice(1)) ? undefined : { file, range: expression, variable };
  return writtenDefault(call, read) === undefined ? undefined : { file, range: call, variable };
}

function mayRead(nodes: readonly Expr[]): boolean {
  let found = false;
  walk(nodes, ({ kind }) => {
    found ||= kind === "Call" || kind === "Subscript";
  });
  return found;
}

/** Makes a read raise where the variable is missing. */
export function requireVariable(edit: EditBuilder, read: DefaultedRead): void {
  edit.replace(read.file, read.range, edit.readEnvironment(read.file, read.variable, "str"));
}
