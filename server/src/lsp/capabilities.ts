import {
  CodeActionKind,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type InitializeResult,
  type ServerCapabilities,
} from "vscode-languageserver";
import type { ClientFeatures } from "./clientFeatures";
import { FIX_ALL, SERVER } from "./convert";

/** What the server tells a client that it can do: only what it does for this client. */
export function initializeResult(features: ClientFeatures, version: string): InitializeResult {
  const capabilities: ServerCapabilities = {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
      willSaveWaitUntil: true,
    },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    documentLinkProvider: {},
    foldingRangeProvider: true,
    workspaceSymbolProvider: true,
    codeLensProvider: {},
    inlayHintProvider: true,
    renameProvider: { prepareProvider: true },
    completionProvider: { triggerCharacters: [".", '"', "'", "["] },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
      resolveProvider: features.resolvesEdits,
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  if (features.pullsDiagnostics)
    capabilities.diagnosticProvider = { identifier: SERVER, interFileDependencies: true, workspaceDiagnostics: true };
  return { capabilities, serverInfo: { name: SERVER, version } };
}

/**
 * The files whose coming, going and changing on disk the server wants to hear of: everything that may select or be a
 * settings module, hold configuration, name dependencies or variables.
 */
export const WATCHED_FILES = [
  "**/*.{py,toml,cfg,ini,txt,lock,in,yml,yaml,json,env,sh,service,conf,mk}",
  "**/{Dockerfile,Containerfile,Procfile,Makefile,makefile,Justfile,justfile,Pipfile,Jenkinsfile,Vagrantfile}*",
  "**/*.{Dockerfile,dockerfile}",
  "**/{.env,env,.envrc,.gitignore}*",
] as const;
