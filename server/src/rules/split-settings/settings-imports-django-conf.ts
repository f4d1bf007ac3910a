import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf } from "../../lint/rule";
import { dottedName } from "../../syntax/dottedName";
import { importedAs, originOf } from "../questions/modules/moduleLevel";
import doc from "./settings-imports-django-conf.md";

export const settingsImportsDjangoConf = defineRule({
  id: "settings-imports-django-conf",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    circular:
      "settings.{name} is read from django.conf while the settings are being imported: Django raises ImproperlyConfigured, or gives a half-made value. Use the name itself.",
  },
  fixes: { useName: { safety: "unsafe", title: "Write {name}" } },
  doc,

  check({ file, report }) {
    const imported = importedAs(file.ast);
    if (![...imported.values()].some((origin) => origin.startsWith("django.conf"))) return;
    walk(file.ast.body, (node) => {
      if (node.kind === "FunctionDef" || node.kind === "Lambda") return false;
      const dotted = node.kind === "Attribute" ? dottedName(node) : undefined;
      const [, name] = /^django\.conf\.settings\.([A-Z][A-Z0-9_]*)$/.exec(originOf(dotted ?? "", imported)) ?? [];
      if (name === undefined) return undefined;
      const site = siteOf(file.path, node);
      report({
        message: "circular",
        values: { name },
        at: site,
        fixes: [{ id: "useName", edit: (edit) => edit.replace(file.path, site.range, name) }],
      });
      return false;
    });
  },
});
