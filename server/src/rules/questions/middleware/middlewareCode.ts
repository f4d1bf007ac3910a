import type { FilePath } from "../../../base/path";
import { kindsOf } from "../../../lint/classKinds";
import type { RuleContext } from "../../../lint/rule";
import type { ClassDef, FunctionDef, Stmt } from "../../../syntax/ast";
import { allStatements } from "../../../syntax/statements";

/** A statement of a middleware of the workspace. */
export interface MiddlewareStatement {
  readonly file: FilePath;
  readonly statement: Stmt;
}

/** The methods of a middleware that Django calls before the view. */
const BEFORE_VIEW = /^(?:__a?call__|process_request)$/;

/**
 * The first statement that `isIt` holds of and that a middleware executes for each request, before the view: not in a branch, and
 * not behind one that may return. Takes an item of MIDDLEWARE; classes of the workspace are followed to their bases.
 */
export function doneForEachRequest(
  context: RuleContext,
  item: string,
  isIt: (statement: Stmt) => boolean,
): MiddlewareStatement | undefined {
  for (const { path } of kindsOf(context, item) ?? []) {
    const found = definitionOf(context, path);
    const bodies = found === undefined ? [] : bodiesOf(found.definition);
    const statement = bodies.map((body) => unconditional(body, isIt)).find((one) => one !== undefined);
    if (found !== undefined && statement !== undefined) return { file: found.file, statement };
  }
  return undefined;
}

function definitionOf(
  { snapshot, project, module }: RuleContext,
  dotted: string,
): { readonly file: FilePath; readonly definition: ClassDef | FunctionDef } | undefined {
  const at = dotted.lastIndexOf(".");
  const host = snapshot.host(project.importRoots);
  const found = host.resolveModule(dotted.slice(0, Math.max(at, 0)), module.file);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (found.kind !== "file" || parsed?.ok !== true) return undefined;
  for (const one of parsed.module.body.toReversed())
    if ((one.kind === "ClassDef" || one.kind === "FunctionDef") && one.name === dotted.slice(at + 1))
      return { file: found.path, definition: one };
  return undefined;
}

/** A class's methods for requests, or the functions that a function makes. */
function bodiesOf({ kind, body }: ClassDef | FunctionDef): readonly (readonly Stmt[])[] {
  return body.flatMap((one) =>
    one.kind === "FunctionDef" && (kind === "FunctionDef" || BEFORE_VIEW.test(one.name)) ? [one.body] : [],
  );
}

function unconditional(body: readonly Stmt[], isIt: (statement: Stmt) => boolean): Stmt | undefined {
  for (const statement of body) {
    if (isIt(statement)) return statement;
    const mayLeave = [...allStatements([statement], "branches")].some(
      ({ kind }) => kind === "Return" || kind === "Raise",
    );
    if (mayLeave) return undefined;
  }
  return undefined;
}
