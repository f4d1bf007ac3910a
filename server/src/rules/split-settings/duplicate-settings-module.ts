import { baseName, joinPath, parentPath, relativePath } from "../../base/path";
import { defineRule, siteOf } from "../../lint/rule";
import doc from "./duplicate-settings-module.md";

export const duplicateSettingsModule = defineRule({
  id: "duplicate-settings-module",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    package:
      "{file} is never imported: Python takes the package {folder}/ of the same name, and what is changed here has no effect. Delete the file, or move what is still wanted into the package.",
    module:
      "{file} hides the modules in {folder}/: without an __init__.py, Python takes the file of the same name, and {hidden} cannot be imported. Rename one of them.",
  },
  doc,

  check(context) {
    const { project, snapshot } = context;
    const folders = new Set(project.modules.map(({ file }) => parentPath(file)));
    for (const folder of folders) {
      const file = `${folder}.py`;
      if (!/settings|conf/i.test(baseName(folder)) || !snapshot.isFile(file)) continue;
      const isPackage = snapshot.isFile(joinPath(folder, "__init__.py"));
      const hidden = project.modules.find((one) => parentPath(one.file) === folder);
      context.report({
        message: isPackage ? "package" : "module",
        values: {
          file: relativePath(project.root, file),
          folder: relativePath(project.root, folder),
          hidden: hidden === undefined ? "" : relativePath(project.root, hidden.file),
        },
        at: siteOf(file, context.source(file)?.ast.body[0] ?? { start: 0, end: 0 }),
      });
    }
  },
});
