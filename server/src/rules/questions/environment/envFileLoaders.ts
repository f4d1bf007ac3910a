import type { FilePath } from "../../../base/path";
import { contains } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { Call, Expr, Keyword, Stmt } from "../../../syntax/ast";
import { importedAs, moduleCalls } from "../modules/moduleLevel";

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
  const hasEnvirons = (): boolean => [...importedAs(ast).values()].some((name) => /^environs\b/.test(name));
  return moduleCalls(ast).flatMap(({ call, callee }) => {
    const isDotenv = /^dotenv(?:\.main)?\.load_dotenv$/.test(callee);
    const isLoader = isDotenv || callee.endsWith(".read_env");
    const statement = isLoader ? ast.body.find((one) => contains(one, call)) : undefined;
    if (statement === undefined) return [];
    const library = isDotenv ? "python-dotenv" : hasEnvirons() ? "environs" : "django-environ";
    return [
      {
        file,
        call,
        statement,
        label: isDotenv ? "load_dotenv()" : "read_env()",
        library,
        path: call.args[0] ?? keyword(call, /^(?:dotenv_path|env_file|path)$/)?.value,
        override: trueKeyword(call),
      },
    ];
  });
}

function keyword(call: Call, name: RegExp): Keyword | undefined {
  return call.keywords.find((one) => name.test(one.name ?? ""));
}

function trueKeyword(call: Call): Keyword | undefined {
  const found = keyword(call, /^(?:override|overwrite)$/);
  return found?.value.kind === "Constant" && found.value.value === true ? found : undefined;
}
