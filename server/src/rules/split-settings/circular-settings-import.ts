import { relativePath } from "../../base/path";
import { defineRule } from "../../lint/rule";
import { importFailure } from "../questions/modules/importFailures";
import doc from "./circular-settings-import.md";

export const circularSettingsImport = defineRule({
  id: "circular-settings-import",
  category: "split-settings",
  severity: "error",
  audience: "entry",
  messages: {
    name: "{file} and {other} import each other: {other} sets {name} only after it has imported this file, so that importing {module} raises NameError here. Import in one direction only, and select the module by DJANGO_SETTINGS_MODULE.",
    names:
      "{file} and {other} import each other: {other} is not complete when this line takes names from it, so that importing {module} raises ImportError here. Import in one direction only, and select the module by DJANGO_SETTINGS_MODULE.",
    self: "{file} imports itself: while it is being imported, the line takes nothing but what stands above it. Delete the line, or import the module that was meant.",
  },
  doc,

  check(context) {
    for (const { star, file, site } of context.evaluation.imports)
      if (star !== undefined && file === site.file)
        context.report({
          message: "self",
          values: { file: relativePath(context.project.root, file) },
          at: site,
          severity: "warning",
        });
    const found = importFailure(context);
    if (found?.kind !== "circle") return;
    const { failure, other, name } = found;
    const { root } = context.project;
    const { file } = failure.site;
    const forward = context.evaluation.imports.find((event) => event.site.file === other && event.file === file);
    context.report({
      message: name === undefined ? "names" : "name",
      values: { file: relativePath(root, file), other: relativePath(root, other), name: name ?? "" },
      at: failure.site,
      chain: forward && [{ site: forward.site, text: `${relativePath(root, other)} imports this file here.` }],
    });
  },
});
