import { isInside, relativePath } from "../../base/path";
import { pathText } from "../../django/checks/filesPaths";
import { defineRule } from "../../lint/rule";
import { entryAt, knownKeys } from "../questions/dicts/dicts";
import { isSqlite } from "../questions/databases/databases";
import { ignoreFix, knowsIgnored } from "../questions/secrets/ignoredFiles";
import doc from "./database-file-not-ignored.md";

export const databaseFileNotIgnored = defineRule({
  id: "database-file-not-ignored",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    tracked:
      "{file} is not in .gitignore: the database of {module} gets into the repository with its users, sessions and password hashes, and whoever pulls gets another's data. Ignore the file, and delete it from the repository.",
    committed:
      "{file} is in the repository: everybody who can read it has the users, sessions and password hashes in the database of {module}, and each pull replaces it. Delete the file there (git rm --cached), and ignore it.",
  },
  fixes: { ignore: { safety: "unsafe", title: "Add {file} to .gitignore" } },
  doc,

  check(context) {
    const { module, snapshot } = context;
    if (!knowsIgnored(context) || module.role === "test") return;
    const { root } = snapshot.listing;
    const proof = context.setting("DATABASES").mayBe(isSqlite);
    for (const alias of knownKeys(proof?.value)) {
      const name = entryAt(proof?.value, alias, "NAME");
      const file = pathText(name?.value) ?? "";
      if (proof === undefined || !isInside(root, file) || !snapshot.isFile(file)) continue;
      const isTracked = snapshot.isTracked(file) === true;
      context.report({
        message: isTracked ? "committed" : "tracked",
        values: { file: relativePath(root, file) },
        proof,
        at: name?.valueSite,
        fixes: [isTracked ? undefined : ignoreFix(context, "ignore", file)],
      });
    }
  },
});
