import { isSettingName } from "../project/djangoNames";
import type { Range } from "../base/text";
import type { Expr, Module, Stmt } from "../syntax/ast";

/** A setting or class of one file, for outlines. */
export interface FileSymbol {
  readonly name: string;
  readonly kind: "setting" | "variable" | "class" | "function";
  /** The whole statement. */
  readonly range: Range;
  /** The name. */
  readonly nameRange: Range;
  readonly children: readonly FileSymbol[];
}

/** What a module binds at its top level and in its classes, branches included, in order of text. */
export function symbolsOf(module: Module): readonly FileSymbol[] {
  return module.body.flatMap(symbolsIn);
}

function symbolsIn(statement: Stmt): readonly FileSymbol[] {
  switch (statement.kind) {
    case "Assign":
      return statement.targets.flatMap((target) => targetSymbols(target, statement));
    case "AnnAssign":
    case "AugAssign":
      return targetSymbols(statement.target, statement);
    case "ClassDef":
      return [{ ...named(statement), kind: "class", children: statement.body.flatMap(symbolsIn) }];
    case "FunctionDef":
      return [{ ...named(statement), kind: "function", children: [] }];
    case "If":
    case "For":
    case "While":
      return [...statement.body, ...statement.orelse].flatMap(symbolsIn);
    case "With":
      return statement.body.flatMap(symbolsIn);
    case "Try":
      return [
        ...statement.body,
        ...statement.handlers.flatMap((handler) => handler.body),
        ...statement.orelse,
        ...statement.finalbody,
      ].flatMap(symbolsIn);
    default:
      return [];
  }
}

function named({ name, nameRange, start, end }: Stmt & { readonly kind: "ClassDef" | "FunctionDef" }) {
  return { name, nameRange, range: { start, end } };
}

function targetSymbols(target: Expr, { start, end }: Range): readonly FileSymbol[] {
  switch (target.kind) {
    case "Name": {
      const kind = isSettingName(target.id) ? "setting" : "variable";
      const nameRange = { start: target.start, end: target.end };
      return [{ name: target.id, kind, range: { start, end }, nameRange, children: [] }];
    }
    case "Tuple":
    case "List":
      return target.elts.flatMap((each) => targetSymbols(each, { start, end }));
    default:
      return [];
  }
}
