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
  },
  doc,

  check(context) {
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
