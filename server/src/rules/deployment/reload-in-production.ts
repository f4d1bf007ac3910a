import { defineRule, siteOf } from "../../lint/rule";
import { serverOf } from "../../project/entryPoints/startCommand";
import { deployedLines } from "../questions/servers/deployedLines";
import doc from "./reload-in-production.md";

const RELOADS = /\s--(?:reload|autoreload|py-autoreload[= ]\d+)(?=$|[\s"'&;])/;

export const reloadInProduction = defineRule({
  id: "reload-in-production",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    reload:
      "The server of production restarts whenever a file changes: --reload watches all files for that, and Uvicorn starts one worker beside it. Delete the option, which is for developers.",
  },
  fixes: { remove: { safety: "unsafe", title: "Delete the option" } },
  doc,

  check(context) {
    for (const { file, text, start, isForProduction } of deployedLines(context)) {
      const found = isForProduction && serverOf(text) !== undefined ? RELOADS.exec(text) : null;
      if (found === null) continue;
      const range = { start: start + found.index, end: start + found.index + found[0].length };
      context.report({
        message: "reload",
        at: siteOf(file.path, { ...range, start: range.start + 1 }),
        fixes: [{ id: "remove", edit: (edit) => edit.replace(file.path, range, "") }],
      });
    }
  },
});
