import { defineRule } from "../../lint/rule";
import type { Entry, Value } from "../../python/values/value";
import { entryAt, entryOf, keySite } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./logger-root-misplaced.md";

export const loggerRootMisplaced = defineRule({
  id: "logger-root-misplaced",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  // These releases run on no Python that takes "root" for the root logger (3.9 and later).
  django: { until: [2, 1] },
  messages: {
    root: 'LOGGING["loggers"]["root"] is not the root logger: it is a logger called "root", to which nothing is logged before Python 3.9. Name it "", or move it to LOGGING["root"].',
  },
  fixes: { rename: { safety: "unsafe", title: 'Name the logger ""' } },
  doc,

  check(context) {
    if (context.djangoAtLeast(2, 2) !== false) return;
    const proof = context.setting("LOGGING").mustBe((value) => misplaced(value) !== undefined);
    const entry = proof && misplaced(proof.value);
    if (proof?.origin === undefined || entry === undefined) return;
    const site = keySite(context, entry);
    context.report({ message: "root", proof, at: site, fixes: [replaceTextFix(context, "rename", site, "")] });
  },
});

function misplaced(logging: Value): Entry | undefined {
  const loggers = entryAt(logging, "loggers")?.value;
  const isOnly = entryOf(logging, "root") === "absent" && entryOf(loggers, "") === "absent";
  return isOnly ? entryAt(loggers, "root") : undefined;
}
