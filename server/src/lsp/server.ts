import type { Connection, InitializeParams, InitializeResult } from "vscode-languageserver";
import * as custom from "../protocol";
import { answerNow } from "./answerNow";
import { initializeResult } from "./capabilities";
import { codeLens } from "./codeLens";
import { completion, NO_COMPLETIONS } from "./completion";
import { codeAction, resolveCodeAction } from "./codeAction";
import { explainRule, resolvedConfig, rulesList, status } from "./customRequests";
import { definition, documentHighlight, references } from "./definition";
import { documentLink } from "./documentLink";
import { documentSymbol } from "./documentSymbol";
import { prepareRename, rename } from "./rename";
import { documentDiagnostic, NO_DIAGNOSTICS } from "./documentDiagnostic";
import { effectiveSettings } from "./effectiveSettings";
import { environmentVariables } from "./environmentVariables";
import { answering, noticing } from "./handling";
import { foldingRange } from "./foldingRange";
import { hover } from "./hover";
import { inlayHint } from "./inlayHint";
import { Publisher } from "./publishDiagnostics";
import { refresh, StaleDocuments } from "./refreshDiagnostics";
import { StaleNotes } from "./refreshNotes";
import type { ServerHost } from "./serverHost";
import { Session } from "./session";
import { setRole, settingsGraph } from "./settingsGraph";
import { NO_REPORTS, workspaceDiagnostic } from "./workspaceDiagnostic";
import { workspaceSymbol } from "./workspaceSymbol";
import { willSave } from "./willSave";
import { configurationChanged, foldersChanged, initialized, watchedFilesChanged } from "./workspaceEvents";

/** Serves a client on a connection, until it says `exit` or goes away. */
export function startServer(connection: Connection, host: ServerHost): void {
  connection.onInitialize((params: InitializeParams): InitializeResult => {
    if (typeof params.processId === "number") host.watchClient?.(params.processId);
    const session = new Session(connection, host, params);
    host.answerWhileBusy?.((request, waited) => answerNow(session, request, waited));
    followDocuments(session);
    answerRequests(session);
    followWorkspace(session);
    return initializeResult(session.features, host.version);
  });
  connection.listen();
}

function followDocuments(session: Session): void {
  const { connection, documents } = session;
  const changed = (path: string | undefined): void => {
    if (path !== undefined) session.documentChanged(path);
  };
  connection.onDidOpenTextDocument(noticing(session, "didOpen", (params) => changed(documents.didOpen(params))));
  connection.onDidChangeTextDocument(noticing(session, "didChange", (params) => changed(documents.didChange(params))));
  connection.onDidSaveTextDocument(noticing(session, "didSave", () => session.documentSaved()));
  connection.onDidCloseTextDocument(noticing(session, "didClose", (params) => changed(documents.didClose(params))));
}

function answerRequests(session: Session): void {
  const { connection, features } = session;
  if (features.pullsDiagnostics) {
    connection.languages.diagnostics.on(
      answering(session, "textDocument/diagnostic", NO_DIAGNOSTICS, (params, token) =>
        documentDiagnostic(session, params, token),
      ),
    );
    connection.languages.diagnostics.onWorkspace((params, token, _progress, partial) =>
      answering(session, "workspace/diagnostic", NO_REPORTS, () =>
        workspaceDiagnostic(session, params, token, partial),
      )(params, token),
    );
  }
  connection.onWillSaveTextDocumentWaitUntil(
    answering(session, "textDocument/willSaveWaitUntil", [], (params, token) => willSave(session, params, token)),
  );
  connection.onCodeAction(
    answering(session, "textDocument/codeAction", [], (params, token) => codeAction(session, params, token)),
  );
  connection.onCodeActionResolve((action, token) =>
    answering(session, "codeAction/resolve", action, () => resolveCodeAction(session, action, token))(action, token),
  );
  connection.onHover(answering(session, "textDocument/hover", null, (params, token) => hover(session, params, token)));
  answerLanguageRequests(session);
  answerCustomRequests(session);
}

