import { largest, smallest } from "../../../base/lists";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Entry, Site } from "../../../python/values/value";
import { knownEntries } from "../lists/entries";
import { indexIn, writtenList } from "../middleware/middleware";
import type { ElementPlace } from "./settingFixes";

/**
 * Where an entry goes into a list setting that is written as one display: below the last of `after`, else above the first
 * of `before`, else at the end. `undefined` for a list that is put together.
 */
export function placeInList(
  context: RuleContext,
  proof: Proof,
  { before = [], after = [] }: { readonly before?: readonly string[]; readonly after?: readonly string[] },
): ElementPlace | undefined {
  const written = writtenList(context, proof);
  if (written === undefined) return undefined;
  const indexes = (wanted: readonly string[]): readonly number[] =>
    knownEntries(proof.value)
      .filter(({ text }) => wanted.includes(text))
      .map((entry) => indexIn(written, entry))
      .filter((index) => index !== undefined);
  const [below, above] = [indexes(after), indexes(before)];
  const end = smallest(above, written.list.elts.length);
  const index = below.length > 0 ? largest(below, 0) + 1 : end;
  return { file: written.file, list: written.list, index };
}

/** Where an entry stands in a dict display, to be deleted; `undefined` for one that a statement of its own has set. */
export function deletableEntry(context: RuleContext, { site, valueSite }: Entry): Site | undefined {
  if (site === undefined || valueSite?.file !== site.file) return undefined;
  const written = context.source(site.file)?.text.slice(site.range.start, valueSite.range.start);
  return written?.trimEnd().endsWith(":") === true ? site : undefined;
}
