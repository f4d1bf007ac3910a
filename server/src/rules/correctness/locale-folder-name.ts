import { isInside, relativePath } from "../../base/path";
import { isFalsy } from "../../lint/effective";
import { listed } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import { provenanceOf } from "../questions/assignments/assigned";
import { wrongLocaleFolders } from "../questions/languages/localeFolders";
import doc from "./locale-folder-name.md";

export const localeFolderName = defineRule({
  id: "locale-folder-name",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    name: "Translations in {folders} are never read: Django looks for {expected}. Rename the directory.",
  },
  doc,

  check(context) {
    const { root } = context.project;
    const wrong = wrongLocaleFolders(context.snapshot.listing).filter(({ path }) => isInside(root, path));
    if (wrong.length === 0 || context.setting("USE_I18N").certainly(isFalsy)) return;
    const name = ["LOCALE_PATHS", "LANGUAGES", "LANGUAGE_CODE"].find((one) => !context.setting(one).isUnset);
    const proof = name === undefined ? undefined : provenanceOf(context, name);
    if (proof === undefined) return;
    context.report({
      message: "name",
      values: {
        folders: listed(wrong.map(({ path }) => relativePath(root, path))),
        expected: listed([...new Set(wrong.map(({ expected }) => expected))]),
      },
      proof,
    });
  },
});
