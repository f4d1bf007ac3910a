import {
  LSPErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { obstacleToRename, renameEdits, settingAt } from "../features/references";
import { toRange, toWorkspaceEdit } from "./convert";
import type { ListenableToken } from "./current";
import { aboutPlace } from "./handling";
import type { Session } from "./session";

/** `textDocument/prepareRename`: the name of a project's own setting. Others get the reason why they cannot be renamed. */
export async function prepareRename(
  session: Session,
  params: PrepareRenameParams,
  token: ListenableToken,
): Promise<Range | null> {
  return aboutPlace(session, params, token, null, ({ analysis, file, lines, offset }) => {
    const setting = settingAt(analysis, file, offset);
    if (setting === undefined) return null;
    refuse(obstacleToRename(setting.name, undefined));
    return toRange(lines, setting.range);
  });
}

/** `textDocument/rename`: a project's own setting, in all Python files of the project. */
export async function rename(
  session: Session,
  params: RenameParams,
  token: ListenableToken,
): Promise<WorkspaceEdit | null> {
  return aboutPlace(session, params, token, null, async ({ state, analysis, file, offset }) => {
    const setting = settingAt(analysis, file, offset);
    if (setting === undefined) return null;
    refuse(obstacleToRename(setting.name, params.newName));
    const edits = await renameEdits(analysis, file, setting.name, params.newName, token);
    await state.loadAll(edits);
    return toWorkspaceEdit(edits, state, session.features) ?? null;
  });
}

/** Throws what editors show to the person who asked. */
function refuse(obstacle: string | undefined): void {
  if (obstacle !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `${obstacle}.`);
}
