import type { Dialect, DialectTools, EnvironmentRead } from "./dialect";

const OBJECTS = new Set(["environ.Env()", "environ.FileAwareEnv()", "environ.environ.Env()"]);

/** django-environ (https://django-environ.readthedocs.io/): `env = environ.Env()`, `env.bool("DEBUG", default=False)`. */
export const djangoEnviron: Dialect = {
  distribution: "django-environ",
  isReader: (name) => OBJECTS.has(name.means ?? ""),
  isUsedIn: (_source, names) =>
    [...names.values()].some((each) => !each.viaStar && (each.means === "environ" || each.means === "environ.Env")),
  provideReader: (tools: DialectTools) => tools.createObject(["env", "environment"], tools.attribute("environ", "Env")),
  read({ variable, kind, fallback }: EnvironmentRead, reader: string, tools: DialectTools): string {
    const method = kind === "str" ? reader : `${reader}.${kind}`;
    const rest = fallback === undefined ? "" : `, default=${fallback}`;
    return `${method}(${tools.quote(variable)}${rest})`;
  },
};
