import { commands, type ExtensionContext, type LogOutputChannel, window } from "vscode";
import { explainRuleCommand, type RulesResult, rulesRequest } from "../../server/src/protocol";
import type { Server } from "./client";
import { workspaceScheme } from "./files";
import { configPage, rulePage, showPage } from "./pages";

/** Registers what the manifest lists under `contributes.commands`. */
export function registerCommands(context: ExtensionContext, server: Server, output: LogOutputChannel): void {
  context.subscriptions.push(
    commands.registerCommand("djangoSettingsLint.restart", () => server.restart()),
    commands.registerCommand("djangoSettingsLint.showOutput", () => output.show(true)),
    commands.registerCommand(explainRuleCommand, (rule?: unknown) => explainRule(server, rule)),
    commands.registerCommand("djangoSettingsLint.showResolvedConfig", () => showResolvedConfig(server)),
  );
}

/** Shows a rule's page; from the palette, where no rule is named, asks for one first. */
async function explainRule(server: Server, rule: unknown): Promise<void> {
  await server.start();
  const id = typeof rule === "string" ? rule : await pickRule(server);
  if (id !== undefined) await showPage(rulePage(id));
}

async function pickRule(server: Server): Promise<string | undefined> {
  const rules = server.request<RulesResult>(rulesRequest).then((result) =>
    (result?.rules ?? []).map((rule) => ({
      label: rule.id,
      description: rule.category,
      detail: rule.summary,
    })),
  );
  const picked = await window.showQuickPick(rules, {
    placeHolder: "Which rule?",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.label;
}

async function showResolvedConfig(server: Server): Promise<void> {
  await server.start();
  const active = window.activeTextEditor?.document.uri;
  await showPage(configPage(active?.scheme === workspaceScheme() ? active : undefined));
}
