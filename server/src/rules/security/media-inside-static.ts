import { relationOf } from "../../django/checks/filesPaths";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { configuredPaths, rewriteInBaseDir, type ConfiguredPath } from "../questions/paths/configuredPaths";
import { storesInFiles } from "../questions/storages/uploads";
import doc from "./media-inside-static.md";

export const mediaInsideStatic = defineRule({
  id: "media-inside-static",
  category: "security",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  messages: {
    root: "MEDIA_ROOT is inside STATIC_ROOT in {module}: uploads are served like the site's own static files, and collectstatic --clear deletes them. Give uploads a directory of their own.",
    folder:
      "MEDIA_ROOT is inside {label} in {module}: collectstatic takes uploads for static files, and copies them to where they are served as the site's own. Give uploads a directory of their own.",
  },
  fixes: { move: { safety: "unsafe", title: 'Set MEDIA_ROOT to the directory "media"' } },
  doc,

  check(context) {
    if (context.module.role === "test" || !hasApp(context, "django.contrib.staticfiles")) return;
    const [media] = configuredPaths(context, ["media root"]);
    if (media === undefined || !storesInFiles(context)) return;
    const around = configuredPaths(context, ["static root", "static folder"]).find(
      ({ text }) => relationOf(media.text, text) === "is inside",
    );
    if (around === undefined) return;
    context.report({
      message: around.use === "static root" ? "root" : "folder",
      values: { label: around.label },
      proof: media.proof,
      at: media.site,
      chain: [{ site: around.site, text: `${around.setting} names the directory here.` }],
      fixes: [move(context, media)],
    });
  },
});

function move(context: RuleContext, media: ConfiguredPath): ReportedFix<"move"> | undefined {
  const edit = rewriteInBaseDir(context, media, "media");
  return edit && { id: "move", edit };
}
