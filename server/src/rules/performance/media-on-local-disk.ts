import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import type { Site } from "../../python/values/value";
import { installedApp } from "../questions/apps/installedApps";
import { diskOfPath } from "../questions/storages/disks";
import { storesInFiles } from "../questions/storages/uploads";
import doc from "./media-on-local-disk.md";

export const mediaOnLocalDisk = defineRule({
  id: "media-on-local-disk",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    unset:
      "MEDIA_ROOT is not set in {module}: uploads go to the working directory, and by {file} the site is deployed to {platform}, where each start begins with an empty disk. Store them elsewhere, or attach a lasting disk.",
    lost: "MEDIA_ROOT is on the container's own disk in {module}: by {file} it is deployed to {platform}, where each start begins with an empty disk, so that uploads are lost, and other instances do not see them. Store them elsewhere, or attach a lasting disk.",
  },
  doc,

  check(context) {
    if (!storesInFiles(context)) return;
    const [proof] = context.setting("MEDIA_ROOT").proofs();
    const disk = proof && diskOfPath(context, proof.value);
    const uploads = disk?.kind === "ephemeral" ? uploadsOf(context) : undefined;
    if (proof === undefined || disk?.kind !== "ephemeral" || uploads === undefined) return;
    const { platform, file } = disk;
    context.report({
      message: proof.origin === undefined ? "unset" : "lost",
      values: { platform, file: file.relative },
      proof,
      chain: [
        { site: siteOf(file.path, { start: 0, end: 0 }), text: `It is deployed to ${platform} here.` },
        { site: uploads, text: "Files are uploaded here." },
      ],
    });
  },
});

/** A field of a model in the project that stores files where the settings say. */
const FIELDS: CodeQuestion = {
  id: "fields for files",
  files: /\.py$/,
  pattern:
    /^[ \t]+\w+[ \t]*(?::[^=\n]{1,80})?=[ \t]*(?:models\.)?(?:File|Image)Field\((?![^)]{0,400}\bstorage[ \t]*=)/m,
};

/** Apps with models of their own for what people upload. */
const APPS = ["wagtail.images", "wagtail.documents", "filer"];

function uploadsOf(context: RuleContext): Site | undefined {
  const app = APPS.map((name) => installedApp(context, name)).find((one) => one !== undefined);
  return app?.site ?? findInCode(context.snapshot, context.project.root, FIELDS);
}
