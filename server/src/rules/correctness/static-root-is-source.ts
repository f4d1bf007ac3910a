import { isInside, joinPath, normalizePath, relativePath } from "../../base/path";
import { relationOf } from "../../django/checks/filesPaths";
import { defineRule, type RuleContext } from "../../lint/rule";
import { setFix } from "../questions/fixes/settingFixes";
import { inBaseDir } from "../questions/paths/baseDir";
import { configuredPaths } from "../questions/paths/configuredPaths";
import doc from "./static-root-is-source.md";

export const staticRootIsSource = defineRule({
  id: "static-root-is-source",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    source:
      "STATIC_ROOT is {folder}, which holds source files ({file}): collectstatic writes between them, and collectstatic --clear deletes them. Set it to a directory of its own.",
  },
  fixes: { setRoot: { safety: "unsafe", title: 'Set STATIC_ROOT to the directory "staticfiles"' } },
  doc,

  check(context) {
    const [root] = configuredPaths(context, ["static root"]);
    if (root === undefined) return;
    const folder = normalizePath(root.text);
    const file = sourceIn(context, folder);
    if (file === undefined || isListed(context, root.text)) return;
    const place = inBaseDir(context, "staticfiles");
    const { listing } = context.snapshot;
    context.report({
      message: "source",
      values: { folder: relativePath(listing.root, folder), file: relativePath(listing.root, file) },
      proof: root.proof,
      at: root.site,
      fixes: [place && setFix(context, "setRoot", root.proof, place)],
    });
  },
});

/** What collectstatic has put there itself is no source: the admin's files, a manifest. */
const COLLECTED = ["admin", "rest_framework", "debug_toolbar", "staticfiles.json"];

/** Files that only keep an empty folder in git. */
const KEEPERS = /(?:^|\/)(?:\.\w+|README\w*(?:\.\w+)?)$/i;

const SOURCE = /\.(?:css|js|ts|scss|sass|less|png|jpe?g|svg|gif|ico|woff2?|html)$/i;

/** A source file in a folder of the workspace that has nothing collected in it. */
function sourceIn({ snapshot }: RuleContext, folder: string): string | undefined {
  if (!snapshot.isFolder(folder) || folder === snapshot.listing.root) return undefined;
  const isCollected = COLLECTED.some((name) => snapshot.exists(joinPath(folder, name)) !== "absent");
  if (isCollected) return undefined;
  return [...snapshot.listing.files].find((file) => isInside(folder, file) && SOURCE.test(file) && !KEEPERS.test(file));
}

/** What STATICFILES_DIRS lists is reported by `staticfiles-dirs-contains-static-root`. */
function isListed(context: RuleContext, root: string): boolean {
  return configuredPaths(context, ["static folder"]).some((one) => relationOf(one.text, root) !== undefined);
}
