import { commands, type ExtensionContext, window } from "vscode";
import {
  type EffectiveSettingsResult,
  effectiveSettingsRequest,
  type RevealSettingArguments,
  revealSettingCommand,
} from "../../server/src/protocol";
import type { Server } from "./client";
import { SettingsTree, type SettingsFilter } from "./settingsTree";

const viewId = "djangoSettingsLint.effectiveSettings";

/** Milliseconds that edits may follow each other before the tree is drawn again. */
const calm = 150;

const filters: readonly { readonly id: SettingsFilter; readonly label: string; readonly description: string }[] = [
  { id: "set", label: "Settings that the project sets", description: "" },
  { id: "changed", label: "Changed from Django's default", description: "changed only" },
  { id: "all", label: "All settings, Django's defaults too", description: "with defaults" },
];

/** The view of effective settings. It asks the server only while it is to be seen. */
export function registerSettingsView(context: ExtensionContext, server: Server): void {
  const tree = new SettingsTree();
  const view = window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  let filter = context.workspaceState.get<SettingsFilter>(viewId) ?? "set";
  let isStale = true;
  let latest: EffectiveSettingsResult = { projects: [] };
  let wanted: RevealSettingArguments | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = (): void => {
    tree.show(latest.projects, filter);
    view.description = filters.find(({ id }) => id === filter)?.description ?? "";
  };
  /** Selects the setting that a person wants to see, once the tree has it. */
  const selectWanted = (): void => {
    const node = wanted === undefined ? undefined : tree.nodeOf(...wanted);
    if (node === undefined || !view.visible) return;
    wanted = undefined;
    void view.reveal(node, { select: true, focus: true, expand: true });
  };
  const refresh = async (): Promise<void> => {
    if (!view.visible) return;
    if (isStale) {
      isStale = false;
      const result = await server.request<EffectiveSettingsResult>(effectiveSettingsRequest, {});
      // Nothing is what a server says that is not running: what was there stays until it is.
      if (result === undefined) isStale = true;
      else latest = result;
      draw();
    }
    selectWanted();
  };
  const reveal = async (...setting: RevealSettingArguments): Promise<void> => {
    wanted = setting;
    // What code names is set, and may be no change of Django's default.
    if (filter === "changed") filter = "set";
    await commands.executeCommand(`${viewId}.focus`);
    await refresh();
  };
  const outdated = (): void => {
    isStale = true;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), calm);
  };
  server.onChange(outdated);
  server.onSettingsChange(outdated);
  context.subscriptions.push(
    view,
    { dispose: () => clearTimeout(timer) },
    view.onDidChangeVisibility(() => void refresh()),
    commands.registerCommand("djangoSettingsLint.filterSettings", async () => {
      const picked = await window.showQuickPick(
        filters.map(({ id, label }) => ({ id, label, description: id === filter ? "shown now" : "" })),
        { placeHolder: "Which settings?" },
      );
      if (picked === undefined) return;
      filter = picked.id;
      await context.workspaceState.update(viewId, filter);
      draw();
    }),
    commands.registerCommand(revealSettingCommand, reveal),
    commands.registerCommand("djangoSettingsLint.findSetting", async () => {
      await commands.executeCommand(`${viewId}.focus`);
      await commands.executeCommand("list.find");
    }),
  );
}
