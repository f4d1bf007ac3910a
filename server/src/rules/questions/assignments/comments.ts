import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";

/** What says that a choice is still to be made. */
const OPEN = /\b(?:todo|fixme|xxx|hack)\b/i;

/** Whether a comment at the line that gives a setting its value, or right above it, says why it is so. */
export function isDocumented(context: RuleContext, { origin }: Proof, reason: Pick<RegExp, "test">): boolean {
  if (origin === undefined) return false;
  const text = context.source(origin.site.file)?.text ?? "";
  const comment = commentsAround(text, origin.site.range);
  return reason.test(comment) && !OPEN.test(comment);
}

/** The comments above a statement, up to the first line that is none, and the one behind it. */
function commentsAround(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  const above = text.slice(0, start).split("\n").slice(0, -1);
  const first = above.findLastIndex((line) => !/^\s*#/.test(line)) + 1;
  const behind = /^[^\S\n]*(#.*)?/.exec(text.slice(end))?.[1] ?? "";
  return [...above.slice(first), behind].join("\n");
}
