import type { FilePath } from "../../../base/path";
import type { Range } from "../../../base/text";
import type { EditBuilder } from "../../../lint/edit";
import { dotEnvValue } from "../../../lint/edit/dotEnv";
import type { WantedVariable } from "../../../lint/edit/claimedVariables";
import type { FixDeclaration, ReportedFix, RuleContext } from "../../../lint/rule";

export type SecretFix = "readThere" | "readEnvironment" | "moveToDotEnv" | "readFile";

/** The ways to get a secret out of the source, as rules declare them. All need the secret to be there at the next start. */
export const SECRET_FIXES: Readonly<Record<SecretFix, FixDeclaration>> = {
  readThere: { safety: "unsafe", title: "Read {name} from the environment in {module}" },
  readEnvironment: { safety: "unsafe", title: "Read {name} from the environment" },
  moveToDotEnv: {
    safety: "unsafe",
    title: "Move {name} to a .env file that git ignores{hint}",
  },
  readFile: { safety: "unsafe", title: "Read {name} from the file {path}" },
};

/** A secret that is written in source. */
export interface WrittenSecret {
  /** The expression to replace; `undefined` where the secret is not an expression of its own. */
  readonly at: { readonly file: FilePath; readonly range: Range } | undefined;
  /** For titles: `SECRET_KEY`, `DATABASES["default"]["PASSWORD"]`. */
  readonly name: string;
  /** The setting, when the secret is its whole value: then another module can override it. */
  readonly setting?: string | undefined;
  readonly text: string;
  /** What it is called, as far as its text does not say that. */
  readonly variable: Omit<WantedVariable, "value">;
  /** A file to read it from, as container platforms mount secrets. */
  readonly path?: string;
}

/**
 * The fixes for a secret in source. Those that take it out come first, above all the one that keeps its text where git does not
 * see it; that production overrides what stays written in another module is the last resort.
 */
export function secretFixes(context: RuleContext, secret: WrittenSecret): readonly ReportedFix<SecretFix>[] {
  const { at, setting, name } = secret;
  const own = context.module.file;
  const isElsewhere = setting !== undefined && at?.file !== own && context.module.className === undefined;
  const readThere: ReportedFix<SecretFix> = {
    id: "readThere",
    values: { name },
    edit: (edit) => edit.assign(own, setting ?? "", edit.readEnvironment(own, variableOf(edit, secret), "str")),
  };
  return [...(at === undefined ? [] : fixesAt(context, secret, at)), ...(isElsewhere ? [readThere] : [])];
}

function fixesAt(
  context: RuleContext,
  secret: WrittenSecret,
  at: NonNullable<WrittenSecret["at"]>,
): readonly ReportedFix<SecretFix>[] {
  const { name, text, path } = secret;
  const read = (edit: EditBuilder): string => {
    const variable = variableOf(edit, secret);
    edit.replace(at.file, at.range, edit.readEnvironment(at.file, variable, "str"));
    return variable;
  };
  const fixes: ReportedFix<SecretFix>[] = [];
  // A text that the readers of .env files do not agree on stays where it is.
  if (dotEnvValue(text) !== undefined && !text.startsWith("$")) {
    const hint = loadsDotEnv(context) ? "" : " (which nothing loads yet)";
    fixes.push({
      id: "moveToDotEnv",
      values: { name, hint },
      edit: (edit) => edit.moveToDotEnv(read(edit), text),
    });
  }
  fixes.push({ id: "readEnvironment", values: { name }, edit: (edit) => void read(edit) });
  if (path !== undefined) {
    fixes.push({
      id: "readFile",
      values: { name, path },
      edit: (edit) =>
        edit.replace(
          at.file,
          at.range,
          `${edit.importName(at.file, "pathlib", "Path")}(${edit.quote(at.file, path)}).read_text().strip()`,
        ),
    });
  }
  return fixes;
}

function variableOf(edit: EditBuilder, { variable, text }: WrittenSecret): string {
  return edit.variable({ ...variable, value: text });
}

/** Whether the settings themselves, or python-decouple, load a `.env` file. */
function loadsDotEnv(context: RuleContext): boolean {
  if (context.hasPackage("python-decouple")) return true;
  return context.evaluation.files.some((file) =>
    /\b(read_env|load_dotenv|read_dotenv)\s*\(/.test(context.source(file)?.text ?? ""),
  );
}
