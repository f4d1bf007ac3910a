import type { Connection, InitializeParams, WorkspaceFolder } from "vscode-languageserver";
import { Cancelled, type CancellationToken } from "../base/cancellation";
import { isInside, type FilePath } from "../base/path";
import type { FileChange } from "../features/fileChanges";
import { summaryOf } from "../features/summary";
import { Workspace } from "../features/workspace";
import type { EditorSettings, InitializationOptions } from "../protocol";
import type { FileSystem } from "../project/files";
import type { Parser } from "../syntax/parser";
import { clientFeatures, type ClientFeatures } from "./clientFeatures";
import { AnalysisTimes } from "./analysisTimes";
import { Addresses } from "./addresses";
import { ClientFiles } from "./clientFiles";
import { Current, eitherOf, NEVER, type ListenableToken } from "./current";
import { Delayer } from "./delayer";
import { Documents } from "./documents";
import { readSettings, SECTION, SettingsByFolder } from "./editorSettings";
import { Log } from "./log";
import type { ServerHost } from "./serverHost";
import { SlowWork } from "./slowWork";
import { State, type AnalysedFolder } from "./state";
import { StateNews } from "./stateNews";

/** Milliseconds without a change after which a client that does not ask is sent diagnostics. */
const PUSH_DELAY = 5;
/** As long, for clients that ask: they ask for what is on the screen at once, the rest of the workspace can wait. */
const BACKGROUND_DELAY = 200;

/** Milliseconds that a client has to answer what its settings are before the defaults count. */
const SETTINGS_PATIENCE = 1000;

/** All that changes while the server runs. The handlers tell it what happened and ask it for the state of things. */
export class Session {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly log: Log;
  readonly news: StateNews;
  private readonly times: AnalysisTimes;
  readonly slowWork: SlowWork;
  readonly addresses: Addresses;
  readonly files: FileSystem;
  readonly documents: Documents;
  readonly features: ClientFeatures;
  /** By file, the result id of the last answer to `textDocument/diagnostic`. */
  readonly told = new Map<FilePath, string>();
  /** The editor's settings have been read, or do not come; nothing is analysed before. */
  readonly started: Promise<void>;
  isShutDown = false;
  private readonly settings = new SettingsByFolder();
  private readonly parser: Promise<Parser>;
  private readonly workspaces = new Map<FilePath, Workspace>();
  private readonly current = new Current<State>(
    (token) => this.slowWork.during("Reading Django settings", token, (watched) => this.analyse(watched)),
    (state) => this.analysed(state),
  );
  private readonly listeners = new Set<(state: State) => void>();
  /** Ends the waiting of requests that are held until something changes. */
  private readonly held = new Set<() => void>();
  private readonly background = new Delayer(() => this.analyseInBackground());
  private folders: readonly FilePath[];
  private start: () => void = () => {};

  constructor(connection: Connection, host: ServerHost, params: InitializeParams) {
    this.connection = connection;
    this.host = host;
    this.log = new Log(connection);
    this.times = new AnalysisTimes(this.log, `Django Settings Lint ${host.version}`);
    this.features = clientFeatures(params);
    this.news = new StateNews(connection);
    this.slowWork = new SlowWork(connection);
    const uris = folderUris(params);
    const { files } = host;
    const isLocal = files !== undefined && !this.features.readsFiles;
    this.addresses = new Addresses(isLocal ? undefined : uris[0]);
    this.files = isLocal ? files : new ClientFiles(connection, this.addresses, () => this.folders);
    this.documents = new Documents(this.addresses);
    this.folders = [...new Set(uris.flatMap((uri) => this.addresses.path(uri) ?? []))];
    this.started = new Promise((resolve) => (this.start = resolve));
    this.parser = host.loadParser((params.initializationOptions ?? undefined) as InitializationOptions | undefined);
    // Whoever awaits it later gets the error; until then it must not count as unhandled.
    this.parser.catch((error: unknown) => this.log.failure("loading the parser", error));
  }

  /** The workspace as it is now. Throws `Cancelled` when `token` is cancelled. */
  state(token: ListenableToken): Promise<State> {
    return this.current.get(token);
  }

  /** The last finished state, if it was made from the text that a file has now: its positions fit. */
  latestFor(file: FilePath): State | undefined {
    const text = this.latest?.folderOf(file)?.analysis.text(file);
    return text !== undefined && text === (this.documents.text(file) ?? text) ? this.latest : undefined;
  }

  /** The last finished state. */
  get latest(): State | undefined {
    return this.current.latest;
  }

  /** The settings that the editor has for a file. */
  settingsOf(file: FilePath | undefined): EditorSettings {
    return this.settings.of(file ?? this.folders[0] ?? "/");
  }

  /** Whether a file lies in a workspace folder. */
  owns(file: FilePath): boolean {
    return this.folders.some((folder) => isInside(folder, file));
  }

  /** Whether anything is said about a file: it lies in a workspace folder in which the editor has not switched us off. */
  serves(file: FilePath): boolean {
    return this.owns(file) && this.settingsOf(file).enable;
  }

