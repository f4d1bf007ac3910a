import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
  type DidChangeConfigurationParams,
  type DidChangeWatchedFilesParams,
  type FileEvent,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import type { FileChange } from "../features/fileChanges";
import { WATCHED_FILES } from "./capabilities";
import type { Addresses } from "./addresses";
import { ignoreClosedConnection } from "./log";
import { refresh } from "./refreshDiagnostics";
import type { Session } from "./session";

/**
 * `initialized`: asks for the editor's settings and for news of files. Gives whether the settings came so late that
 * something else was said before.
 */
export async function initialized(session: Session): Promise<boolean> {
  const { connection, features } = session;
  if (features.showsProgress) void session.slowWork.prepare();
  if (features.registersConfiguration)
    connection.client.register(DidChangeConfigurationNotification.type, undefined).catch(ignoreClosedConnection);
  if (features.registersWatchers) {
    const watchers = [
      ...WATCHED_FILES.map((globPattern) => ({ globPattern })),
      // A folder that is removed or renamed is reported by its own name alone.
      { globPattern: "**/*", kind: WatchKind.Delete },
    ];
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(ignoreClosedConnection);
  }
  return (await session.readSettings()) && session.latest !== undefined;
}

/** `workspace/didChangeWatchedFiles` */
export function watchedFilesChanged(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  if (session.filesChanged(changes.flatMap((change) => toChange(session.addresses, change)))) refresh(session);
}

function toChange(addresses: Addresses, { uri, type }: FileEvent): readonly FileChange[] {
  const path = addresses.path(uri);
  if (path === undefined) return [];
  if (type === FileChangeType.Created) return [{ path, kind: "created" }];
  return [{ path, kind: type === FileChangeType.Deleted ? "deleted" : "changed" }];
}

/** `workspace/didChangeConfiguration` */
export async function configurationChanged(
  session: Session,
  { settings }: DidChangeConfigurationParams,
): Promise<void> {
  if (await session.readSettings(settings)) refresh(session);
}

/** `workspace/didChangeWorkspaceFolders` */
export async function foldersChanged(session: Session, { added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
  session.foldersChanged(added, removed);
  await session.readSettings();
  refresh(session);
}
