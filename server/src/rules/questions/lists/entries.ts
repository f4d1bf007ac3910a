import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Item, Site, Value } from "../../../python/values/value";

/** What the questions about lists need of a rule's context: also asked of another entry module. */
export type Asks = Pick<RuleContext, "setting" | "djangoAtLeast">;

/** A text in a list, with the item that it comes from. */
export interface ListEntry {
  readonly text: string;
  readonly item: Item;
}

/** The texts that a list or tuple certainly holds, in order; what else it holds is left out. */
export function knownEntries(value: Value): readonly ListEntry[] {
  if (value.kind !== "list" && value.kind !== "tuple") return [];
  return value.items.flatMap((item) =>
    !item.spread && item.value.kind === "str" ? [{ text: item.value.value, item }] : [],
  );
}

/** All texts of a list or tuple; `undefined` where it is something else, or not completely known. */
export function allEntries(value: Value): readonly ListEntry[] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const entries = knownEntries(value);
  return entries.length === value.items.length ? entries : undefined;
}

/** Proof that a list setting has one of these entries whatever happens. */
export function listsCertainly(context: Asks, name: string, isWanted: (text: string) => boolean): Proof | undefined {
  return context.setting(name).mustBe((value) => knownEntries(value).some(({ text }) => isWanted(text)));
}

/** Where an entry is written, else where the setting gets its value. */
export function entrySite(proof: Proof, { item }: ListEntry): Site {
  return item.site === undefined ? proof.site : siteOf(item.site.file, item.site.range);
}
