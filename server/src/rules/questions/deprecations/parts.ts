import { largest, smallest } from "../../../base/lists";
import type { EditBuilder } from "../../../lint/edit";
import type { RuleContext } from "../../../lint/rule";
import type { Expr } from "../../../syntax/ast";
import type { NameStatement } from "../assignments/nameStatements";

export type Edit = (edit: EditBuilder) => void;

/** A way to say what a removed setting said. */
export interface Rewrite {
  /** What is written instead, for people. */
  readonly replacement: string;
  /** While Django still reads the old setting, the new one means the same, whatever the project does. */
  readonly isSame: boolean;
  readonly edit: Edit;
}

export type Assigned = NameStatement & { readonly value: Expr };

/** Whether something that an expression reads gets another value before the last of these statements, where all will be read. */
export function changesBefore({ entries }: RuleContext, statements: readonly Pick<Assigned, "statement">[]): boolean {
  return entries.some(({ evaluation: { bindings } }) => {
    const idsOf = ({ statement }: Pick<Assigned, "statement">): readonly number[] =>
      bindings.filter((one) => one.statement === statement).map(({ id }) => id);
    const last = largest(statements.flatMap(idsOf), 0);
    return statements.some((part) => {
      const first = smallest(idsOf(part), Infinity);
      const read = new Set(bindings.find((one) => one.statement === part.statement)?.reads.map(({ name }) => name));
      return bindings.some(({ name, id }) => read.has(name) && id > first && id < last);
    });
  });
}
