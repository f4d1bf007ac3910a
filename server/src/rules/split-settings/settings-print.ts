import { defineRule, siteOf } from "../../lint/rule";
import type { Call } from "../../syntax/ast";
import { allStatements } from "../../syntax/statements";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-print.md";

export const settingsPrint = defineRule({
  id: "settings-print",
  category: "split-settings",
  severity: "hint",
  audience: "file",
  messages: {
    print:
      "print() in the settings adds to the output of every command: those whose output is read by programs (dumpdata, diffsettings) break. Remove it, or log.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove the call" } },
  doc,

  check({ file, report }) {
    for (const { call, callee } of moduleCalls(file.ast)) {
      if (callee !== "print" || writesElsewhere(call)) continue;
      const statement = [...allStatements(file.ast.body, "branches")].find(
        (one) => one.kind === "Expr" && one.value === call,
      );
      report({
        message: "print",
        at: siteOf(file.path, call),
        fixes: [statement && { id: "remove", edit: (edit) => edit.deleteStatement(file.path, statement) }],
      });
    }
  },
});

/** `print(..., file=sys.stderr)` leaves the output alone. */
function writesElsewhere({ keywords }: Call): boolean {
  return keywords.some(({ name }) => name === undefined || name === "file");
}
