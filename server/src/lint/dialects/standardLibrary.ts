import { dottedName } from "../../syntax/dottedName";
import { walk } from "../edit/walk";
import type { TopLevelName } from "../edit/nameTable";
import type { Source } from "../edit/source";
import { joinedStrings } from "./dialect";
import type { Dialect, DialectTools, EnvironmentRead } from "./dialect";

/** `os.environ` and `os.getenv` (https://docs.python.org/3/library/os.html#os.environ). */
export const standardLibrary: Dialect = {
  distribution: undefined,
  isReader: () => false,
  isUsedIn: (source, names) => environmentReads(source, names).length > 0,
  provideReader: () => "",
  read(read: EnvironmentRead, _reader: string, tools: DialectTools): string {
    switch (read.kind) {
      case "str":
        return text(read, read.fallback, tools);
      case "int":
        if (read.fallback === "None") return orNone(read, tools);
        return `int(${text(read, intDefault(read.fallback, tools), tools)})`;
      case "bool": {
        const yes = ["1", "true", "yes", "on"].map((each) => tools.quote(each)).join(", ");
        return `${text(read, boolDefault(read.fallback, tools), tools)}.lower() in {${yes}}`;
      }
      case "list":
        return list(read, tools);
    }
  },
};

function text(read: EnvironmentRead, fallback: string | undefined, tools: DialectTools): string {
  const name = tools.quote(read.variable);
  const environ = tools.attribute("os", "environ");
  // `None` is what `get` gives anyway.
  const rest = fallback === "None" ? "" : `, ${fallback}`;
  if (fallback === undefined) return `${environ}[${name}]`;
  return prefersGetenv(tools.source)
    ? `${tools.attribute("os", "getenv")}(${name}${rest})`
    : `${environ}.get(${name}${rest})`;
}

function orNone(read: EnvironmentRead, tools: DialectTools): string {
  const environ = tools.attribute("os", "environ");
  const name = tools.quote(read.variable);
  return `int(${environ}[${name}]) if ${name} in ${environ} else None`;
}

function intDefault(fallback: string | undefined, tools: DialectTools): string | undefined {
  return fallback !== undefined && /^\d+$/.test(fallback) ? tools.quote(fallback) : fallback;
}

function boolDefault(fallback: string | undefined, tools: DialectTools): string | undefined {
  if (fallback === undefined) return undefined;
  if (fallback === "False") return tools.quote("");
  return fallback === "True" ? tools.quote("true") : `str(${fallback})`;
}

function list(read: EnvironmentRead, tools: DialectTools): string {
  const joined = read.fallback === undefined ? undefined : joinedStrings(read.fallback);
  const isOther = read.fallback !== undefined && joined === undefined;
  const source = text(read, joined === undefined ? undefined : tools.quote(joined), tools);
  const split = `[v for v in ${source}.split(${tools.quote(",")}) if v]`;
  if (!isOther) return split;
  return `${split} if ${tools.quote(read.variable)} in ${tools.attribute("os", "environ")} else ${read.fallback ?? "[]"}`;
}

function prefersGetenv(source: Source): boolean {
  const count = (pattern: RegExp): number => source.text.match(pattern)?.length ?? 0;
  return count(/\bgetenv\(/g) > count(/\benviron\.get\(/g);
}

/** The names of the variables that a file reads with the standard library: `os.environ[...]`, `.get(...)`, `os.getenv(...)`. */
export function environmentReads(source: Source, names: ReadonlyMap<string, TopLevelName>): readonly string[] {
  const variables: string[] = [];
  const means = (dotted: string | undefined): string | undefined => {
    const [root = "", ...rest] = (dotted ?? "").split(".");
    const known = names.get(root)?.means;
    return known === undefined ? undefined : [known, ...rest].join(".");
  };
  walk(source.module.body, (node) => {
    if (node.kind === "Subscript" && node.slice.kind === "Str" && means(dottedName(node.value)) === "os.environ")
      variables.push(node.slice.value);
    if (node.kind !== "Call") return;
    const callee = means(dottedName(node.func));
    const first = node.args[0];
    if ((callee === "os.getenv" || callee === "os.environ.get") && first?.kind === "Str") variables.push(first.value);
  });
  return variables;
}
