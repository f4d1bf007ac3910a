import type { FilePath } from "../../../base/path";
import type { EditBuilder } from "../../../lint/edit";
import type { RuleContext } from "../../../lint/rule";

/**
 * How a module names a folder of the project: `BASE_DIR / "staticfiles"`, or with `os.path.join` where BASE_DIR is a text.
 * `undefined` where it has no BASE_DIR of a known value.
 */
export function inBaseDir(
  context: RuleContext,
  folder: string,
): ((edit: EditBuilder, file: FilePath) => string) | undefined {
  const isA = (kind: "path" | "str"): boolean =>
    context.setting("BASE_DIR").mustBe((one) => one.kind === kind) !== undefined;
  if (isA("path")) return (edit, file) => `BASE_DIR / ${edit.quote(file, folder)}`;
  if (!isA("str")) return undefined;
  return (edit, file) => `${edit.importName(file, "os")}.path.join(BASE_DIR, ${edit.quote(file, folder)})`;
}
