import type { FilePath } from "../base/path";
import { isInside } from "../base/path";
import { GRADES, type Grade } from "../lint/config";
import type { EditorSettings } from "../protocol";

/** The section of the editor's settings that belongs to this server. */
export const SECTION = "djangoSettingsLint";

export const DEFAULT_SETTINGS: EditorSettings = {
  enable: true,
  severityOverrides: {},
  workspaceFindings: true,
  fixOnSave: false,
  codeLens: false,
  inlayHints: false,
};

/** Reads what an editor answers for the section; whatever has another type than it should is as if it was not set. */
export function readSettings(answer: unknown): EditorSettings {
  if (typeof answer !== "object" || answer === null) return DEFAULT_SETTINGS;
  const given = answer as Readonly<Record<string, unknown>>;
  const flag = (name: "enable" | "workspaceFindings" | "fixOnSave"): boolean => {
    const value = given[name];
    return typeof value === "boolean" ? value : DEFAULT_SETTINGS[name];
  };
  const enabled = (name: "codeLens" | "inlayHints"): boolean =>
    (given[name] as { readonly enabled?: unknown } | null | undefined)?.enabled === true;
  const overrides = given["severityOverrides"];
  const pairs = typeof overrides === "object" && overrides !== null ? Object.entries(overrides) : [];
  const severityOverrides = Object.fromEntries(
    pairs.filter((pair): pair is [string, Grade] => GRADES.some((grade) => grade === pair[1])),
  );
  return {
    enable: flag("enable"),
    severityOverrides,
    workspaceFindings: flag("workspaceFindings"),
    fixOnSave: flag("fixOnSave"),
    codeLens: enabled("codeLens"),
    inlayHints: enabled("inlayHints"),
  };
}

/** The editor's settings by workspace folder: each file has those of the innermost folder that it lies in. */
export class SettingsByFolder {
  private folders: readonly (readonly [FilePath, EditorSettings])[] = [];

  /** Gives whether anything is different from before. */
  replace(settings: ReadonlyMap<FilePath, EditorSettings>): boolean {
    const sorted = [...settings].toSorted(([a], [b]) => b.length - a.length);
    const isSame = JSON.stringify(sorted) === JSON.stringify(this.folders);
    this.folders = sorted;
    return !isSame;
  }

  of(path: FilePath): EditorSettings {
    return this.folders.find(([folder]) => isInside(folder, path))?.[1] ?? DEFAULT_SETTINGS;
  }
}
