import { baseName } from "../../base/path";
import { relationOf } from "../../django/checks/filesPaths";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { checkUnlessDenied } from "../questions/djangoSays";
import { configuredPaths, rewriteInBaseDir, type ConfiguredPath, type PathUse } from "../questions/configuredPaths";
import doc from "./sensitive-path-served.md";

type Messages = "inside" | "contains";
type Context = RuleContext<Messages, "moveOut">;

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

export const sensitivePathServed = defineRule<Messages, "moveOut">({
  id: "sensitive-path-served",
  category: "security",
  severity: "error",
  audience: "production",
  // Django looks at the cache alone.
  djangoChecks: [],
  partialChecks: ["caches.W002"],
  messages: {
    inside: "{label} lies in {served}, which the web server delivers to everybody: {harm}. Move it out of there.",
    contains:
      "{label} is a folder that holds {served}: the cache stands among files that are delivered to everybody, and who can write there runs code, as entries are pickled. Give the cache a folder of its own.",
  },
  fixes: { moveOut: { safety: "unsafe", title: "Move it to {path}" } },
  onByDefault: true,
  doc,

  check(context) {
    const served = configuredPaths(context, ["media root", "static root", "static folder"]);
    for (const found of configuredPaths(context, SENSITIVE)) {
      for (const folder of served) {
        const relation = relationOf(found.text, folder.text);
        if (relation === undefined || relation === "apart") continue;
        if (relation === "contains" && found.use !== "cache") continue;
        report(context, found, folder, relation === "contains" ? "contains" : "inside");
        break;
      }
    }
  },
});

function report(context: Context, found: ConfiguredPath, folder: ConfiguredPath, message: Messages): void {
  const { label, use, setting, proof, site } = found;
  context.report({
    message,
    values: { label, served: folder.setting, harm: HARM[use] ?? "" },
    at: site,
    setting,
    ...(use === "cache" ? { djangoCheck: checkUnlessDenied(context, "caches.W002") } : {}),
    chain: [
      ...chainOf(context, setting, proof),
      { site: folder.site, text: `${folder.setting} names the folder here.` },
    ],
    fixes: moveOut(context, found, folder),
  });
}

/** Below `var` in BASE_DIR, unless that is served as well. */
function moveOut(context: Context, found: ConfiguredPath, folder: ConfiguredPath): readonly ReportedFix<"moveOut">[] {
  const name = baseName(found.text.replace(/(?<!\/)\/+$/, ""));
  const path = `var/${name}`;
  const base = context.setting("BASE_DIR").mustBe((value) => value.kind === "path" || value.kind === "str")?.value;
  const isServed =
    base === undefined || !("value" in base) || relationOf(`${String(base.value)}/${path}`, folder.text) !== "apart";
  const edit = isServed || !/^[\w.-]+$/.test(name) ? undefined : rewriteInBaseDir(context, found, path);
  return edit === undefined ? [] : [{ id: "moveOut", values: { path }, edit }];
}
