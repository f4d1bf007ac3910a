import type { Range } from "../../../base/text";
import type { CodeSearch } from "../../../project/codeIndex";

/** Calls for which a sender of None is DEFAULT_FROM_EMAIL, and no definitions of functions that are called so. */
const SENDING = /(?<!\bdef[ \t])\b(?:send_mail|EmailMessage|EmailMultiAlternatives)\(/g;

/** By name, or by position: only the sender stands before the list of recipients. */
const NO_SENDER = /\bfrom_email[ \t]*=[ \t]*None\b|,\s*None,\s*\[/;

const TO_USER = /\.email_user\(([^()]*)\)/g;

/** Where a call is longer, a sender of None beyond is not seen. */
const MAX_CALL = 600;

/** Mail of the project's own that names no sender, so that Django takes DEFAULT_FROM_EMAIL. */
export const SENT_WITHOUT_SENDER: CodeSearch<Range> = {
  id: "mail without a sender",
  find: (text) => [...sendsWithNone(text), ...[...text.matchAll(TO_USER)].filter(hasNoSender).map(rangeOf)],
};

/** `user.email_user(subject, message)`, without the third argument that names a sender. */
function hasNoSender([, args = ""]: RegExpExecArray): boolean {
  return args.split(",").filter((arg) => arg.trim() !== "").length === 2;
}

function sendsWithNone(text: string): readonly Range[] {
  return [...text.matchAll(SENDING)].flatMap((match) => {
    const { start, end } = rangeOf(match);
    const call = text.slice(end, callEnd(text, end));
    return NO_SENDER.test(call) ? [{ start, end }] : [];
  });
}

function rangeOf({ 0: found, index }: RegExpExecArray): Range {
  return { start: index, end: index + found.length };
}

/** The offset of the parenthesis that closes a call, those in strings counted as in code; at most {@link MAX_CALL} on. */
function callEnd(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < Math.min(text.length, start + MAX_CALL); at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return start + MAX_CALL;
}
