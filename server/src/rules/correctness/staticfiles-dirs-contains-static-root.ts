import { normalizePath, relativePath } from "../../base/path";
import { relationOf } from "../../django/checks/filesPaths";
import { placeLabel } from "../../lint/phrases";
import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import { setFix } from "../questions/fixes/settingFixes";
import { inBaseDir } from "../questions/paths/baseDir";
import { configuredPaths, type ConfiguredPath } from "../questions/paths/configuredPaths";
import doc from "./staticfiles-dirs-contains-static-root.md";

/** Where collected files go when they have a folder to themselves. */
const FOLDER = "staticfiles";

export const staticfilesDirsContainsStaticRoot = defineRule({
  id: "staticfiles-dirs-contains-static-root",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Folders inside of each other are no matter of Django's check.
  partialChecks: ["staticfiles.E002"],
  messages: {
    same: "STATIC_ROOT is also in STATICFILES_DIRS: collectstatic would copy {path} onto itself ({place}), and Django refuses to start (staticfiles.E002). Give collected files a directory of their own.",
    inside:
      "STATIC_ROOT is inside a directory of STATICFILES_DIRS: collectstatic collects from {path} what it has collected before, once more each time ({place}). Give collected files a directory of their own.",
    contains:
      "STATIC_ROOT contains a directory of STATICFILES_DIRS: collectstatic --clear would delete sources in {path}, and all of them are served twice ({place}). Give collected files a directory of their own.",
  },
  fixes: { rename: { safety: "unsafe", title: 'Collect into the directory "staticfiles"' } },
  doc,

  check(context) {
    const [root] = configuredPaths(context, ["static root"]);
    if (root === undefined) return;
    const folders = configuredPaths(context, ["static folder"]);
    for (const folder of folders) {
      const relation = relationOf(root.text, folder.text);
      if (relation === undefined || relation === "apart") continue;
      const isSame = relation === "matches";
      context.report({
        message: isSame ? "same" : relation === "contains" ? "contains" : "inside",
        values: {
          path: relativePath(context.project.root, normalizePath(root.text)),
          place: placeLabel(context, folder.site),
        },
        proof: root.proof,
        at: root.site,
        severity: isSame ? "error" : "warning",
        djangoCheck: isSame ? "staticfiles.E002" : undefined,
        chain: [{ site: folder.site, text: "STATICFILES_DIRS lists it here." }],
        fixes: [rename(context, root)],
      });
      return;
    }
  },
});

function rename(
  context: RuleContext,
  root: ConfiguredPath,
): FixOf<typeof staticfilesDirsContainsStaticRoot> | undefined {
  const folder = inBaseDir(context, FOLDER);
  if (folder === undefined || root.text.endsWith(`/${FOLDER}`)) return undefined;
  return setFix(context, "rename", root.proof, folder);
}
