import type { FilePath } from "../base/path";
import type { Host } from "../python/program/host";
import type { Module, Parameter, Stmt } from "../syntax/ast";

/**
 * What `django.urls.get_callable` makes of a dotted path. `not-importable`: it raises ImportError. `absent`: it raises
 * ViewDoesNotExist, for a name or the last module that is not there. `unknown`: it cannot be told from the workspace.
 */
export type FoundView =
  | { readonly kind: "not-importable" | "unknown" }
  /** `isModule`: the module itself is not there. */
  | { readonly kind: "absent"; readonly isModule: boolean }
  /** `parameters`: of an undecorated function, else not known. */
  | { readonly kind: "callable"; readonly parameters: readonly Parameter[] | undefined };

/** How many imports a name is followed through. */
const MAX_STEPS = 8;

/** Looks a view up by its dotted path, as a module of the workspace would import it (`django/urls/utils.py`). */
export function findView(host: Host, importer: FilePath, dotted: string): FoundView {
  const at = dotted.lastIndexOf(".");
  if (at < 0) return { kind: "not-importable" };
  const [moduleName, name] = [dotted.slice(0, at), dotted.slice(at + 1)];
  if (moduleName === "" || moduleName.split(".").includes("")) return { kind: "unknown" };
  const found = host.resolveModule(moduleName, importer);
  if (found.kind === "missing") {
    // Django looks whether the last module is what is missing: only then it says so with an exception of its own.
    const parent = moduleName.slice(0, moduleName.lastIndexOf("."));
    const isParentMissing = host.resolveModule(parent, importer).kind === "missing";
    return isParentMissing ? { kind: "not-importable" } : { kind: "absent", isModule: true };
  }
  return found.kind === "file" ? viewIn(host, found.path, name, MAX_STEPS) : { kind: "unknown" };
}

function viewIn(host: Host, file: FilePath, name: string, steps: number): FoundView {
  const parsed = host.parse(file);
  if (!parsed.ok || steps === 0) return { kind: "unknown" };
  const last = parsed.module.body.findLast((statement) => namesOf(statement).includes(name));
  if (last?.kind === "FunctionDef")
    return { kind: "callable", parameters: last.decorators.length === 0 ? last.parameters : undefined };
  if (last?.kind === "ClassDef") return { kind: "callable", parameters: undefined };
  if (last?.kind === "ImportFrom" && last.names !== "*" && last.level === 0 && last.module !== undefined) {
    const alias = last.names.find((one) => (one.asname ?? one.name) === name);
    const found = host.resolveModule(last.module, file);
    return alias !== undefined && found.kind === "file"
      ? viewIn(host, found.path, alias.name, steps - 1)
      : { kind: "unknown" };
  }
  const isAbsent = last === undefined && !mayBindMore(parsed.module);
  return isAbsent ? { kind: "absent", isModule: false } : { kind: "unknown" };
}

/** The names that a statement binds in plain sight. */
function namesOf(statement: Stmt): readonly string[] {
  switch (statement.kind) {
    case "FunctionDef":
    case "ClassDef":
      return [statement.name];
    case "ImportFrom":
      return statement.names === "*" ? [] : statement.names.map((alias) => alias.asname ?? alias.name);
    case "Import":
      return statement.names.map((alias) => alias.asname ?? alias.name.split(".")[0] ?? "");
    case "Assign":
      return statement.targets.flatMap((target) => (target.kind === "Name" ? [target.id] : []));
    case "AnnAssign":
      return statement.target.kind === "Name" ? [statement.target.id] : [];
    default:
      return [];
  }
}

/** Whether a module may have names that no statement at its top level spells: star imports, conditions, `__getattr__`. */
function mayBindMore({ body }: Module): boolean {
  return body.some((statement) => {
    switch (statement.kind) {
      case "ImportFrom":
        return statement.names === "*";
      case "FunctionDef":
        return statement.name === "__getattr__";
      case "Assign":
        return statement.targets.some((target) => target.kind !== "Name" && target.kind !== "Attribute");
      case "ClassDef":
      case "Import":
      case "AnnAssign":
      case "AugAssign":
      case "Pass":
        return false;
      case "Expr":
        return statement.value.kind !== "Str" && statement.value.kind !== "Call";
      default:
        return true;
    }
  });
}

/** Whether a function can be called as `view(request, reason=...)`, as `inspect.signature(view).bind(None, reason=None)` tells. */
export function takesRequestAndReason(parameters: readonly Parameter[]): boolean {
  const positional = parameters.filter(
    ({ parameterKind }) => parameterKind === "positionalOnly" || parameterKind === "positionalOrKeyword",
  );
  const has = (kind: Parameter["parameterKind"]): boolean => parameters.some((one) => one.parameterKind === kind);
  const [first, ...others] = positional;
  if (first === undefined && !has("varPositional")) return false;
  if (first?.name === "reason" && first.parameterKind === "positionalOrKeyword") return false;
  const named = [
    ...others.filter(({ parameterKind }) => parameterKind === "positionalOrKeyword"),
    ...parameters.filter(({ parameterKind }) => parameterKind === "keywordOnly"),
  ];
  if (!named.some(({ name }) => name === "reason") && !has("varKeyword")) return false;
  const required = [...others, ...parameters.filter(({ parameterKind }) => parameterKind === "keywordOnly")];
  return required.every((one) => one.default !== undefined || (one.name === "reason" && named.includes(one)));
}
