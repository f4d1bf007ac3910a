import type { Connection } from "vscode-languageserver";
import { statusFingerprint } from "../features/status";
import { settingsChangedNotification, stateChangedNotification, type StateChangedParams } from "../protocol";
import { ignoreClosedConnection } from "./log";
import type { State } from "./state";

/** Tells the client when what it shows beside diagnostics may no longer be true. */
export class StateNews {
  /** The client shows settings, the graph or variables, and is told when they may have changed. */
  tellsSettings = false;
  private readonly connection: Connection;
  private lastStatus = "";
  private hasToldLoading = false;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** An analysis begins. Told once: later ones are done before anybody could read it. */
  loading(): void {
    if (this.hasToldLoading) return;
    this.hasToldLoading = true;
    this.tellState("loading");
  }

  analysed(state: State): void {
    if (this.tellsSettings) this.connection.sendNotification(settingsChangedNotification).catch(ignoreClosedConnection);
    const status = state.folders
      .map(({ analysis }) => statusFingerprint(analysis, (file) => state.severities(file)))
      .join("\n");
    if (status === this.lastStatus) return;
    this.lastStatus = status;
    this.tellState("ready");
  }

  private tellState(state: StateChangedParams["state"]): void {
    const params: StateChangedParams = { state };
    this.connection.sendNotification(stateChangedNotification, params).catch(ignoreClosedConnection);
  }
}
