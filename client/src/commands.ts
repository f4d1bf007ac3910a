import { commands, type ExtensionContext, Location, type LogOutputChannel, Position, Range, Uri, window } from "vscode";
import {
  explainRuleCommand,
  type PlainLocation,
  type RulesResult,
  rulesRequest,
  type ShowPlacesArguments,
  showPlacesCommand,
} from "../../server/src/protocol";
import type { Server } from "./client";
import { configPage, rulePage, showPage } from "./pages";

/** Registers what the manifest lists under `contributes.commands`. */
export function registerCommands(context: ExtensionContext, server: Server, output: LogOutputChannel): void {
  context.subscriptions.push(
    commands.registerCommand("djangoSettingsLint.restart", () => server.restart()),
    commands.registerCommand("djangoSettingsLint.showOutput", () => output.show(true)),
    commands.registerCommand(explainRuleCommand, (rule?: unknown) => explainRule(server, rule)),
    commands.registerCommand(showPlacesCommand, (...args: ShowPlacesArguments) => showPlaces(...args)),
    commands.registerCommand("djangoSettingsLint.showResolvedConfig", () => showResolvedConfig(server)),
  );
}

/** Goes to a place, or lets the person choose between several, as Go to Definition does. */
async function showPlaces(...[uri, at, places]: ShowPlacesArguments): Promise<void> {
  const locations = places.map((place) => new Location(Uri.parse(place.uri), rangeOf(place.range)));
  const start = new Position(at.line, at.character);
  await commands.executeCommand("editor.action.goToLocations", Uri.parse(uri), start, locations, "peek");
}

function rangeOf({ start, end }: PlainLocation["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
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
  await showPage(configPage(active?.scheme === "file" ? active : undefined));
}