/** Requests that editors make of any language. */
function answerLanguageRequests(session: Session): void {
  const { connection } = session;
  connection.onCompletion(
    answering(session, "textDocument/completion", NO_COMPLETIONS, (params, token) =>
      completion(session, params, token),
    ),
  );
  connection.onDefinition(
    answering(session, "textDocument/definition", [], (params, token) => definition(session, params, token)),
  );
  connection.onReferences(
    answering(session, "textDocument/references", [], (params, token) => references(session, params, token)),
  );
  connection.onDocumentHighlight(
    answering(session, "textDocument/documentHighlight", [], (params, token) =>
      documentHighlight(session, params, token),
    ),
  );
  connection.onDocumentSymbol(
    answering(session, "textDocument/documentSymbol", [], (params, token) => documentSymbol(session, params, token)),
  );
  connection.onDocumentLinks(
    answering(session, "textDocument/documentLink", [], (params, token) => documentLink(session, params, token)),
  );
  connection.onFoldingRanges(
    answering(session, "textDocument/foldingRange", null, (params, token) => foldingRange(session, params, token)),
  );
  connection.onWorkspaceSymbol(
    answering(session, "workspace/symbol", [], (params, token) => workspaceSymbol(session, params, token)),
  );
  connection.onCodeLens(
    answering(session, "textDocument/codeLens", [], (params, token) => codeLens(session, params, token)),
  );
  connection.languages.inlayHint.on(
    answering(session, "textDocument/inlayHint", [], (params, token) => inlayHint(session, params, token)),
  );
  connection.onPrepareRename(
    answering(session, "textDocument/prepareRename", null, (params, token) => prepareRename(session, params, token)),
  );
  connection.onRenameRequest(
    answering(session, "textDocument/rename", null, (params, token) => rename(session, params, token)),
  );
}

function answerCustomRequests(session: Session): void {
  const { connection } = session;
  const unknownStatus: custom.StatusResult = { state: "problem", evidence: [] };
  connection.onRequest(
    custom.statusRequest,
    answering(session, custom.statusRequest, unknownStatus, (params: custom.StatusParams) => status(session, params)),
  );
  connection.onRequest(
    custom.rulesRequest,
    answering(session, custom.rulesRequest, { rules: [] }, () => rulesList(session)),
  );
  connection.onRequest(
    custom.explainRuleRequest,
    answering(session, custom.explainRuleRequest, {}, (params: custom.ExplainRuleParams) =>
      explainRule(session, params),
    ),
  );
  connection.onRequest(
    custom.effectiveSettingsRequest,
    answering(
      session,
      custom.effectiveSettingsRequest,
      { projects: [] },
      (params: custom.EffectiveSettingsParams, token) => effectiveSettings(session, params, token),
    ),
  );
  connection.onRequest(
    custom.graphRequest,
    answering(session, custom.graphRequest, { projects: [] }, (_params: object, token) =>
      settingsGraph(session, token),
    ),
  );
  connection.onRequest(
    custom.variablesRequest,
    answering(session, custom.variablesRequest, { projects: [] }, (_params: object, token) =>
      environmentVariables(session, token),
    ),
  );
  connection.onRequest(
    custom.setRoleRequest,
    answering(session, custom.setRoleRequest, {}, (params: custom.SetRoleParams, token) =>
      setRole(session, params, token),
    ),
  );
  connection.onRequest(
    custom.resolvedConfigRequest,
    answering(session, custom.resolvedConfigRequest, { markdown: "" }, (params: custom.ResolvedConfigParams, token) =>
      resolvedConfig(session, params, token),
    ),
  );
}

function followWorkspace(session: Session): void {
  const { connection, features } = session;
  connection.onInitialized(
    noticing(session, "initialized", async () => {
      if (features.workspaceFolders)
        connection.workspace.onDidChangeWorkspaceFolders(
          noticing(session, "didChangeWorkspaceFolders", (event) => foldersChanged(session, event)),
        );
      if (features.pullsDiagnostics) {
        const staleDocuments = new StaleDocuments(session);
        session.onState(() => staleDocuments.check());
      } else {
        const publisher = new Publisher(session);
        session.onState((state) => publisher.publish(state));
      }
      const notes = new StaleNotes(session);
      session.onState((state) => notes.check(state));
      session.wake();
      if (await initialized(session)) refresh(session);
    }),
  );
  connection.onDidChangeWatchedFiles(
    noticing(session, "didChangeWatchedFiles", (params) => watchedFilesChanged(session, params)),
  );
  connection.onDidChangeConfiguration(
    noticing(session, "didChangeConfiguration", (params) => configurationChanged(session, params)),
  );
  connection.onShutdown(() => session.shutDown());
}
