import { defineRule, siteOf } from "../../lint/rule";
import type { Stmt, Try } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements, inStatements } from "../../syntax/statements";
import { runsInProduction } from "../questions/splits/inProduction";
import doc from "./local-settings-errors-swallowed.md";

export const localSettingsErrorsSwallowed = defineRule({
  id: "local-settings-errors-swallowed",
  category: "split-settings",
  severity: "info",
  audience: "file",
  messages: {
    swallowed:
      "{caught} hides errors inside of {imported}, too: with a package that is missing there, the settings go on without the half of it. Catch ModuleNotFoundError of that very module.",
    all: "A bare except hides every error inside of {imported}: with a mistake in it, the settings go on without the half of it. Catch ModuleNotFoundError of that very module.",
  },
  fixes: { narrow: { safety: "unsafe", title: "Pass over the missing module only" } },
  doc,

  check(context) {
    const { file, report } = context;
    for (const statement of tries(file.ast)) {
      const imported = localImport(statement);
      if (imported === undefined) continue;
      const [handler] = statement.handlers;
      const caught = handler && (handler.type === undefined ? "" : dottedName(handler.type));
      if (handler === undefined || caught === undefined || !["", "ImportError", "Exception"].includes(caught)) continue;
      if (!handler.body.every(isSilent)) continue;
      const line = file.text.slice(file.text.lastIndexOf("\n", statement.start) + 1, statement.start);
      const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
      const range = { start: handler.start, end: handler.end };
      report({
        message: caught === "" ? "all" : "swallowed",
        values: { caught: `except ${caught}`, imported },
        at: siteOf(file.path, handler),
        // On a developer's machine a module that is only half there is soon noticed.
        severity: runsInProduction(context) ? "info" : "hint",
        fixes: [
          {
            id: "narrow",
            edit: (edit) => edit.replace(file.path, range, narrowed(imported, indent)),
          },
        ],
      });
    }
  },
});

const tries = inStatements((outer) =>
  [...allStatements([outer], "branches")].flatMap((one) => (one.kind === "Try" ? [one] : [])),
);

/** The one star import of a `try`, as it is written, where that is all that it does. */
function localImport({ body, handlers, orelse, finalbody }: Try): string | undefined {
  const [only, ...others] = body;
  if (only?.kind !== "ImportFrom" || only.names !== "*" || others.length > 0) return undefined;
  if (handlers.length !== 1 || orelse.length > 0 || finalbody.length > 0) return undefined;
  return ".".repeat(only.level) + only.module;
}

/** `pass`, `...` and `print()` tell nobody. */
function isSilent(statement: Stmt): boolean {
  if (statement.kind === "Pass") return true;
  if (statement.kind !== "Expr") return false;
  const { value } = statement;
  return (
    value.kind === "Str" || value.kind === "Constant" || (value.kind === "Call" && dottedName(value.func) === "print")
  );
}

/** Relative names are made of the package's, as `ModuleNotFoundError.name` has them. */
function narrowed(imported: string, indent: string): string {
  const level = /^\.*/.exec(imported)?.[0].length ?? 0;
  const name = imported.slice(level);
  const parent = level > 1 ? `.rsplit(".", ${level - 1})[0]` : "";
  const wanted = level === 0 ? `"${name}"` : `f"{__package__${parent.replaceAll('"', "'")}}.${name}"`;
  return `except ModuleNotFoundError as error:\n${indent}    if error.name != ${wanted}:\n${indent}        raise`;
}
