import { largest } from "../base/lists";
import type { LineIndex } from "../base/text";
import type { Module, Stmt } from "../syntax/ast";
import { blocksOf } from "../syntax/statements";

/** The lines that a simple statement, or the head of a compound one, stands on; both counted from 0. */
export interface LogicalLine {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly isImport: boolean;
  readonly isDocstring: boolean;
}

/** All logical lines of a module, those of blocks included, in the order of the text. */
export function logicalLines(module: Module, lines: LineIndex): readonly LogicalLine[] {
  const found: LogicalLine[] = [];
  const visit = (statements: readonly Stmt[]): void => {
    for (const statement of statements) {
      found.push({
        firstLine: lines.position(statement.start).line,
        lastLine: lines.position(headEnd(statement)).line,
        isImport: statement.kind === "Import" || statement.kind === "ImportFrom",
        isDocstring: statement === module.body[0] && isText(statement),
      });
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(module.body);
  return found;
}

/** Whether a statement is nothing but a text. */
export function isText(statement: Stmt): boolean {
  return statement.kind === "Expr" && statement.value.kind === "Str";
}

/** Where the logical line ends with which a statement begins. */
export function headEnd(statement: Stmt): number {
  switch (statement.kind) {
    case "If":
    case "While":
      return statement.test.end;
    case "For":
      return statement.iter.end;
    case "With":
      return statement.items.at(-1)?.end ?? statement.start;
    case "Match":
      return statement.subject.end;
    case "ClassDef":
      return largest(
        [...statement.bases, ...statement.keywords].map((one) => one.end),
        statement.nameRange.end,
      );
    case "FunctionDef":
      return largest(
        statement.parameters.map((one) => one.end),
        statement.nameRange.end,
      );
    case "Try":
      return statement.start;
    default:
      return statement.end;
  }
}
