import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { entryAt, entryOf, valueAt } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { adminHandlers } from "../questions/logging/handlers";
import doc from "./admin-email-html-traceback.md";

export const adminEmailHtmlTraceback = defineRule({
  id: "admin-email-html-traceback",
  category: "security",
  severity: "info",
  audience: "hardened",
  messages: {
    html: 'LOGGING mails whole debug pages in {module}, which runs in {environment}: with each error, the handler "{handler}" sends the values of local variables and what visitors have sent out by email. Remove include_html.',
  },
  fixes: { remove: { safety: "unsafe", title: "Remove include_html" } },
  doc,

  check(context) {
    // Without a recipient nothing is sent; with a reporter of its own the project says what is.
    if (context.setting("ADMINS").certainly(isFalsy) || !context.setting("DEFAULT_EXCEPTION_REPORTER").isUnset) return;
    for (const { part, proof } of context.setting("LOGGING").judgeParts(htmlHandlers)) {
      const isWritten = proof.missing.length === 0;
      context.report({
        message: "html",
        values: { handler: part.key },
        proof,
        at: part.entry.site,
        fixes: [isWritten ? deleteElementFix("remove", deletableEntry(context, part.entry)) : undefined],
      });
    }
  },
});

interface HtmlHandler extends JudgedPart {
  readonly entry: Entry;
}

function htmlHandlers(logging: Value): readonly HtmlHandler[] {
  return adminHandlers(logging).flatMap((key) => {
    const handler = valueAt(logging, "handlers", key);
    const entry = entryAt(handler, "include_html");
    const isPlain = entryOf(handler, "reporter_class") === "absent";
    return entry !== undefined && isTruthy(entry.value) && isPlain ? [{ key, entry }] : [];
  });
}
