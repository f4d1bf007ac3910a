import { baseName } from "../../base/path";
import { relationOf } from "../../django/checks/filesPaths";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import {
  configuredPaths,
  judgedPaths,
  rewriteInBaseDir,
  type ConfiguredPath,
  type PathUse,
} from "../questions/paths/configuredPaths";
import doc from "./sensitive-path-served.md";

/** What visitors would get to see, and why that is bad. */
const HARM: Readonly<Partial<Record<PathUse, string>>> = {
  database: "anybody can download the whole database",
  cache: "anybody can read cached data, and who can write there runs code, as entries are pickled",
  sessions: "anybody can take over sessions",
  mail: "anybody can read mail, password resets included",
  log: "anybody can read the log",
  uploads: "anybody can read uploads before they are checked",
};

const SENSITIVE: readonly PathUse[] = ["database", "cache", "sessions", "mail", "log", "uploads"];

export const sensitivePathServed = defineRule({
  id: "sensitive-path-served",
  category: "security",
  severity: "error",
  audience: "production",
  // Django looks at the cache alone.
  partialChecks: ["caches.W002"],
  messages: {
    inside: "{label} is inside {served}, which is served publicly: {harm}. Move it out of there.",
    contains:
      "{label} is a directory that holds {served}: the cache is served with them, and anyone who can write there runs code, because its items are pickled. Give the cache a directory of its own.",
  },
  fixes: { moveOut: { safety: "unsafe", title: "Move it to {path}" } },
  doc,

  check(context) {
    const served = configuredPaths(context, ["media root", "static root", "static folder"]);
    for (const found of judgedPaths(context, SENSITIVE)) {
      for (const folder of served) {
        const relation = relationOf(found.text, folder.text);
        if (relation === undefined || relation === "apart") continue;
        if (relation === "contains" && found.use !== "cache") continue;
        const { label, use, proof, site } = found;
        context.report({
          message: relation === "contains" ? "contains" : "inside",
          values: { label, served: folder.setting, harm: HARM[use] ?? "" },
          proof,
          at: site,
          djangoCheck: use === "cache" ? "caches.W002" : undefined,
          chain: [{ site: folder.site, text: `${folder.setting} names the folder here.` }],
          fixes: [moveOut(context, found, folder)],
        });
        break;
      }
    }
  },
});

/** Below `var` in BASE_DIR, unless that is served as well. */
function moveOut(
  context: RuleContext,
  found: ConfiguredPath,
  folder: ConfiguredPath,
): ReportedFix<"moveOut"> | undefined {
  const name = baseName(found.text.replace(/(?<!\/)\/+$/, ""));
  const path = `var/${name}`;
  const base = context.setting("BASE_DIR").mustBe((value) => value.kind === "path" || value.kind === "str")?.value;
  const isServed =
    base === undefined || !("value" in base) || relationOf(`${String(base.value)}/${path}`, folder.text) !== "apart";
  const edit = isServed || !/^[\w.-]+$/.test(name) ? undefined : rewriteInBaseDir(context, found, path);
  return edit && { id: "moveOut", values: { path }, edit };
}
