import { defineRule, siteOf } from "../../lint/rule";
import { deployedLines, manageCommands, type ManageCommand } from "../questions/servers/deployedLines";
import doc from "./makemigrations-at-start.md";

export const makemigrationsAtStart = defineRule({
  id: "makemigrations-at-start",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    makes:
      "Deploying the site makes migrations: they are in no repository, differ from machine to machine, and are lost with the container, while the database keeps their names. Run makemigrations when models change, commit what it writes, and run migrate alone here.",
  },
  doc,

  check(context) {
    const told = new Set<string>();
    for (const { file, text, start, isConditional } of deployedLines(context)) {
      const made = told.has(file.path) ? undefined : manageCommands(text).find(makesMigrations);
      if (made === undefined) continue;
      told.add(file.path);
      context.report({
        message: "makes",
        at: siteOf(file.path, { start: start + made.start, end: start + made.end }),
        severity: isConditional ? "info" : undefined,
      });
    }
  },
});

/** Not where it only looks whether migrations are missing. */
function makesMigrations({ name, options }: ManageCommand): boolean {
  return name === "makemigrations" && !options.includes("--check") && !options.includes("--dry-run");
}
