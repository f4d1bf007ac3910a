import { type ExtensionContext, languages, LanguageStatusSeverity, type LanguageStatusItem, window } from "vscode";
import { type StatusResult, statusRequest } from "../../server/src/protocol";
import { displayName, type Server } from "./client";
import { workspaceScheme } from "./files";

/**
 * The language status item of Python files: which role the settings module in the active editor has, and why.
 * This is where the extension tells how it is doing; it shows no notifications.
 */
export function registerStatus(context: ExtensionContext, server: Server): void {
  const item = languages.createLanguageStatusItem("djangoSettingsLint.status", {
    scheme: workspaceScheme(),
    language: "python",
  });
  item.name = displayName;
  let latest = 0;
  const refresh = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (document === undefined || document.uri.scheme !== workspaceScheme()) return;
    const turn = ++latest;
    if (server.failure === undefined) item.busy = true;
    const status = await server.request<StatusResult>(statusRequest, { uri: document.uri.toString() });
    // The user has moved on to another file while the server was answering.
    if (turn !== latest) return;
    show(item, status, server.failure);
  };
  const refreshNow = (): void => void refresh();

  server.onChange(refreshNow);
  context.subscriptions.push(item, window.onDidChangeActiveTextEditor(refreshNow));
  refreshNow();
}

function show(item: LanguageStatusItem, status: StatusResult | undefined, failure: string | undefined): void {
  item.busy = status?.state === "loading";
  item.command = status?.environment === undefined ? SHOW_CONFIGURATION : SHOW_SETTINGS;
  item.severity = LanguageStatusSeverity.Information;
  if (failure !== undefined) {
    item.severity = LanguageStatusSeverity.Error;
    item.text = "Django settings: server not running";
    item.detail = failure;
    return;
  }
  if (status === undefined) {
    item.text = "Django settings";
    item.detail = "no Django project found yet";
    return;
  }
  if (status.state === "problem") item.severity = LanguageStatusSeverity.Warning;
  item.text = headline(status);
  // One line is all there is room for; the config page says the rest.
  item.detail = status.message ?? roleText(status);
}

/** `Dockerfile:16 starts it for production`; with the role before it where the headline has another word. */
function roleText({ role, evidence, environment, project, django }: StatusResult): string {
  if (role !== undefined) {
    const name = role === "single" ? "the only settings module" : role;
    return [...(role === environment?.name ? [] : [name]), ...evidence.slice(0, 1)].join(": ");
  }
  return [project, django === undefined ? undefined : `Django ${django}`]
    .filter((part) => part !== undefined)
    .join(", ");
}

const SHOW_SETTINGS = { command: "djangoSettingsLint.effectiveSettings.focus", title: "Show Effective Settings" };
const SHOW_CONFIGURATION = { command: "djangoSettingsLint.showResolvedConfig", title: "Show Linter Configuration" };

/** `production: 0 problems`; of a base module, and of code, how the project's first environment is. */
function headline({ state, environment }: StatusResult): string {
  switch (state) {
    case "loading":
      return "Django settings: reading the project";
    case "disabled":
      return "Django settings: switched off";
    case "problem":
      return "Django settings: problem";
    case "notSettings":
    case "ready":
      if (environment === undefined) return "Django settings: not a settings module";
      return `${environment.name}: ${environment.problems} ${environment.problems === 1 ? "problem" : "problems"}`;
  }
}
