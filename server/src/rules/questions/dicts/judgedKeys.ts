import type { FilePath } from "../../../base/path";
import { isFalsy, isTruthy } from "../../../lint/effective";
import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Entry, Site, Value } from "../../../python/values/value";
import type { Dict } from "../../../syntax/ast";
import { knownEntries } from "../lists/entries";
import { entryAt, entryOf, expressionAt } from "./dicts";

/** The verdict over one key of a dict setting; `entry` is `undefined` where the key is not set. */
export interface JudgedKey {
  readonly proof: Proof;
  readonly entry: Entry | undefined;
}

/**
 * Judges what a package gets for a key of its dict setting: `undefined` stands for a key that is certainly not set, so that the
 * package's default applies. Silent where a module outside of the workspace may set what is not set here; it would have to
 * replace a dict that is written as a whole, which is told as for any value.
 */
export function judgeKey(
  context: RuleContext,
  setting: string,
  key: string,
  isBad: (value: Value | undefined) => boolean,
): JudgedKey | undefined {
  const proof = context.setting(setting).judge((value) => {
    const entry = value.kind === "unset" ? "absent" : entryOf(value, key);
    return entry !== undefined && isBad(entry === "absent" ? undefined : entry.value);
  });
  if (proof === undefined) return undefined;
  const entry = entryAt(proof.value, key);
  return proof.origin === undefined && proof.overridable !== undefined ? undefined : { proof, entry };
}

/** A class that a list under a key has, or that the package's default has where the key is not set. */
export interface JudgedClass extends JudgedKey {
  /** Where the class is written. */
  readonly site: Site | undefined;
  /** Whether the list has others. */
  readonly hasOthers: boolean;
}

/** Judges whether a package gets a class that its default for the key has, too. */
export function judgeClass(context: RuleContext, setting: string, key: string, name: string): JudgedClass | undefined {
  const isListed = (value: Value): boolean => knownEntries(value).some(({ text }) => text === name);
  const found = judgeKey(context, setting, key, (value) => value === undefined || isListed(value));
  if (found === undefined) return undefined;
  const classes = found.entry === undefined ? [] : knownEntries(found.entry.value);
  const site = classes.find(({ text }) => text === name)?.item.site;
  return { ...found, site, hasOthers: classes.length > 1 };
}

/** Whether a dict certainly has a key with a true value. */
export function isKeyOn(value: Value, key: string): boolean {
  const entry = entryAt(value, key);
  return entry !== undefined && isTruthy(entry.value);
}

/** Whether a dict certainly lacks a key or has a false value there. */
export function isKeyOff(value: Value, key: string): boolean {
  const entry = entryOf(value, key);
  return entry === "absent" || (entry !== undefined && isFalsy(entry.value));
}

/** A dict display in a file. */
export interface WrittenDict {
  readonly file: FilePath;
  readonly dict: Dict;
}

/** The dict display that is written at a site. */
export function dictAt(context: RuleContext, site: Site | undefined): WrittenDict | undefined {
  const dict = expressionAt(context, site);
  return site !== undefined && dict?.kind === "Dict" ? { file: site.file, dict } : undefined;
}

/** The source of an entry's value, given how the file quotes texts. */
export type EntrySource = (quote: (text: string) => string) => string;

/** Adds entries at the end of a dict display; none where there is no display to add them to. */
export function addKeysFix<Id extends string>(
  id: Id,
  written: WrittenDict | undefined,
  entries: readonly (readonly [key: string, source: EntrySource])[],
): ReportedFix<Id> | undefined {
  if (written === undefined) return undefined;
  const { file, dict } = written;
  return {
    id,
    edit: (edit) => {
      const quote = (text: string): string => edit.quote(file, text);
      for (const [key, source] of entries)
        edit.insertElement(file, dict, dict.items.length, `${quote(key)}: ${source(quote)}`);
    },
  };
}
