import { defineRule } from "../../lint/rule";
import { findInCode } from "../../project/codeIndex";
import { textOf } from "../questions/dicts/dicts";
import { setFix } from "../questions/fixes/settingFixes";
import { inBaseDir } from "../questions/paths/baseDir";
import { storesInFiles } from "../questions/storages/uploads";
import doc from "./media-root-missing.md";

/** Fields for files that say no storage of their own. */
const FIELDS = {
  id: "file fields",
  files: /\.py$/,
  pattern: /\bmodels\.(?:FileField|ImageField)\((?![^()]*\bstorage\b)/,
};

export const mediaRootMissing = defineRule({
  id: "media-root-missing",
  category: "correctness",
  severity: "info",
  audience: "entry",
  messages: {
    root: "MEDIA_ROOT is not set in {module}: uploads are stored in the directory in which the server was started. Set it to a directory for uploads.",
  },
  fixes: { setRoot: { safety: "unsafe", title: 'Set MEDIA_ROOT to the directory "media"' } },
  doc,

  check(context) {
    if (context.module.role === "test") return;
    const setting = context.setting("MEDIA_ROOT");
    const proof = setting.mustBe((value) => textOf(value) === "");
    // A module without apps is hardly the whole of the settings; what is not in the workspace may well set it.
    if (proof === undefined || (proof.origin === undefined && proof.overridable !== undefined)) return;
    if (context.setting("INSTALLED_APPS").isUnset || !storesInFiles(context)) return;
    const { snapshot, project } = context;
    if (findInCode(snapshot, project.root, FIELDS) === undefined) return;
    const folder = inBaseDir(context, "media");
    context.report({ message: "root", proof, fixes: [folder && setFix(context, "setRoot", proof, folder)] });
  },
});
