import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  LogMessageNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextDocumentContentChangeEvent,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from "vscode-languageserver/node";

const root = join(__dirname, "..", "..");

/** The bundle under test; another build of it can be named by the environment. */
export const serverBundle = process.env["DJANGO_SETTINGS_LINT_SERVER"] ?? join(root, "dist", "server.js");

/** What VS Code says that it can do, as far as the server asks. */
export const PULLING: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedInformation: true },
    codeAction: { resolveSupport: { properties: ["edit"] } },
    hover: { contentFormat: ["markdown", "plaintext"] },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

/** A client that waits for what it is sent and can do little else. */
export const PUSHED: ClientCapabilities = {
  textDocument: { publishDiagnostics: { relatedInformation: true } },
};

export interface ClientOptions {
  /** Paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** Answers `workspace/configuration` for the section of the server. */
  readonly settings?: object;
  /** Answers nothing that the server asks. */
  readonly isMute?: boolean;
  /** Another server's command, with its arguments. */
  readonly command?: readonly string[];
  /** The process that the server takes for its client. */
  readonly processId?: number;
}

/** A language client without an editor: starts the bundled server as a process and speaks to it as an editor would. */
export class LspClient {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  refreshes = 0;
  settings: object;
  initialized!: InitializeResult;
  readonly exited: Promise<number | null>;
  private readonly listeners = new Set<() => void>();
  private answerLate: (settings: object[]) => void = () => {};
  private readonly versions = new Map<string, number>();
  private readonly texts = new Map<string, string>();

  private constructor(options: ClientOptions) {
    assert.ok(existsSync(serverBundle), `${serverBundle} is missing: run npm run build first`);
    this.settings = options.settings ?? {};
    const [command = "", ...args] = options.command ?? [process.execPath, serverBundle, "--stdio"];
    this.process = spawn(command, args, {
      stdio: ["pipe", "pipe", options.command === undefined ? "inherit" : "ignore"],
    });
    const { stdin, stdout } = this.process;
    assert.ok(stdin !== null && stdout !== null);
    // A test that ends the server while a message is on its way is not interested in the pipe's complaint.
    stdin.on("error", () => {});
    this.exited = new Promise((resolve) => this.process.once("exit", resolve));
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.listen(options.isMute === true);
  }

  /** Starts a server and says nothing to it. */
  static connect(options: ClientOptions): LspClient {
    return new LspClient(options);
  }

  /** Starts a server and initializes it. */
  static async start(options: ClientOptions): Promise<LspClient> {
    const client = LspClient.connect(options);
    client.initialized = await client.connection.sendRequest<InitializeResult>("initialize", {
      processId: options.processId ?? process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? PULLING,
      initializationOptions: options.initializationOptions ?? {},
      workspaceFolders: options.folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  private listen(isMute: boolean): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.tell();
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.logged.push(message);
      this.tell();
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      isMute ? new Promise((resolve) => (this.answerLate = resolve)) : items.map(() => this.settings),
    );
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registered.push(...registrations.map(({ method }) => method));
      this.tell();
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes += 1;
      this.tell();
    });
    connection.onUnhandledNotification(() => this.tell());
    connection.listen();
  }

  /** Answers what a mute client left open about its settings for one folder. */
  answerSettings(settings: object): void {
    this.answerLate([settings]);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** Resolves when a condition holds that messages from the server may bring about. */
  async until(holds: () => boolean, what = "a message of the server", milliseconds = 8000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.listeners.delete(check);
        reject(new Error(`waited in vain for ${what}`));
      }, milliseconds);
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.listeners.delete(check);
        resolve();
      };
      this.listeners.add(check);
    });
  }

  /** Opens a document with a text, by default what is on disk. */
  async open(path: string, text = readFileSync(path, "utf8"), languageId = "python"): Promise<void> {
    this.versions.set(path, 1);
    this.texts.set(path, text);
    const textDocument = { uri: uriOf(path), languageId, version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text. */
  async type(path: string, text: string): Promise<number> {
    this.texts.set(path, text);
    return this.change(path, [{ text }]);
  }

  /** Sends changes as they are; gives the new version. */
  async change(path: string, contentChanges: TextDocumentContentChangeEvent[]): Promise<number> {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    const textDocument = { uri: uriOf(path), version };
    await this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
    return version;
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  }

  async changedOnDisk(...changes: readonly (readonly [path: string, type: FileChangeType])[]): Promise<void> {
    await this.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.map(([path, type]) => ({ uri: uriOf(path), type })),
    });
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const textDocument = { uri: uriOf(path) };
    return this.connection.sendRequest("textDocument/diagnostic", { textDocument, previousResultId });
  }

  /** The diagnostics of a full report. */
  async diagnostics(path: string): Promise<Diagnostic[]> {
    const report = await this.pull(path);
    assert.equal(report.kind, "full");
    return report.kind === "full" ? report.items : [];
  }

  /** The rule ids of a file's diagnostics, sorted. */
  async rules(path: string): Promise<string[]> {
    return codesOf(await this.diagnostics(path));
  }

  pullWorkspace(previousResultIds: readonly { uri: string; value: string }[] = []): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest("workspace/diagnostic", { previousResultIds });
  }

  actions(path: string, range: Range, diagnostics: Diagnostic[] = [], only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: uriOf(path) },
      range,
      context: { diagnostics, ...(only === undefined ? {} : { only }) },
    });
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest("codeAction/resolve", action);
  }

  async hover(path: string, line: number, character: number): Promise<string | undefined> {
    const params = { textDocument: { uri: uriOf(path) }, position: { line, character } };
    const hover = await this.connection.sendRequest<Hover | null>("textDocument/hover", params);
    const contents = hover?.contents;
    return typeof contents === "object" && "value" in contents ? contents.value : undefined;
  }

  /** The text of a document as this client shows it. */
  text(path: string): string {
    return this.texts.get(path) ?? "";
  }

  /** The text that an edit makes of a file that this client has open, or of a given text. */
  applied(edit: WorkspaceEdit | undefined, path: string, text = this.texts.get(path) ?? ""): string {
    const uri = uriOf(path);
    const edits = (edit?.documentChanges ?? []).flatMap((change) =>
      "edits" in change && samePath(change.textDocument.uri, uri) ? change.edits : [],
    );
    const plain = [...edits, ...(edit?.changes?.[uri] ?? [])].flatMap((each) => ("newText" in each ? [each] : []));
    const lines = lineStarts(text);
    const offset = (at: { line: number; character: number }): number => (lines[at.line] ?? text.length) + at.character;
    return plain
      .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
      .reduce(
        (made, each) => made.slice(0, offset(each.range.start)) + each.newText + made.slice(offset(each.range.end)),
        text,
      );
  }

  /** Ends the server as the protocol wants it; gives its exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  /** Ends a server that a failed test left behind. */
  kill(): void {
    if (this.process.exitCode === null) this.process.kill("SIGKILL");
    this.connection.dispose();
  }
}

export function uriOf(path: string): string {
  return path.startsWith("file:") ? path : pathToFileURL(path).href;
}

function samePath(a: string, b: string): boolean {
  return decodeURIComponent(a) === decodeURIComponent(b);
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
}

/** The codes of diagnostics, sorted. */
export function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => String(code)).sort();
}
