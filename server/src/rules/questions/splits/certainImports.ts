import { joinPath, parentPath, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { walk } from "../../../lint/edit/walk";
import type { Import, ImportFrom, Stmt } from "../../../syntax/ast";
import { inStatements } from "../../../syntax/statements";

/**
 * The files of the workspace that run in every process that imports the module under examination: what imports at the top level
 * of a file bring, and the packages around them. An import under a condition is left out, which errs towards silence.
 */
export function certainlyImported(context: RuleContext): ReadonlySet<FilePath> {
  const { evaluation } = context;
  const executed = new Set(evaluation.files);
  const found = new Set<FilePath>();
  const pending = [evaluation.file];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file) || !executed.has(file)) continue;
    found.add(file);
    const ast = context.source(file)?.ast;
    const certain = new Set(ast === undefined ? [] : certainStatements(ast));
    for (const event of evaluation.imports)
      if (event.site.file === file && event.file !== undefined && certain.has(event.statement))
        pending.push(event.file);
    // Python runs the packages around a module before it.
    for (let folder = parentPath(file); folder !== parentPath(folder); folder = parentPath(folder))
      pending.push(joinPath(folder, "__init__.py"));
  }
  return found;
}

/** The imports among the statements of a file itself, not those inside of them. */
export const plainImports = inStatements((statement): readonly (Import | ImportFrom)[] =>
  statement.kind === "Import" || statement.kind === "ImportFrom" ? [statement] : [],
);

/** What runs whatever happens and may do more than give a name a value: imports, and statements with calls. */
export const certainStatements = inStatements((statement) => runAlways([statement]).filter(doesSomething));

function doesSomething(statement: Stmt): boolean {
  if (statement.kind === "Import" || statement.kind === "ImportFrom") return true;
  let calls = false;
  walk([statement], (node) => {
    if (node.kind === "Call") calls = true;
  });
  return calls;
}

/** The statements of a file that run whatever happens: the body of a `try`, too, at least up to what raises. */
export function runAlways(body: readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((one) => (one.kind === "Try" ? runAlways(one.body) : [one]));
}
