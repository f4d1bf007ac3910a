import { baseName, joinPath, parentPath } from "../../base/path";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { Call, Expr, Stmt } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements } from "../../syntax/statements";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-exec-include.md";

type Context = ContextOf<typeof settingsExecInclude>;

export const settingsExecInclude = defineRule({
  id: "settings-exec-include",
  category: "split-settings",
  severity: "info",
  audience: "file",
  messages: {
    include:
      "{call}() runs another file inside of the settings: no tool sees which settings it makes, a traceback names no file, and the autoreloader does not watch it. Import it, or use include() of django-split-settings.",
  },
  fixes: { import: { safety: "unsafe", title: "Write {statement}" } },
  doc,

  check(context) {
    const { file } = context;
    for (const { call, callee } of moduleCalls(file.ast)) {
      if (callee !== "execfile" && callee !== "exec") continue;
      const statements = [...allStatements(file.ast.body, "branches")];
      const isInclude = callee === "execfile" || isCode(call.args[0], statements);
      if (!isInclude) continue;
      context.report({
        message: "include",
        values: { call: callee },
        at: siteOf(file.path, call),
        fixes: [importFix(context, call, statements)],
      });
    }
  },
});

/** Whether an expression is the text of a file or what `compile()` makes of it, also by a name that was given to it. */
function isCode(expression: Expr | undefined, statements: readonly Stmt[]): boolean {
  if (expression === undefined) return false;
  if (expression.kind !== "Name") return readsFile(expression);
  return statements.some(
    (one) =>
      one.kind === "Assign" &&
      one.targets.some((target) => target.kind === "Name" && target.id === expression.id) &&
      readsFile(one.value),
  );
}

function readsFile(expression: Expr): boolean {
  let found = false;
  walk([expression], (node) => {
    if (node.kind !== "Call") return;
    const isRead = node.func.kind === "Attribute" && /^read(?:_text|_bytes)?$/.test(node.func.attr);
    if (isRead || /^(?:open|compile)$/.test(dottedName(node.func) ?? "")) found = true;
  });
  return found;
}

/** A star import of the file, where its name is written out, and it is a module beside this one. */
function importFix(
  { file, snapshot, project }: Context,
  call: Call,
  statements: readonly Stmt[],
): FixOf<typeof settingsExecInclude> | undefined {
  const statement = statements.find((one) => one.kind === "Expr" && one.value === call);
  const stem = stemIn(call);
  if (statement === undefined || stem === undefined || baseName(file.path) === `${stem}.py`) return undefined;
  if (!snapshot.isFile(joinPath(parentPath(file.path), `${stem}.py`))) return undefined;
  const isInPackage = snapshot.host(project.importRoots).moduleName(file.path).includes(".");
  const written = `from ${isInPackage ? "." : ""}${stem} import *`;
  return { id: "import", values: { statement: written }, edit: (edit) => edit.replace(file.path, statement, written) };
}

/** The module that the only path among a call's texts names: `"local.py"`. */
function stemIn(call: Call): string | undefined {
  const names: string[] = [];
  walk(call.args, (node) => {
    if (node.kind === "Str" && node.value.endsWith(".py")) names.push(node.value);
  });
  const [only, second] = names;
  return second === undefined ? /^([A-Za-z_]\w*)\.py$/.exec(only ?? "")?.[1] : undefined;
}
