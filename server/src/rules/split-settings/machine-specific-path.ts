import { walk } from "../../lint/edit/walk";
import { servesProduction } from "../../lint/settingsModules";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { Str } from "../../syntax/ast";
import { inStatements } from "../../syntax/statements";
import { runsInProduction } from "../questions/splits/inProduction";
import doc from "./machine-specific-path.md";

/** A folder of one person: what is below it is on one machine only. Accounts that are made for servers are not. */
const PERSONAL =
  /^(?:\/home\/(?!(?:app|django|web|www|www-data|ubuntu|ec2-user|deploy|user|runner|vagrant|site|sites|project|service)\/)[\w.-]+\/|\/Users\/[\w.-]+\/|[A-Za-z]:[\\/]Users[\\/][\w .-]+[\\/])./;

export const machineSpecificPath = defineRule({
  id: "machine-specific-path",
  category: "split-settings",
  severity: "info",
  audience: "file",
  messages: {
    personal:
      "This path exists on one person's machine only: the file is for others, too. Build it from BASE_DIR, or read it from the environment.",
  },
  doc,

  check(context) {
    const { file, report } = context;
    if (!isShared(context)) return;
    for (const text of personalPaths(file.ast))
      if (!isDeployed(context, text.value)) report({ message: "personal", at: siteOf(file.path, text) });
  },
});

/** The texts that name somebody's own folder; docstrings are none. */
const personalPaths = inStatements((statement) => {
  const found: Str[] = [];
  walk([statement], (node) => {
    if (node.kind === "Expr" && node.value.kind === "Str") return false;
    if (node.kind === "Str" && PERSONAL.test(node.value)) found.push(node);
    return undefined;
  });
  return found;
});

/** Whether a file that builds or starts the project has that folder, too: then servers have the account. */
function isDeployed({ snapshot }: RuleContext, path: string): boolean {
  const [folder = path] = /^\/home\/[^/]+/.exec(path) ?? [];
  return deploymentFiles(snapshot).some(({ text }) => text.includes(folder));
}

/** A base, or what production runs: a developer's own module may have such paths. */
function isShared(context: RuleContext): boolean {
  const own = context.project.modules.find((one) => one.file === context.file.path);
  return own === undefined || own.role === "base" ? runsInProduction(context) : servesProduction(own.role);
}
