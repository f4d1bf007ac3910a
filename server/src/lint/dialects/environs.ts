import type { Dialect, DialectTools, EnvironmentRead } from "./dialect";

const OBJECTS = new Set(["environs.Env()", "environs.FileAwareEnv()", "environs.env"]);

/** environs (https://pypi.org/project/environs/): `env = Env()`, `env.bool("DEBUG", False)`. */
export const environs: Dialect = {
  distribution: "environs",
  isReader: (name) => OBJECTS.has(name.means ?? ""),
  isUsedIn: (_source, names) =>
    [...names.values()].some((each) => !each.viaStar && (each.means === "environs" || each.means === "environs.Env")),
  provideReader: (tools: DialectTools) =>
    tools.createObject(["env", "environment"], tools.importName("environs", "Env")),
  read({ variable, kind, fallback }: EnvironmentRead, reader: string, tools: DialectTools): string {
    const rest = fallback === undefined ? "" : `, ${fallback}`;
    return `${reader}.${kind}(${tools.quote(variable)}${rest})`;
  },
};
