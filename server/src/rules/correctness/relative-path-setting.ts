import { normalizePath } from "../../base/path";
import { isAbsolute } from "../../django/checks/filesPaths";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Call } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { inStatements } from "../../syntax/statements";
import { judgedPaths, rewriteInBaseDir, type ConfiguredPath, type PathUse } from "../questions/paths/configuredPaths";
import doc from "./relative-path-setting.md";

type Context = ContextOf<typeof relativePathSetting>;

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
    name: "{setting} is built from __name__, which holds no path: what is below it depends on the working directory, and a service or a cron job that starts elsewhere finds none of it. Build it from __file__.",
  },
  fixes: { anchor: { safety: "unsafe", title: "Build it from BASE_DIR" } },
  doc,

  check(context) {
    // Test runners are started in the project's folder.
    if (context.module.role === "test") return;
    reportNames(context);
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

interface NamePath {
  readonly name: string;
  readonly call: Call;
}

/** `ROOT = os.path.dirname(os.path.realpath(__name__))`: a slip of `__file__`. */
const namePaths = inStatements((statement): readonly NamePath[] => {
  if (statement.kind !== "Assign" || statement.targets.length !== 1) return [];
  const [target] = statement.targets;
  if (target?.kind !== "Name") return [];
  const found: NamePath[] = [];
  walk([statement.value], (node) => {
    const [first] = node.kind === "Call" ? node.args : [];
    if (node.kind !== "Call" || first?.kind !== "Name" || first.id !== "__name__") return;
    if (/(?:^|\.)(?:abspath|realpath|dirname|Path)$/.test(dottedName(node.func) ?? ""))
      found.push({ name: target.id, call: node });
  });
  return found;
});

/** Where other settings are built on it, as they are on BASE_DIR. */
function reportNames(context: Context): void {
  const { evaluation, source, report } = context;
  for (const path of evaluation.files) {
    const ast = source(path)?.ast;
    for (const { name, call } of ast === undefined ? [] : namePaths(ast)) {
      if (!evaluation.bindings.some(({ reads }) => reads.some((read) => read.name === name))) continue;
      report({ message: "name", values: { setting: name }, setting: name, at: siteOf(path, call) });
    }
  }
}

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
