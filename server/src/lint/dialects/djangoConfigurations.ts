import { append } from "../../base/lists";
import type { EnvironmentReadKind } from "../edit";
import type { Dialect, DialectTools, EnvironmentRead } from "./dialect";

const CLASSES: Readonly<Record<EnvironmentReadKind, string>> = {
  str: "Value",
  bool: "BooleanValue",
  int: "IntegerValue",
  list: "ListValue",
};
/** Put before the attribute's name unless `environ_prefix` says otherwise. */
const PREFIX = "DJANGO_";

/**
 * django-configurations (https://django-configurations.readthedocs.io/en/stable/values/): class attributes whose values read
 * `DJANGO_` and the attribute's name.
 */
export const djangoConfigurations: Dialect = {
  distribution: "django-configurations",
  onlyInClasses: true,
  isReader: () => false,
  isUsedIn: (source, names) =>
    source.module.body.some(
      (each) => each.kind === "ClassDef" && names.get(each.name)?.means?.startsWith("class configurations."),
    ),
  provideReader: (tools: DialectTools) => tools.importName("configurations", "values"),
  read({ variable, kind, fallback, setting }: EnvironmentRead, reader: string, tools: DialectTools): string {
    const parts: string[] = [];
    if (fallback !== undefined) parts.push(fallback);
    if (variable !== PREFIX + (setting ?? "")) append(parts, naming(variable, tools));
    if (kind === "str" && fallback === undefined) return `${reader}.SecretValue(${parts.join(", ")})`;
    if (fallback === undefined) parts.push("environ_required=True");
    return `${reader}.${CLASSES[kind]}(${parts.join(", ")})`;
  },
};

function naming(variable: string, tools: DialectTools): readonly string[] {
  if (variable.startsWith(PREFIX)) return [`environ_name=${tools.quote(variable.slice(PREFIX.length))}`];
  return [`environ_name=${tools.quote(variable)}`, "environ_prefix=None"];
}
