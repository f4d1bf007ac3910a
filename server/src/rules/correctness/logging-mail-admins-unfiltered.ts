import { isTruthy } from "../../lint/effective";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { entryAt, entryOf, expressionAt, textOf, valueAt } from "../questions/dicts/dicts";
import { allEntries } from "../questions/lists/entries";
import { adminHandlers } from "../questions/logging/handlers";
import doc from "./logging-mail-admins-unfiltered.md";

const FILTER = "require_debug_false";
const PRINTS = /\.(?:console|dummy|locmem|filebased)\.EmailBackend$|\.test\.EmailBackend$/;

export const loggingMailAdminsUnfiltered = defineRule({
  id: "logging-mail-admins-unfiltered",
  category: "correctness",
  severity: "info",
  audience: "entry",
  messages: {
    unfiltered:
      "LOGGING emails errors to ADMINS while DEBUG is on: the handler {handler} has no filter require_debug_false. Add the filter.",
  },
  fixes: { add: { safety: "unsafe", title: "Add the filter require_debug_false" } },
  doc,

  check(context) {
    const logging = context.setting("LOGGING");
    if (logging.isUnset || context.module.role === "test" || !mailsWhileDebugging(context)) return;
    const proof = logging.mustBe((value) => unfilteredHandler(value) !== undefined);
    const handler = proof && unfilteredHandler(proof.value);
    if (proof?.origin === undefined || handler === undefined) return;
    context.report({
      message: "unfiltered",
      values: { handler },
      proof,
      at: entryAt(proof.value, "handlers", handler)?.site,
      fixes: [add(context, proof, handler)],
    });
  },
});

/** Whether DEBUG may be on in this module, with people to write to and a backend that does not only print. */
function mailsWhileDebugging(context: RuleContext): boolean {
  const hasAdmins = context.setting("ADMINS").certainly(isTruthy);
  const isDebugging = context.setting("DEBUG").mayBe(isTruthy) !== undefined;
  return (
    hasAdmins &&
    isDebugging &&
    context.setting("EMAIL_BACKEND").mayBe((value) => PRINTS.test(textOf(value) ?? "")) === undefined
  );
}

function unfilteredHandler(logging: Value): string | undefined {
  const [handler] = adminHandlers(logging);
  if (handler === undefined) return undefined;
  const filters = entryOf(valueAt(logging, "handlers", handler), "filters");
  if (filters === undefined) return undefined;
  const names = filters === "absent" ? [] : allEntries(filters.value);
  // Any filter may ask for DEBUG.
  return names?.length === 0 ? handler : undefined;
}

function add(context: RuleContext, proof: Proof, handler: string): ReportedFix<"add"> | undefined {
  const written = writtenDict(context, proof);
  const site = entryAt(proof.value, "handlers", handler)?.valueSite;
  const dict = expressionAt(context, site);
  const filters = entryOf(proof.value, "filters");
  if (written === undefined || dict?.kind !== "Dict" || site?.file !== written.file || filters === undefined)
    return undefined;
  if (entryOf(entryAt(proof.value, "handlers", handler)?.value, "filters") !== "absent") return undefined;
  const { file } = written;
  const place = filters === "absent" ? undefined : expressionAt(context, filters.valueSite);
  if (filters !== "absent" && (place?.kind !== "Dict" || filters.valueSite?.file !== file)) return undefined;
  const isDefined = filters !== "absent" && entryOf(filters.value, FILTER) !== "absent";
  return {
    id: "add",
    edit: (edit) => {
      const quote = (text: string): string => edit.quote(file, text);
      edit.insertElement(file, dict, dict.items.length, `${quote("filters")}: [${quote(FILTER)}]`);
      const definition = `${quote(FILTER)}: {${quote("()")}: ${quote("django.utils.log.RequireDebugFalse")}}`;
      if (place?.kind === "Dict" && !isDefined) edit.insertElement(file, place, place.items.length, definition);
      if (place === undefined) {
        const version = written.dict.items.findIndex(({ key }) => key?.kind === "Str" && key.value === "version");
        edit.insertElement(file, written.dict, version + 1, `${quote("filters")}: {${definition}}`);
      }
    },
  };
}
