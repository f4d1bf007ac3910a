import { siteOf, type RuleContext } from "../../../lint/rule";
import { walk } from "../../../lint/edit/walk";
import type { Site } from "../../../python/values/value";
import type { Expr, Module, Stmt } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { textOf } from "../dicts/dicts";
import { importedAs, originOf } from "../modules/moduleLevel";

/** What a URL leads to. */
export interface Route {
  /** The dotted name of a module of URLs, or of a view, as far as it is written. */
  readonly target: string;
  readonly site: Site;
}

/**
 * What the URLconf that ROOT_URLCONF names certainly leads to: what stands in `urlpatterns` whatever happens. Branches are left
 * out, and URLconfs that it includes, which errs towards silence.
 */
export function certainRoutes({ setting, snapshot, project, module }: RuleContext): readonly Route[] {
  const name = textOf(setting("ROOT_URLCONF").mustBe((value) => textOf(value) !== undefined)?.value);
  if (name === undefined || !setting("ROOT_URLCONF").certainly((value) => textOf(value) === name)) return [];
  const host = snapshot.host(project.importRoots);
  const found = host.resolveModule(name, module.file);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  return found.kind !== "file" || parsed?.ok !== true
    ? []
    : routesIn(parsed.module).map(({ target, node }) => ({ target, site: siteOf(found.path, node) }));
}

interface Named {
  readonly target: string;
  readonly node: Expr;
}

function routesIn(ast: Module): readonly Named[] {
  const imported = importedAs(ast);
  const routes: Named[] = [];
  for (const list of ast.body.flatMap(patternsOf))
    walk([list], (node) => {
      if (node.kind === "IfExp" || node.kind === "BoolOp" || node.kind === "Lambda") return false;
      if (node.kind !== "Call") return undefined;
      const callee = dottedName(node.func) ?? "";
      if (callee.endsWith(".as_view")) routes.push({ target: originOf(callee, imported), node });
      const included = callee.split(".").at(-1) === "include" ? targetOf(node.args[0], imported) : undefined;
      if (included !== undefined) routes.push({ target: included, node });
      return undefined;
    });
  return routes;
}

/** What is assigned to `urlpatterns`, or added to it, at the top level. */
function patternsOf(statement: Stmt): readonly Expr[] {
  const isIt = (target: Expr): boolean => target.kind === "Name" && target.id === "urlpatterns";
  if (statement.kind === "Assign") return statement.targets.some(isIt) ? [statement.value] : [];
  return statement.kind === "AugAssign" && isIt(statement.target) ? [statement.value] : [];
}

/** The module that `include()` gets: as a string, by an import, or with a namespace in a tuple. */
function targetOf(argument: Expr | undefined, imported: ReadonlyMap<string, string>): string | undefined {
  const module = argument?.kind === "Tuple" ? argument.elts[0] : argument;
  if (module?.kind === "Str") return module.value;
  const name = module && dottedName(module);
  return name === undefined ? undefined : originOf(name, imported);
}
