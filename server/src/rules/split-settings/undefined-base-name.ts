import { LineIndex } from "../../base/text";
import { relativePath } from "../../base/path";
import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import { mostSimilar, suggestion } from "../../lint/similar";
import { isSettingName } from "../../project/djangoNames";
import { replaceFix } from "../questions/fixes/settingFixes";
import { importFailure, type ImportFailure } from "../questions/modules/importFailures";
import doc from "./undefined-base-name.md";

type Context = ContextOf<typeof undefinedBaseName>;
type MissingName = ImportFailure & { readonly kind: "name" };

export const undefinedBaseName = defineRule({
  id: "undefined-base-name",
  category: "split-settings",
  severity: "error",
  audience: "entry",
  messages: {
    private:
      "{name} is not defined here: {file} sets it, but a star import leaves out names with a leading underscore. Importing {module} raises NameError. Import it by name.",
    hidden:
      "{name} is not defined here: __all__ of {file} leaves it out. Importing {module} raises NameError. Import it by name, or add it to __all__.",
    later:
      "{name} is not defined yet: line {line} sets it, below. Importing {module} raises NameError. Move this below that line.",
    nowhere:
      "{name} is not defined here: nothing that this file imports gives it. Importing {module} raises NameError.{instead} Set it, or name what is meant.",
  },
  fixes: {
    import: { safety: "unsafe", title: "Import {name} by name" },
    rename: { safety: "unsafe", title: "Write {near}" },
  },
  doc,

  check(context) {
    const found = importFailure(context);
    if (found?.kind !== "name") return;
    const { name, origin, failure } = found;
    const near = origin.where === "nowhere" ? similarName(context, name) : undefined;
    context.report({
      message: origin.where,
      setting: isSettingName(name) ? name : undefined,
      values: { name, instead: suggestion(near), ...placeOf(context, found) },
      at: failure.site,
      fixes: [
        near === undefined ? undefined : replaceFix("rename", failure.site, near, { near }),
        importFix(context, found),
      ],
    });
  },
});

function placeOf({ project, snapshot }: Context, { origin, failure }: MissingName): Readonly<Record<string, string>> {
  if (origin.where === "nowhere") return {};
  if (origin.where !== "later") return { file: relativePath(project.root, origin.file) };
  const lines = new LineIndex(snapshot.text(failure.site.file) ?? "");
  return { line: String(lines.position(origin.statement.start).line + 1) };
}

/** A name that the module does have; not for short ones, which are similar to anything. */
function similarName({ evaluation }: Context, name: string): string | undefined {
  return name.length < 4
    ? undefined
    : mostSimilar(
        name,
        evaluation.names.filter((one) => one !== name),
      );
}

function importFix(
  context: Context,
  { name, origin, failure }: MissingName,
): FixOf<typeof undefinedBaseName> | undefined {
  if (origin.where !== "private" && origin.where !== "hidden") return undefined;
  const { star } = origin;
  const { file } = failure.site;
  const text = context.source(file)?.text.slice(star.start, star.end) ?? "";
  const written = /^(from\s+\S+\s+import)\s*\*$/.exec(text)?.[1];
  return written === undefined
    ? undefined
    : { id: "import", edit: (edit) => edit.insertAfter(file, star, `${written} ${name}`) };
}
