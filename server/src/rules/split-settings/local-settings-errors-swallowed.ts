import { defineRule, siteOf } from "../../lint/rule";
import type { Range } from "../../base/text";
import type { EditBuilder } from "../../lint/edit";
import type { Stmt, Try, With } from "../../syntax/ast";
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
    chooses:
      "{caught} hides errors inside of {imported}, too: with a package that is missing there, {other} is loaded in its place, and nothing says so. Catch ModuleNotFoundError of that very module.",
  },
  fixes: { narrow: { safety: "unsafe", title: "Pass over the missing module only" } },
  doc,

  check(context) {
    const { file, report } = context;
    // On a developer's machine a module that is only half there is soon noticed.
    const severity = runsInProduction(context) ? "info" : "hint";
    for (const statement of guards(file.ast)) {
      const found = statement.kind === "Try" ? swallowedBy(statement) : suppressedBy(statement);
      if (found === undefined) continue;
      const { imported, caught, at, other } = found;
      const line = file.text.slice(file.text.lastIndexOf("\n", statement.start) + 1, statement.start);
      const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
      const handler = statement.kind === "Try" ? statement.handlers[0] : undefined;
      const isPlain = handler?.body.every(isSilent) ?? false;
      const kept = other === undefined ? undefined : handler?.body[0];
      const narrow = {
        id: "narrow" as const,
        edit: (edit: EditBuilder): void => {
          const guard = narrowed(imported, indent);
          if (kept === undefined) edit.replace(file.path, at, guard);
          else edit.replace(file.path, { start: at.start, end: kept.start }, `${guard}\n${indent}    `);
        },
      };
      report({
        message: other !== undefined ? "chooses" : caught === "" ? "all" : "swallowed",
        values: { caught: caught === "" ? "A bare except" : caught, imported, other: other ?? "" },
        at: siteOf(file.path, at),
        severity,
        fixes: [isPlain || kept !== undefined ? narrow : undefined],
      });
    }
  },
});

const guards = inStatements((outer) =>
  [...allStatements([outer], "branches")].flatMap((one) => (one.kind === "Try" || one.kind === "With" ? [one] : [])),
);

/** What hides the errors of which import. */
interface Swallowed {
  readonly imported: string;
  /** As it is written; empty for a bare `except`. */
  readonly caught: string;
  readonly at: Range;
  /** What the handler imports in place of the module: then the handler chooses between environments. */
  readonly other?: string;
}

/** A handler that tells nobody, or that sets values for a machine without the module. */
function swallowedBy({ body, handlers, orelse, finalbody }: Try): Swallowed | undefined {
  const imported = localImport(body);
  const [handler, ...others] = handlers;
  if (imported === undefined || handler === undefined) return undefined;
  if (others.length > 0 || orelse.length > 0 || finalbody.length > 0) return undefined;
  const name = handler.type === undefined ? "" : dottedName(handler.type);
  if (name === undefined || !["", "ImportError", "Exception", "ModuleNotFoundError"].includes(name)) return undefined;
  const found = {
    imported,
    caught: name === "" ? "" : `except ${name}`,
    at: { start: handler.start, end: handler.end },
  };
  const other = localImport(handler.body);
  // The same module under its name in Python 2 is no choice.
  if (other !== undefined) return lastPart(other) === lastPart(imported) ? undefined : { ...found, other };
  // What loses a package's half of the settings is said of what catches more than a missing module.
  if (name === "ModuleNotFoundError" || !handler.body.every((one) => isSilent(one) || isConstant(one)))
    return undefined;
  return found;
}

function lastPart(module: string): string {
  return module.slice(module.lastIndexOf(".") + 1);
}

/** `with contextlib.suppress(ImportError):`. */
function suppressedBy({ items, body }: With): Swallowed | undefined {
  const imported = localImport(body);
  const [item, ...others] = items;
  const call = item?.contextExpr;
  if (imported === undefined || call?.kind !== "Call" || others.length > 0) return undefined;
  const [caught] = call.args.map(dottedName);
  if (!/(?:^|\.)suppress$/.test(dottedName(call.func) ?? "") || call.args.length > 1) return undefined;
  if (caught !== "ImportError" && caught !== "Exception") return undefined;
  return { imported, caught: `suppress(${caught})`, at: call };
}

/** The one star import of a block, as it is written, where that is all that it does. */
function localImport([only, ...others]: readonly Stmt[]): string | undefined {
  if (only?.kind !== "ImportFrom" || only.names !== "*" || others.length > 0) return undefined;
  return ".".repeat(only.level) + only.module;
}

/** `SECRET_KEY = "for developers"`. */
function isConstant(statement: Stmt): boolean {
  return statement.kind === "Assign" && /^(?:Str|Constant)$/.test(statement.value.kind);
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
