import { defineRule, siteOf } from "../../lint/rule";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-eager-translation.md";

const EAGER = /^django\.utils\.translation\.(u?gettext|pgettext|u?ngettext|npgettext)$/;

export const settingsEagerTranslation = defineRule({
  id: "settings-eager-translation",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    eager:
      "{function}() translates while the settings are imported: translating needs them, so Django raises ImproperlyConfigured or AppRegistryNotReady. Use {function}_lazy().",
  },
  fixes: { lazy: { safety: "safe", title: "Use {function}_lazy()" } },
  doc,

  check({ file, report }) {
    for (const { call, callee } of moduleCalls(file.ast)) {
      const [, name] = EAGER.exec(callee) ?? [];
      if (name === undefined) continue;
      const range = call.func;
      const lazy = `${name.replace(/^u(?=gettext|ngettext)/, "")}_lazy`;
      report({
        message: "eager",
        values: { function: name },
        at: siteOf(file.path, call),
        fixes: [
          {
            id: "lazy",
            edit: (edit) =>
              edit.replace(file.path, range, edit.importName(file.path, "django.utils.translation", lazy)),
          },
        ],
      });
    }
  },
});
