import { baseName, isInside, joinPath, parentPath, type FilePath } from "../../../base/path";
import { contains } from "../../../base/text";
import { walk } from "../../../lint/edit/walk";
import type { RuleContext } from "../../../lint/rule";
import type { Evaluation } from "../../../python/program/evaluation";
import type { Call, Expr, Keyword, Module, Stmt } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { inStatements } from "../../../syntax/statements";
import { importedAs, moduleCalls, originOf } from "../modules/moduleLevel";

/** A call at module level that puts the variables of a `.env` file into the environment. */
export interface EnvFileLoader {
  readonly file: FilePath;
  readonly call: Call;
  /** As people write it: `load_dotenv()`. */
  readonly label: string;
  readonly library: "python-dotenv" | "django-environ" | "environs";
  /** The statement at the top level that it stands in. */
  readonly statement: Stmt;
  /** The path that it is given, if it is. */
  readonly path: Expr | undefined;
  /** The argument that makes the file win over the environment, where it is written as True. */
  readonly override: Keyword | undefined;
}

/** The calls of a settings file that load `.env` files, in the order of the text; those in functions are left out. */
export function envFileLoaders({ source }: RuleContext, file: FilePath): readonly EnvFileLoader[] {
  const ast = source(file)?.ast;
  if (ast === undefined) return [];
  return moduleCalls(ast).flatMap(({ call, callee }) => {
    const loading = loadingCall(ast, call, callee);
    const statement = loading && ast.body.find((one) => contains(one, call));
    return loading === undefined || statement === undefined ? [] : [{ file, statement, ...loading }];
  });
}

/** The file of the workspace that a call looks for and no other; python-dotenv and environs look in the folders above, too. */
export function wantedFile(
  { snapshot }: RuleContext,
  evaluation: Evaluation,
  loader: EnvFileLoader,
): FilePath | undefined {
  const { file, path, library, call } = loader;
  if (path === undefined) {
    const isBeside = library === "django-environ" && call.keywords.length === 0;
    return isBeside ? joinPath(parentPath(file), ".env") : undefined;
  }
  // What a name had when the call was made is not known where it got several values.
  if (namesIn(path).some((name) => evaluation.bindingsNamed(name).length > 1)) return undefined;
  const value = evaluation.recompute(path, file);
  if (value.kind !== "str" && value.kind !== "path") return undefined;
  const isOurs = value.value.startsWith("/") && isInside(snapshot.listing.root, value.value);
  return isOurs && baseName(value.value).includes("env") ? joinPath(value.value) : undefined;
}

function namesIn(expression: Expr): readonly string[] {
  const names: string[] = [];
  walk([expression], (node) => {
    if (node.kind === "Name") names.push(node.id);
  });
  return names;
}

/** A call that loads a `.env` file. */
type LoadingCall = Omit<EnvFileLoader, "file" | "statement">;

const DOTENV = /^dotenv(?:\.main)?\.load_dotenv$/;

function isLoader(callee: string): boolean {
  return DOTENV.test(callee) || callee.endsWith(".read_env");
}

function loadingCall(ast: Module, call: Call, callee: string): LoadingCall | undefined {
  if (!isLoader(callee)) return undefined;
  const isDotenv = DOTENV.test(callee);
  const hasEnvirons = (): boolean => [...importedAs(ast).values()].some((name) => /^environs\b/.test(name));
  return {
    call,
    label: isDotenv ? "load_dotenv()" : "read_env()",
    library: isDotenv ? "python-dotenv" : hasEnvirons() ? "environs" : "django-environ",
    path: call.args[0] ?? keyword(call, /^(?:dotenv_path|env_file|path)$/)?.value,
    override: trueKeyword(call),
  };
}

/**
 * The calls that load a `.env` file wherever the module runs, also in functions that it calls: with no condition around them but
 * whether something is there, or whether the module is the program. Other conditions may well keep production out.
 */
export function loadsAnywhere(ast: Module): readonly LoadingCall[] {
  const imported = importedAs(ast);
  // Most modules call nothing of the kind, and need not be followed after each edit.
  if (!calledNames(ast).some((name) => isLoader(originOf(name, imported)))) return [];
  const functions = new Map(ast.body.flatMap((one) => (one.kind === "FunctionDef" ? [[one.name, one.body]] : [])));
  const found: LoadingCall[] = [];
  const follow = (statements: readonly Stmt[]): void => {
    for (const statement of statements) {
      if (statement.kind === "If" && asksForPresence(statement.test)) follow(statement.body);
      else if (statement.kind === "Try" || statement.kind === "With") follow(statement.body);
      else if (statement.kind === "Expr" || statement.kind === "Assign") {
        for (const call of callsIn(statement)) {
          const name = dottedName(call.func) ?? "";
          const loading = loadingCall(ast, call, originOf(name, imported));
          if (loading !== undefined) found.push(loading);
          const body = functions.get(name);
          // Once is enough, and ends what calls itself.
          functions.delete(name);
          if (body !== undefined) follow(body);
        }
      }
    }
  };
  follow(ast.body);
  return found;
}

/** The names of all calls, those in functions too. */
const calledNames = inStatements((statement) => {
  const names = new Set<string>();
  walk([statement], (node) => {
    if (node.kind === "Call") names.add(dottedName(node.func) ?? "");
  });
  return [...names];
});

function callsIn(statement: Stmt): readonly Call[] {
  const calls: Call[] = [];
  walk([statement], (node) => {
    if (node.kind === "Lambda") return false;
    if (node.kind === "Call") calls.push(node);
    return undefined;
  });
  return calls;
}

/** `os.path.exists(path)`, `"NAME" in os.environ`, `__name__ == "__main__"`. */
function asksForPresence(test: Expr): boolean {
  if (test.kind === "Call") return /(?:^|\.)(?:exists|isfile|is_file)$/.test(calledName(test));
  if (test.kind !== "Compare" || test.ops.length !== 1) return false;
  if (test.left.kind === "Name" && test.left.id === "__name__") return true;
  const [container] = test.comparators;
  return test.ops[0] === "in" && container !== undefined && /(?:^|\.)environ$/.test(dottedName(container) ?? "");
}

/** The last part of what is called, also of something that is no name: `exists` of `(BASE_DIR / ".env").exists()`. */
function calledName({ func }: Call): string {
  return func.kind === "Attribute" ? func.attr : (dottedName(func) ?? "");
}

function keyword(call: Call, name: RegExp): Keyword | undefined {
  return call.keywords.find((one) => name.test(one.name ?? ""));
}

function trueKeyword(call: Call): Keyword | undefined {
  const found = keyword(call, /^(?:override|overwrite)$/);
  return found?.value.kind === "Constant" && found.value.value === true ? found : undefined;
}
