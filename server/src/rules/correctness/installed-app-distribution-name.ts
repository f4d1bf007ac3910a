import { appOfDistribution } from "../../django/distributionNames";
import { defineRule, type ContextOf } from "../../lint/rule";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./installed-app-distribution-name.md";

type Context = ContextOf<typeof installedAppDistributionName>;

export const installedAppDistributionName = defineRule({
  id: "installed-app-distribution-name",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    app: 'INSTALLED_APPS lists "{entry}", the name of a PyPI package: Django imports modules, and this one is called "{app}".',
    hyphen:
      'INSTALLED_APPS lists "{entry}", which is no module name: modules have no hyphens. Write the module that the package installs.',
  },
  fixes: { replace: { safety: "safe", title: 'Write "{app}"' } },
  doc,

  check(context) {
    for (const proof of context.setting("INSTALLED_APPS").proofs()) {
      for (const { text, item } of knownEntries(proof.value)) {
        const app = appOfDistribution(text);
        if ((app === undefined && !text.includes("-")) || isInWorkspace(context, text)) continue;
        context.report({
          message: app === undefined ? "hyphen" : "app",
          values: { entry: text, app: app ?? "" },
          proof,
          at: item.site,
          fixes: [replaceTextFix(context, "replace", item.site, app)],
        });
      }
    }
  },
});

function isInWorkspace({ snapshot, project, module }: Context, name: string): boolean {
  return snapshot.host(project.importRoots).resolveModule(name, module.file).kind !== "external";
}
