import { largest, smallest } from "../../base/lists";
import { isEntryOfApp } from "../../django/apps";
import type { RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Entry, Site } from "../../python/value";
import type { FilePath } from "../../base/path";
import { knownEntries, listsCertainly, type ListEntry } from "./entries";
import { entrySite, indexIn, writtenList } from "./middleware";

type Context = RuleContext;

/** The proof that a setting is what it is: where it is written and how it gets into the module, of whatever value. */
export function provenanceOf(context: Context, name: string): Proof | undefined {
  return context.setting(name).mayBe(() => true);
}

/** An app that INSTALLED_APPS has in all branches. */
export interface InstalledApp {
  readonly proof: Proof;
  readonly entry: ListEntry;
  /** Where its entry is written. */
  readonly site: Site;
}

/** An app that is certainly installed, named by its package or a configuration class in it. */
export function installedApp(context: Context, app: string): InstalledApp | undefined {
  const isWanted = (text: string): boolean => isEntryOfApp(text, app);
  const proof = listsCertainly(context, "INSTALLED_APPS", isWanted);
  const entry = proof && knownEntries(proof.value).find(({ text }) => isWanted(text));
  return proof && entry && { proof, entry, site: entrySite(proof, entry) };
}

/** An edit's place in a list: which display, and before which of its elements. */
export interface ListPlace {
  readonly file: FilePath;
  readonly list: Parameters<typeof indexIn>[0]["list"];
  readonly index: number;
}

/**
 * Where an entry goes into a list setting that is written as one display: below the last of `after`, else above the first
 * of `before`, else at the end. `undefined` for a list that is put together.
 */
export function placeInList(
  context: Context,
  proof: Proof,
  { before = [], after = [] }: { readonly before?: readonly string[]; readonly after?: readonly string[] },
): ListPlace | undefined {
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
export function deletableEntry(context: Context, { site, valueSite }: Entry): Site | undefined {
  if (site === undefined || valueSite?.file !== site.file) return undefined;
  const written = context.source(site.file)?.text.slice(site.range.start, valueSite.range.start);
  return written?.trimEnd().endsWith(":") === true ? site : undefined;
}
