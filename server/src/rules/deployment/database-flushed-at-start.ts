import { defineRule, siteOf } from "../../lint/rule";
import { deployedLines, manageCommands, type ManageCommand } from "../questions/servers/deployedLines";
import doc from "./database-flushed-at-start.md";

export const databaseFlushedAtStart = defineRule({
  id: "database-flushed-at-start",
  category: "deployment",
  severity: "error",
  audience: "project",
  messages: {
    flush:
      "Starting the site empties production's database: {command} deletes all data and asks nobody. Delete the command.",
  },
  doc,

  check(context) {
    for (const { file, text, start, isConditional, isForProduction } of deployedLines(context)) {
      const found = manageCommands(text).find(empties);
      if (found === undefined) continue;
      context.report({
        message: "flush",
        values: { command: found.name },
        at: siteOf(file.path, { start: start + found.start, end: start + found.end }),
        severity: isConditional || !isForProduction ? "warning" : undefined,
      });
    }
  },
});

/** Without a question: `flush`, and what drops the whole database. */
function empties({ name, options }: ManageCommand): boolean {
  return (name === "flush" || name === "reset_db") && options.some((option) => /^--no-?input$/.test(option));
}
