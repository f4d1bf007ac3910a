import { defineRule, siteOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import { isInMemory, isSqlite } from "../questions/databases/databases";
import { urlLibrary } from "../questions/databases/databaseUrls";
import { armsOf, entryAt, keySite, valueAt } from "../questions/dicts/dicts";
import { diskOfPath, isMountUnseen } from "../questions/storages/disks";
import doc from "./sqlite-in-production.md";

export const sqliteInProduction = defineRule({
  id: "sqlite-in-production",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    file: "DATABASES is a SQLite file in {module}: only one connection can write at a time, all servers and workers need the same disk, and the file needs a backup of its own. For a site with many users, use a database server.",
    lost: "DATABASES keeps its SQLite file on a disk that is lost: by {file}, {module} is deployed to {platform}, where each deployment begins with an empty disk, and all data is gone. Use a database server, or attach a lasting disk.",
    memory:
      "DATABASES is in memory in {module}: each process has a database of its own, without any tables, and everything in it is lost with the process. Use a database server.",
  },
  // To move the data is more than an edit.
  fixes: { readUrl: { safety: "manual", title: "Read the database server's URL: {expression}" } },
  doc,

  check(context) {
    const proof = context.setting("DATABASES").judge(isSqlite);
    const entry = entryAt(proof?.value, "default");
    if (proof === undefined || entry === undefined) return;
    const given = valueAt(armsOf(entry.value)[0], "NAME");
    // Where the engine's variable is missing, so are the others.
    const name = proof.missing.length > 0 && given?.kind === "environment" ? given.fallback : given;
    const common = { proof, at: keySite(context, entry), fixes: [readUrl(context)] };
    if (isInMemory(name)) return context.report({ ...common, message: "memory", severity: "error" });
    const disk = diskOfPath(context, name, "database");
    if (disk.kind === "lasting" && !isMountUnseen(context, name)) return;
    // Where a variable may name a place on another disk, whoever deploys the project can have thought of it.
    const severity = name?.kind === "environment" ? "hint" : undefined;
    if (disk.kind !== "ephemeral") return context.report({ ...common, message: "file", severity });
    const { platform, file } = disk;
    context.report({
      ...common,
      message: "lost",
      values: { platform, file: file.relative },
      severity: "warning",
      chain: [{ site: siteOf(file.path, { start: 0, end: 0 }), text: `It is deployed to ${platform} here.` }],
    });
  },
});

/** In the words of the library that the project has for it. */
function readUrl(context: RuleContext): ReportedFix<"readUrl"> | undefined {
  const library = urlLibrary(context);
  if (library === undefined) return undefined;
  const call = library === "django-environ" ? 'env.db("DATABASE_URL")' : "dj_database_url.config()";
  return { id: "readUrl", values: { expression: `DATABASES = {"default": ${call}}` } };
}
