import { normalizePath, relativePath } from "../../base/path";
import { relationOf } from "../../django/checks/filesPaths";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { inBaseDir } from "../questions/baseDir";
import { checkUnlessDenied } from "../questions/djangoSays";
import { configuredPaths, type ConfiguredPath } from "../questions/configuredPaths";
import { overrideOf } from "../questions/override";
import { placeLabel } from "../questions/places";
import doc from "./staticfiles-dirs-contains-static-root.md";

type Messages = "same" | "inside" | "contains";
type Context = RuleContext<Messages, "rename">;

/** Where collected files go when they have a folder to themselves. */
const FOLDER = "staticfiles";

export const staticfilesDirsContainsStaticRoot = defineRule<Messages, "rename">({
  id: "staticfiles-dirs-contains-static-root",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Folders inside of each other are no matter of Django's check.
  djangoChecks: [],
  partialChecks: ["staticfiles.E002"],
  messages: {
    same: "STATIC_ROOT is the folder {path}, which STATICFILES_DIRS lists as a source ({place}): collectstatic would copy it onto itself, and Django's checks stop. Give collected files a folder of their own.",
    inside:
      "STATIC_ROOT is {path}, inside a folder that STATICFILES_DIRS lists as a source ({place}): collectstatic collects what it has collected before, once more each time. Give collected files a folder of their own.",
    contains:
      "STATIC_ROOT is {path}, and a folder in it is a source in STATICFILES_DIRS ({place}): collectstatic --clear would delete sources, and all of them are served twice. Give collected files a folder of their own.",
  },
  fixes: { rename: { safety: "unsafe", title: 'Collect into the folder "staticfiles"' } },
  onByDefault: true,
  doc,

  check(context) {
    const [root] = configuredPaths(context, ["static root"]);
    if (root === undefined) return;
    const folders = configuredPaths(context, ["static folder"]);
    for (const folder of folders) {
      const relation = relationOf(root.text, folder.text);
      if (relation === undefined || relation === "apart") continue;
      report(context, root, folder, relation === "matches" ? "same" : relation === "contains" ? "contains" : "inside");
      return;
    }
  },
});

function report(context: Context, root: ConfiguredPath, folder: ConfiguredPath, message: Messages): void {
  context.report({
    message,
    values: {
      path: relativePath(context.project.root, normalizePath(root.text)),
      place: placeLabel(context, folder.site),
    },
    at: root.site,
    setting: "STATIC_ROOT",
    severity: message === "same" ? "error" : "warning",
    ...(message === "same" ? { djangoCheck: checkUnlessDenied(context, "staticfiles.E002") } : {}),
    chain: [
      ...chainOf(context, "STATIC_ROOT", root.proof),
      { site: folder.site, text: "STATICFILES_DIRS lists it here." },
    ],
    fixes: rename(context, root),
  });
}

function rename(context: Context, root: ConfiguredPath): readonly ReportedFix<"rename">[] {
  const place = overrideOf(context, "STATIC_ROOT", root.proof);
  const folder = inBaseDir(context, FOLDER);
  if (place === undefined || folder === undefined || root.text.endsWith(`/${FOLDER}`)) return [];
  return [{ id: "rename", edit: (edit) => place.write(edit, folder(edit, place.file)) }];
}
