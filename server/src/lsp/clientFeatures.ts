import type { InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "../protocol";

/** What the client on the other side is able to do. */
export interface ClientFeatures {
  /** Asks for diagnostics itself; otherwise they are sent to it. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly changeAnnotations: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly showsProgress: boolean;
  readonly markdown: boolean;
  readonly explainsRules: boolean;
  readonly showsPlaces: boolean;
  /** Has a tree of effective settings. */
  readonly revealsSettings: boolean;
  /** Reads files for the server. */
  readonly readsFiles: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly refreshesInlayHints: boolean;
}

/** Reads the capabilities of a client; what it does not mention it cannot do. */
export function clientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { textDocument, window, workspace } = capabilities;
  const options = initializationOptions as InitializationOptions | null | undefined;
  const contentFormat = textDocument?.hover?.contentFormat;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation:
      textDocument?.diagnostic?.relatedInformation === true ||
      textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription:
      textDocument?.diagnostic?.codeDescriptionSupport === true ||
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createFile: workspace?.workspaceEdit?.resourceOperations?.includes("create") === true,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    markdown: contentFormat === undefined || contentFormat.includes("markdown"),
    explainsRules: options?.canExplainRule === true,
    showsPlaces: options?.canShowPlaces === true,
    revealsSettings: options?.canRevealSettings === true,
    readsFiles: options?.readsFiles === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
  };
}
