import { normalizePath } from "../../base/path";
import { isAbsolute } from "../../django/checks/filesPaths";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { judgedPaths, rewriteInBaseDir, type ConfiguredPath, type PathUse } from "../questions/paths/configuredPaths";
import doc from "./relative-path-setting.md";

const USES: readonly PathUse[] = [
  "static root",
  "media root",
  "static folder",
  "templates",
  "translations",
  "fixtures",
  "database",
  "cache",
  "sessions",
  "mail",
  "log",
];

/** What a process that is started elsewhere does. */
const CONSEQUENCES: Readonly<Record<PathUse, string>> = {
  "static root": "collectstatic writes to another directory than the one that is served",
  "media root": "uploads go to another folder",
  "static folder": "its static files are not found",
  templates: "its templates are not found",
  translations: "its translations are not found",
  fixtures: "its fixtures are not found",
  database: "it opens another, empty database",
  cache: "it keeps a cache of its own",
  sessions: "it sees no session of the others",
  mail: "it writes mail elsewhere",
  log: "it writes its log elsewhere, or fails to start",
  uploads: "uploads in progress go elsewhere",
};

export const relativePathSetting = defineRule({
  id: "relative-path-setting",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  // Only that of the cache in files has a check of Django's own.
  partialChecks: ["caches.W003"],
  messages: {
    relative:
      "{path} in {label} is relative to the working directory: from a service, a cron job or another directory, {consequence}. Build it from BASE_DIR.",
  },
  fixes: { anchor: { safety: "unsafe", title: "Build it from BASE_DIR" } },
  doc,

  check(context) {
    // Test runners are started in the project's folder.
    if (context.module.role === "test") return;
    for (const found of judgedPaths(context, USES)) {
      const { use, label, text, proof, site } = found;
      if (isAbsolute(text) !== false) continue;
      context.report({
        message: "relative",
        values: { path: JSON.stringify(text), label, consequence: CONSEQUENCES[use] },
        proof,
        at: site,
        djangoCheck: use === "cache" ? "caches.W003" : undefined,
        fixes: [anchor(context, found)],
      });
    }
  },
});

/** Only for a plain text or `Path("...")`, which says the same from BASE_DIR on. */
function anchor(context: RuleContext, found: ConfiguredPath): ReportedFix<"anchor"> | undefined {
  const node = found.expression?.node;
  const isPlain =
    node?.kind === "Str" || (node?.kind === "Call" && node.args.length === 1 && node.args[0]?.kind === "Str");
  const path = normalizePath(found.text);
  if (!isPlain || path.startsWith("..") || path.startsWith("~")) return undefined;
  const edit = rewriteInBaseDir(context, found, path);
  return edit && { id: "anchor", edit };
}
