import type { Range } from "../../base/text";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { collectInCode, type CodeSearch } from "../../project/codeIndex";
import type { Site } from "../../python/values/value";
import { installedApp } from "../questions/apps/installedApps";
import { diskOfPath } from "../questions/storages/disks";
import { storesInFiles } from "../questions/storages/uploads";
import doc from "./media-on-local-disk.md";

export const mediaOnLocalDisk = defineRule({
  id: "media-on-local-disk",
  category: "performance",
  severity: "warning",
  severityIfAssumed: "info",
  audience: "hardened",
  messages: {
    unset:
      "MEDIA_ROOT is not set in {module}: uploads go to the working directory, and by {file} the site is deployed to {platform}, where each deployment begins with an empty disk. Store them elsewhere, or attach a lasting disk.",
    lost: "MEDIA_ROOT is on the container's own disk in {module}: by {file} it is deployed to {platform}, where each deployment begins with an empty disk, so that uploads are lost, and other instances do not see them. Store them elsewhere, or attach a lasting disk.",
  },
  doc,

  check(context) {
    if (!storesInFiles(context)) return;
    const [proof] = context.setting("MEDIA_ROOT").proofs();
    const disk = proof && diskOfPath(context, proof.value, "files");
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

/** Fields of models in the project that store files where the settings say. */
const FIELDS: CodeSearch<Range> = {
  id: "fields for files",
  find: (text) =>
    [...text.matchAll(/\bmodels\.(?:File|Image)Field\(/g)].flatMap(({ 0: call, index }) => {
      const [args = ""] = text.slice(index, index + MAX_CALL).split(")", 1);
      return args.includes("storage=") ? [] : [{ start: index, end: index + call.length - 1 }];
    }),
};

/** Where a call is longer, a storage that it names is not seen, and the finding is wrong. */
const MAX_CALL = 600;

/** Apps with models of their own for what people upload. */
const APPS = ["wagtail.images", "wagtail.documents", "filer"];

function uploadsOf(context: RuleContext): Site | undefined {
  const app = APPS.map((name) => installedApp(context, name)).find((one) => one !== undefined);
  if (app !== undefined) return app.site;
  const [found] = collectInCode(context.snapshot, context.project.root, FIELDS);
  if (found === undefined) return undefined;
  const [file, range] = found;
  return siteOf(file, range);
}
