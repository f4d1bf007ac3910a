import type { FilePath } from "../../base/path";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import { envFileLoaders, wantedFile } from "../questions/environment/envFileLoaders";
import doc from "./env-file-path.md";

type Context = ContextOf<typeof envFilePath>;

export const envFilePath = defineRule({
  id: "env-file-path",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    elsewhere:
      "{call} looks for {wanted}, which does not exist: nothing says so, and the project's file is {other}. Give it that path.",
    template:
      "{call} looks for {wanted}, but the file to copy is {other}: a copy beside it is not found, and nothing says so. Give it the path of the copy.",
  },
  doc,

  check(context) {
    for (const file of context.evaluation.files) {
      for (const loader of envFileLoaders(context, file)) {
        const wanted = wantedFile(context, context.evaluation, loader);
        if (wanted === undefined || context.snapshot.isFile(wanted)) continue;
        const found = otherFile(context, wanted);
        if (found === undefined || isTold(context, wanted)) continue;
        const { root } = context.snapshot.listing;
        context.report({
          message: found.isTemplate ? "template" : "elsewhere",
          values: {
            call: loader.label,
            wanted: relativePath(root, wanted),
            other: relativePath(root, found.path),
          },
          at: siteOf(file, loader.path ?? loader.call),
          severity: found.isTemplate ? "info" : "warning",
        });
      }
    }
  },
});

interface OtherFile {
  readonly path: FilePath;
  readonly isTemplate: boolean;
}

/** A file of that name, or a template of one, in one of the folders around; none where the right folder has one. */
function otherFile({ snapshot, project }: Context, wanted: FilePath): OtherFile | undefined {
  const name = baseName(wanted);
  const templates = [
    `${name}.example`,
    `${name}.sample`,
    `${name}.dist`,
    `${name}.template`,
    "env.example",
    "example.env",
  ];
  const own = parentPath(wanted);
  if (templates.some((one) => snapshot.isFile(joinPath(own, one)))) return undefined;
  const { root } = snapshot.listing;
  const folders = [own, project.root, root];
  for (let folder = own; folder !== root && isInside(root, folder); folder = parentPath(folder))
    folders.push(parentPath(folder));
  const others = [...new Set(folders)].filter((folder) => folder !== own && isInside(root, folder));
  for (const isTemplate of [false, true])
    for (const folder of others)
      for (const one of isTemplate ? templates : [name]) {
        const path = joinPath(folder, one);
        if (snapshot.isFile(path)) return { path, isTemplate };
      }
  return undefined;
}

/** Whether instructions or deployment files speak of the file: then somebody puts it there. */
function isTold({ snapshot }: Context, wanted: FilePath): boolean {
  const { root, files } = snapshot.listing;
  const folder = baseName(parentPath(wanted));
  const mentioned = `${folder}/${baseName(wanted)}`;
  const readmes = [...files].filter((path) => /^(?:README|CONTRIBUTING|INSTALL)\b/i.test(relativePath(root, path)));
  const texts = [
    ...readmes.map((path) => snapshot.text(path) ?? ""),
    ...deploymentFiles(snapshot).map(({ text }) => text),
  ];
  return texts.some((text) => text.includes(mentioned));
}
