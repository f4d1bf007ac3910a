import { walk } from "../../../lint/edit/walk";
import type { Call, Module, Stmt } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { allStatements, inStatements } from "../../../syntax/statements";

/** A call that runs when a module is imported. */
export interface ModuleCall {
  readonly call: Call;
  /** What is called, by the name under which it was imported: `django.setup`; a name that was not imported stays as it is. */
  readonly callee: string;
}

interface KnownCalls {
  /** What they were named by. */
  readonly imported: ReadonlyMap<string, string>;
  readonly calls: readonly ModuleCall[];
}

const known = new WeakMap<ReturnType<typeof namedCalls>, KnownCalls>();

/**
 * The calls that run when a module is imported: not those in functions and lambdas, which may never run. Kept, since a dozen rules
 * ask for them.
 */
export function moduleCalls(ast: Module): readonly ModuleCall[] {
  const imported = importedAs(ast);
  const named = namedCalls(ast);
  const last = known.get(named);
  if (last?.imported === imported) return last.calls;
  const calls = named.map(({ call, name }) => ({ call, callee: originOf(name, imported) }));
  known.set(named, { imported, calls });
  return calls;
}

const namedCalls = inStatements((statement) => {
  const found: { readonly call: Call; readonly name: string }[] = [];
  walk([statement], (node) => {
    if (node.kind === "FunctionDef" || node.kind === "Lambda") return false;
    const name = node.kind === "Call" ? dottedName(node.func) : undefined;
    if (node.kind === "Call" && name !== undefined) found.push({ call: node, name });
    return undefined;
  });
  return found;
});

/** What the names of a module's own imports stand for: `np` for `numpy`, `path` for `os.path`. */
export function importedAs(ast: Module): ReadonlyMap<string, string> {
  const names = importedNames(ast);
  let imported = knownImports.get(names);
  if (imported === undefined) knownImports.set(names, (imported = new Map(names)));
  return imported;
}

const knownImports = new WeakMap<ReturnType<typeof importedNames>, ReadonlyMap<string, string>>();

const importedNames = inStatements((outer) => importsIn([outer]));

/** What imports among these statements bind, each with what it stands for. */
export function importsIn(body: readonly Stmt[]): readonly (readonly [string, string])[] {
  const names: [string, string][] = [];
  for (const statement of allStatements(body, "branches")) {
    if (statement.kind === "Import")
      for (const { name, asname } of statement.names)
        names.push([asname ?? top(name), asname === undefined ? top(name) : name]);
    if (statement.kind !== "ImportFrom" || statement.names === "*" || statement.level > 0) continue;
    for (const { name, asname } of statement.names) names.push([asname ?? name, `${statement.module}.${name}`]);
  }
  return names;
}

/** A dotted name with its first part replaced by what was imported under it. */
export function originOf(name: string, imported: ReadonlyMap<string, string>): string {
  const first = top(name);
  const origin = imported.get(first);
  return origin === undefined ? name : origin + name.slice(first.length);
}

function top(dotted: string): string {
  return dotted.split(".", 1)[0] ?? "";
}
