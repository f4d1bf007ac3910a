import type { RuleContext } from "../../../lint/rule";
import type { EnvironmentValue, Site } from "../../../python/values/value";
import { assignedBy } from "../assignments/assigned";
import type { Proof } from "../../../lint/setting";
import { relativePath } from "../../../base/path";
import { readingCall, writtenDefault } from "./environment";

/** The line of a `.env` in the repository that gives a variable its value, and the file as people name it. */
export interface DotEnvPlace {
  readonly site: Site;
  readonly file: string;
}

/**
 * Where a read without a default of its own gets what it falls back to: from a `.env` of the repository that the settings load.
 * `undefined` where the call has a default, or several such files set the variable.
 */
export function dotEnvPlace(
  context: RuleContext,
  { outcome }: Proof,
  read: EnvironmentValue | undefined,
): DotEnvPlace | undefined {
  const expression = read && assignedBy(context, outcome)?.expression;
  const call = expression && readingCall(read.site.file, expression, read);
  const given = call && writtenDefault(call, read);
  const isOff = given === undefined || (given.kind === "Constant" && given.value !== true);
  if (read?.fallback === undefined || call === undefined || !isOff || !/^\w+$/.test(read.variable)) return undefined;
  const { listing } = context.snapshot;
  const pattern = new RegExp(`^[ \\t]*(?:export[ \\t]+)?(${read.variable})[ \\t]*=`, "m");
  const places = [...listing.files].flatMap((file) => {
    const text = file.endsWith("/.env") ? context.snapshot.text(file) : undefined;
    const match = text === undefined ? null : pattern.exec(text);
    if (match === null) return [];
    const start = match.index + match[0].indexOf(read.variable);
    const site = { file, range: { start, end: start + read.variable.length } };
    return [{ site, file: relativePath(listing.root, file) }];
  });
  return places.length === 1 ? places[0] : undefined;
}