  /** Called for every finished state, until the result is called. */
  onState(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether nothing has changed since a state was made. */
  isCurrent(state: State): boolean {
    return this.current.isCurrent && this.current.latest === state;
  }

  /**
   * Resolves when a state is finished after now and none newer for some milliseconds, or on shutdown. Throws `Cancelled`
   * when `token` is cancelled.
   */
  async settled(milliseconds: number, token: ListenableToken): Promise<void> {
    let stop = (): void => {};
    const settled = new Promise<void>((resolve) => {
      const delay = new Delayer(resolve);
      const unlisten = this.onState(() => delay.schedule(milliseconds));
      this.held.add(resolve);
      stop = () => {
        unlisten();
        delay.cancel();
        this.held.delete(resolve);
      };
    });
    // What changed before the request was held may not have been analysed yet.
    if (!this.current.isCurrent) this.wake();
    await eitherOf(settled, token);
    stop();
    if (token.isCancellationRequested) throw new Cancelled();
  }

  /** A document was opened, edited or closed. */
  documentChanged(path: FilePath): void {
    const text = this.documents.text(path);
    let stale = false;
    for (const workspace of this.workspaces.values())
      if (isInside(workspace.root, path)) stale = workspace.setOverlay(path, text) || stale;
    if (stale) this.invalidate();
  }

  /** Gives whether that concerns anything. */
  filesChanged(changes: readonly FileChange[]): boolean {
    let stale = false;
    for (const workspace of this.workspaces.values()) stale = workspace.filesChanged(changes) || stale;
    if (stale) this.invalidate();
    return stale;
  }

  /** A document was saved. Where nobody watches files, that is the moment to look what else has changed on disk. */
  documentSaved(): void {
    if (this.features.registersWatchers) return;
    for (const workspace of this.workspaces.values()) workspace.reload();
    this.invalidate();
  }

  foldersChanged(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => this.addresses.path(uri)));
    const fresh = added.flatMap(({ uri }) => this.addresses.path(uri) ?? []);
    this.folders = [...new Set([...this.folders.filter((folder) => !gone.has(folder)), ...fresh])];
    for (const folder of gone) if (folder !== undefined) this.workspaces.delete(folder);
    this.invalidate();
  }

  /**
   * Reads the editor's settings: by asking for them, or from what came with the notification. Gives whether they changed.
   * A client that does not answer is served with the defaults meanwhile.
   */
  async readSettings(given?: unknown): Promise<boolean> {
    const timer = setTimeout(this.start, SETTINGS_PATIENCE);
    const changed = this.settings.replace(await this.fetchSettings(given));
    clearTimeout(timer);
    this.start();
    if (changed) this.invalidate();
    return changed;
  }

  shutDown(): void {
    this.isShutDown = true;
    this.times.tell();
    this.background.cancel();
    this.current.end();
    this.listeners.clear();
    for (const release of this.held) release();
  }

  private invalidate(): void {
    this.current.invalidate();
    this.wake();
  }

  /** Sees to it that somebody analyses: a client that asks only for open documents would leave the rest as it was. */
  wake(): void {
    if (this.listeners.size > 0 && !this.isShutDown)
      this.background.schedule(this.features.pullsDiagnostics ? BACKGROUND_DELAY : PUSH_DELAY);
  }

  private analyseInBackground(): void {
    this.state(NEVER).catch((error: unknown) => this.log.failure("the analysis", error));
  }

  private async fetchSettings(given: unknown): Promise<ReadonlyMap<FilePath, EditorSettings>> {
    const { folders } = this;
    if (!this.features.configuration) {
      const section =
        typeof given === "object" && given !== null ? (given as Record<string, unknown>)[SECTION] : undefined;
      return new Map(folders.map((folder) => [folder, readSettings(section)]));
    }
    try {
      const items = folders.map((folder) => ({ scopeUri: this.addresses.uri(folder), section: SECTION }));
      const answers: unknown[] = items.length === 0 ? [] : await this.connection.workspace.getConfiguration(items);
      return new Map(folders.map((folder, i) => [folder, readSettings(answers[i])]));
    } catch (error) {
      this.log.failure("reading the editor's settings", error);
      return new Map();
    }
  }

  private async analyse(token: CancellationToken): Promise<State> {
    await this.started;
    const parser = await this.parser;
    this.news.loading();
    const analysed: AnalysedFolder[] = [];
    for (const root of this.folders.toSorted((a, b) => a.length - b.length)) {
      // A folder inside of another one is analysed with it, unless that does not look at it.
      const isCovered = analysed.some(({ analysis }) => analysis.snapshot.isFolder(root));
      if (isCovered || !this.settings.of(root).enable) continue;
      const workspace = this.workspaceFor(root, parser);
      analysed.push({ workspace, analysis: await this.analyseFolder(workspace, token) });
    }
    const { addresses, documents, features } = this;
    return new State(analysed, { addresses, documents, features, settingsOf: (file) => this.settings.of(file) });
  }

  private async analyseFolder(workspace: Workspace, token: CancellationToken): Promise<AnalysedFolder["analysis"]> {
    const started = performance.now();
    const isNew = workspace.latest === undefined;
    const isDue = workspace.needsAnalysis;
    const analysis = await workspace.analyse(token);
    if (isDue) this.times.add(workspace.root, performance.now() - started, summaryOf(analysis));
    if (isNew) for (const note of analysis.notes) this.log.info(`${note.file ?? workspace.root}: ${note.message}`);
    return analysis;
  }

  private workspaceFor(root: FilePath, parser: Parser): Workspace {
    const known = this.workspaces.get(root);
    if (known !== undefined) return known;
    const { files } = this;
    const { rules, turns } = this.host;
    const workspace = new Workspace(root, { files, rules, parser, turns });
    for (const path of this.documents.paths())
      if (isInside(root, path)) workspace.setOverlay(path, this.documents.text(path));
    this.workspaces.set(root, workspace);
    return workspace;
  }

  private analysed(state: State): void {
    for (const listener of this.listeners) listener(state);
    this.news.analysed(state);
  }
}

function folderUris({
  workspaceFolders,
  rootUri,
}: InitializeParams & { readonly rootUri?: string | null }): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === "string" ? [rootUri] : []);
}
