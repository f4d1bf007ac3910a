import { defineRule, siteOf } from "../../lint/rule";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-eager-reverse.md";

export const settingsEagerReverse = defineRule({
  id: "settings-eager-reverse",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    eager:
      "reverse() is called while the settings are imported: it needs the URLconf, which needs the settings, so the import is circular. Use reverse_lazy(), or the name of the URL pattern.",
  },
  fixes: { lazy: { safety: "safe", title: "Use reverse_lazy()" } },
  doc,

  check({ file, report }) {
    for (const { call, callee } of moduleCalls(file.ast)) {
      if (!/^django\.(?:urls|core\.urlresolvers)\.reverse$/.test(callee)) continue;
      const module = callee.slice(0, callee.lastIndexOf("."));
      report({
        message: "eager",
        at: siteOf(file.path, call),
        fixes: [
          {
            id: "lazy",
            edit: (edit) => edit.replace(file.path, call.func, edit.importName(file.path, module, "reverse_lazy")),
          },
        ],
      });
    }
  },
});
