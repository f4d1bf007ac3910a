import { relationOf } from "../../django/checks/filesPaths";
import { defineRule, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { configuredPaths, rewriteInBaseDir, type ConfiguredPath } from "../questions/paths/configuredPaths";
import { sharedStorage } from "../questions/storages/sharedStorages";
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
    bucket:
      "Uploads and static files share one place in {module}: {storage} keeps both in the same directory of the same bucket. collectstatic --clear deletes the uploads, and files of the same name replace each other. Give each a location of its own.",
  },
  fixes: { move: { safety: "unsafe", title: 'Set MEDIA_ROOT to the directory "media"' } },
  doc,

  check(context) {
    if (context.module.role === "test" || !hasApp(context, "django.contrib.staticfiles")) return;
    reportShared(context);
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

function reportShared(context: ContextOf<typeof mediaInsideStatic>): void {
  const shared = sharedStorage(context);
  if (shared === undefined) return;
  const { proof, site, storage } = shared;
  const name = storage.slice(storage.lastIndexOf(".") + 1);
  context.report({ message: "bucket", values: { storage: name }, proof, at: site, severity: "info" });
}

function move(context: RuleContext, media: ConfiguredPath): ReportedFix<"move"> | undefined {
  const edit = rewriteInBaseDir(context, media, "media");
  return edit && { id: "move", edit };
}
