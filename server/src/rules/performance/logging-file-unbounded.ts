import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { entryAt, knownKeys, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { usedHandlers } from "../questions/logging/handlers";
import doc from "./logging-file-unbounded.md";

const WATCHED = "logging.handlers.WatchedFileHandler";

export const loggingFileUnbounded = defineRule({
  id: "logging-file-unbounded",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  onByDefault: false,
  messages: {
    grows:
      "LOGGING lets a file grow without limit in {module}, which runs in {environment}: the handler {handler} writes until the disk is full, and logrotate does not help, because the process keeps the old file open. Write to stdout, or use WatchedFileHandler with logrotate.",
  },
  fixes: { watch: { safety: "unsafe", title: "Use WatchedFileHandler, for logrotate" } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("LOGGING").judgeParts(growingHandlers))
      context.report({
        message: "grows",
        values: { handler: part.key },
        proof,
        at: part.site,
        fixes: [replaceTextFix(context, "watch", part.site, WATCHED)],
      });
  },
});

interface Growing extends JudgedPart {
  readonly site: Site | undefined;
}

function growingHandlers(logging: Value): readonly Growing[] {
  const handlers = valueAt(logging, "handlers");
  const used = usedHandlers(logging);
  return knownKeys(handlers).flatMap((name) => {
    const entry = entryAt(handlers, name, "class");
    const isGrowing = textOf(entry?.value) === "logging.FileHandler" && used.includes(name);
    return isGrowing ? [{ key: name, site: entry?.valueSite }] : [];
  });
}
