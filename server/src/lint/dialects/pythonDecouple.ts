import { joinedStrings } from "./dialect";
import type { Dialect, DialectTools, EnvironmentRead } from "./dialect";

const READERS = new Set(["decouple.config", "decouple.AutoConfig()", "decouple.Config()"]);

/**
 * python-decouple (https://pypi.org/project/python-decouple/): `config("DEBUG", default=False, cast=bool)`. The default is
 * cast as well, so that the default of a list has to be text.
 */
export const pythonDecouple: Dialect = {
  distribution: "python-decouple",
  isReader: (name) => READERS.has(name.means ?? ""),
  isUsedIn: (_source, names) => [...names.values()].some((each) => !each.viaStar && each.means === "decouple"),
  provideReader: (tools: DialectTools) => tools.importName("decouple", "config"),
  read({ variable, kind, fallback }: EnvironmentRead, reader: string, tools: DialectTools): string {
    const parts = [tools.quote(variable)];
    if (fallback !== undefined) parts.push(`default=${kind === "list" ? listDefault(fallback, tools) : fallback}`);
    if (kind === "list") parts.push(`cast=${tools.importName("decouple", "Csv")}()`);
    else if (kind !== "str") parts.push(`cast=${kind}`);
    return `${reader}(${parts.join(", ")})`;
  },
};

function listDefault(fallback: string, tools: DialectTools): string {
  const joined = joinedStrings(fallback);
  return joined === undefined ? `${tools.quote(",")}.join(${fallback})` : tools.quote(joined);
}
