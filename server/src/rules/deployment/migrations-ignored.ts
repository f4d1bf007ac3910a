import { isInside, joinPath, parentPath, relativePath, type FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import { listed } from "../../lint/phrases";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { isExamplePath } from "../../project/exampleFiles";
import { usageOfFolders } from "../../project/nameWords";
import type { Site } from "../../python/values/value";
import { knowsIgnored } from "../questions/secrets/ignoredFiles";
import doc from "./migrations-ignored.md";

type Context = ContextOf<typeof migrationsIgnored>;

export const migrationsIgnored = defineRule({
  id: "migrations-ignored",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    ignored:
      "New migrations of {apps} stay out of the repository: git ignores them, so each machine makes its own, and production's tables differ from what the code expects. Delete the pattern, and commit the migrations.",
  },
  fixes: { keep: { safety: "unsafe", title: "Delete the pattern" } },
  doc,

  check(context) {
    if (!knowsIgnored(context)) return;
    const apps = ignoredApps(context);
    const [first] = apps;
    const pattern = first === undefined ? undefined : patternFor(context, first);
    if (pattern === undefined) return;
    const names = apps.map((folder) => relativePath(context.project.root, folder));
    const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} other apps`] : names;
    const { file } = pattern;
    context.report({
      message: "ignored",
      values: { apps: listed(shown) },
      at: pattern,
      fixes: [{ id: "keep", edit: (edit) => edit.replace(file, lineAt(context, pattern), "") }],
    });
  },
});

/** The folders of apps with models whose first migration git would ignore. */
function ignoredApps({ project, snapshot, entries }: Context): readonly FilePath[] {
  const { listing } = snapshot;
  const isElsewhere = entries.some(({ evaluation }) => evaluation.names.includes("MIGRATION_MODULES"));
  if (isElsewhere) return [];
  return [...listing.files].flatMap((file) => {
    const folder = parentPath(file);
    const relative = relativePath(listing.root, file);
    if (!file.endsWith("/models.py") || !isInside(project.root, file)) return [];
    if (isExamplePath(relative) || /^(?:test|development)$/.test(usageOfFolders(relative) ?? "")) return [];
    if (!snapshot.isIgnored(joinPath(folder, "migrations", "0001_initial.py"))) return [];
    return /(?:Model|AbstractUser|AbstractBaseUser)\):/.test(snapshot.text(file) ?? "") ? [folder] : [];
  });
}

/** The last line about migrations of the nearest `.gitignore` that has one. */
function patternFor({ snapshot }: Context, app: FilePath): Site | undefined {
  const { root } = snapshot.listing;
  for (let folder = app; isInside(root, folder); folder = parentPath(folder)) {
    const file = joinPath(folder, ".gitignore");
    const text = snapshot.isFile(file) ? snapshot.text(file) : undefined;
    const line = [...(text ?? "").matchAll(/^[^#!\s][^\r\n]*/gm)].findLast(([pattern]) =>
      pattern.includes("migrations"),
    );
    if (line !== undefined) return siteOf(file, { start: line.index, end: line.index + line[0].length });
  }
  return undefined;
}

/** A place with the break at the end of its line. */
function lineAt({ snapshot }: Context, { file, range }: Site): Range {
  const [lineBreak] = /^\r?\n/.exec(snapshot.text(file)?.slice(range.end) ?? "") ?? [""];
  return { start: range.start, end: range.end + lineBreak.length };
}
