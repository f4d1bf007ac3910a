import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { ListEntry } from "../lists/entries";
import { indexIn, writtenList } from "../middleware/middleware";

/** An entry of a list that has to stand above or below another one. */
export interface EntryMove {
  readonly entry: ListEntry;
  readonly anchor: ListEntry;
  readonly direction: "above" | "below";
}

/** Moves an entry, within one display: what is put together of several lists has no single place to move an entry to. */
export function moveEntry<Id extends string>(
  context: RuleContext,
  id: Id,
  proof: Proof,
  { entry, anchor, direction }: EntryMove,
): ReportedFix<Id> | undefined {
  const written = writtenList(context, proof);
  const [from, to] = written === undefined ? [] : [indexIn(written, entry), indexIn(written, anchor)];
  const source = written === undefined ? undefined : context.source(written.file);
  const element = from === undefined ? undefined : written?.list.elts[from];
  if (written === undefined || element === undefined || to === undefined || source === undefined) return undefined;
  const { file, list } = written;
  const text = source.text.slice(element.start, element.end);
  return {
    id,
    edit: (edit) => {
      edit.deleteElement(file, element);
      edit.insertElement(file, list, direction === "above" ? to : to + 1, text);
    },
  };
}
