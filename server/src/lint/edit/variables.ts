import { append } from "../../base/lists";
import type { FilePath } from "../../base/path";
import type { Expr, Stmt } from "../../syntax/ast";
import type { Dialect } from "../dialects/dialect";
import type { Sources } from "./editHost";
import { walk } from "./walk";

/** Libraries whose own documentation reads variables without a prefix. */
const UNPREFIXED = new Set(["python-decouple", "environs"]);

/**
 * The prefix of environment variables that a project's settings use most: what stands before the setting's own name where
 * one is read (`SECRET_KEY = env("APP_SECRET_KEY")` shows `APP_`). Without any such read: `DJANGO_` when some variable
 * begins so or none is read at all, else nothing.
 */
export function variablePrefix(sources: Sources, files: Iterable<FilePath>, dialect: Dialect): string {
  const counts = new Map<string, number>();
  const variables: string[] = [];
  for (const file of files) {
    for (const statement of sources.get(file)?.module.body ?? []) {
      const found = readsIn(statement);
      append(variables, found.variables);
      for (const prefix of found.prefixes) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const best = [...counts].reduce<readonly [string, number] | undefined>(
    (a, b) => (a !== undefined && a[1] >= b[1] ? a : b),
    undefined,
  );
  if (best !== undefined) return best[0];
  if (variables.some((each) => each.startsWith("DJANGO_"))) return "DJANGO_";
  return variables.length > 0 || UNPREFIXED.has(dialect.distribution ?? "") ? "" : "DJANGO_";
}

interface StatementReads {
  readonly variables: readonly string[];
  /** What stands before a setting's own name in the variable that it is read from. */
  readonly prefixes: readonly string[];
}

/** Each fix of a run asks. */
const known = new WeakMap<Stmt, StatementReads>();

function readsIn(statement: Stmt): StatementReads {
  let reads = known.get(statement);
  if (reads === undefined) known.set(statement, (reads = findReads(statement)));
  return reads;
}

function findReads(statement: Stmt): StatementReads {
  const variables: string[] = [];
  const prefixes: string[] = [];
  walk([statement], (node) => {
    if (node.kind !== "Assign") return;
    const read = variablesIn(node.value);
    append(variables, read);
    const target = node.targets[0];
    if (node.targets.length !== 1 || target?.kind !== "Name") return;
    const named = read.find((each) => each === target.id || each.endsWith(`_${target.id}`));
    if (named !== undefined) prefixes.push(named.slice(0, named.length - target.id.length));
  });
  return { variables, prefixes };
}

/** Texts that look like a variable's name where functions and subscripts take one: `env("NAME")`, `environ["NAME"]`. */
function variablesIn(value: Expr): readonly string[] {
  const found: string[] = [];
  walk([value], (node) => {
    const candidate =
      node.kind === "Call" && isReader(node.func)
        ? (node.args[0] ?? node.keywords.find((each) => each.name === "environ_name")?.value)
        : node.kind === "Subscript" && isReader(node.value)
          ? node.slice
          : undefined;
    if (candidate?.kind === "Str" && /^[A-Z][A-Z0-9_]*$/.test(candidate.value)) found.push(candidate.value);
  });
  return found;
}

/** By its last or first part: `env`, `root_env.bool`, `config`, `os.environ.get`, `os.getenv`, `env_bool`. */
function isReader(expression: Expr): boolean {
  if (expression.kind === "Attribute") return isReaderName(expression.attr) || isReader(expression.value);
  return expression.kind === "Name" && isReaderName(expression.id);
}

function isReaderName(name: string): boolean {
  return /env|^config$/i.test(name);
}
