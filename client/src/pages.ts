import { commands, EventEmitter, type ExtensionContext, Uri, window, workspace } from "vscode";
import {
  type ExplainRuleResult,
  explainRuleRequest,
  pageScheme as scheme,
  type ResolvedConfigResult,
  resolvedConfigRequest,
  rulePageAddress,
} from "../../server/src/protocol";
import type { Server } from "./client";

const missing = "The server is not running, so there is nothing to show. See *Django Settings Lint: Show Output*.\n";

/** The page of one rule. */
export function rulePage(rule: string): Uri {
  return Uri.parse(rulePageAddress(rule));
}

/** The page with the configuration in force for a file, or for the workspace when there is no file. */
export function configPage(file: Uri | undefined): Uri {
  return Uri.from({ scheme, path: "/Resolved config.md", query: file?.toString() ?? "" });
}

/** Shows a page as rendered Markdown, or as text where VS Code's Markdown extension is switched off. */
export async function showPage(page: Uri): Promise<void> {
  try {
    await commands.executeCommand("markdown.showPreview", page);
  } catch {
    await window.showTextDocument(await workspace.openTextDocument(page), { preview: true });
  }
}

/** Serves the pages, and serves them anew when the server has news. */
export function registerPages(context: ExtensionContext, server: Server): void {
  const changed = new EventEmitter<Uri>();
  server.onChange(() => {
    for (const document of workspace.textDocuments) {
      if (document.uri.scheme === scheme) changed.fire(document.uri);
    }
  });
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => pageText(uri, server),
  });
  context.subscriptions.push(changed, provider);
}

async function pageText(page: Uri, server: Server): Promise<string> {
  const rule = /^\/rule\/(.+)\.md$/.exec(page.path)?.[1];
  if (rule !== undefined) {
    const result = await server.request<ExplainRuleResult>(explainRuleRequest, { rule });
    if (result === undefined) return missing;
    return result.markdown ?? `There is no rule named \`${rule}\`.\n`;
  }
  const params = page.query === "" ? {} : { uri: page.query };
  const result = await server.request<ResolvedConfigResult>(resolvedConfigRequest, params);
  return result?.markdown ?? missing;
}
