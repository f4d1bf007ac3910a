import type { LogOutputChannel } from "vscode";
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient";
import {
  explainRuleCommand,
  type InitializationOptions,
  settingsChangedNotification,
  stateChangedNotification,
} from "../../server/src/protocol";
import { workspaceScheme } from "./files";

/** The client's id; the setting `djangoSettingsLint.trace.server` belongs to it. */
export const clientId = "djangoSettingsLint";

/** The name people see: output channel, status item, the source of findings. */
export const displayName = "Django Settings Lint";

/** How often the server may end unexpectedly, within {@link crashWindow} milliseconds, before it is left alone. */
const crashLimit = 4;
const crashWindow = 3 * 60 * 1000;

/** Everything the rest of the client needs of the running server; hides whether it is a process or a worker. */
export interface Server {
  /** Starts it unless it already runs. Never rejects: a failure is logged and told to the listeners. */
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** The server's answer, or undefined when it is not running or fails; failures are logged. */
  request<Result>(method: string, params?: object): Promise<Result | undefined>;
  /** Why the server does not run although it was started; undefined while all is well. */
  readonly failure: string | undefined;
  /** Called when the server has started, failed, or sent this notification. */
  onChange(listener: () => void): { dispose(): void };
  /** Called when effective settings may have changed; the server says so once it has been asked for them. */
  onSettingsChange(listener: () => void): { dispose(): void };
}

/** What both hosts hand to their `LanguageClient`. Problems go to the output channel and the status item, never to a pop-up. */
export function languageClientOptions(
  output: LogOutputChannel,
  initializationOptions: InitializationOptions,
): LanguageClientOptions {
  const scheme = workspaceScheme();
  return {
    documentSelector: [
      { scheme, language: "python" },
      // Files that select settings modules, set variables or hold findings: what an editor has not saved yet counts.
      { scheme, pattern: "**/*.{toml,cfg,ini,yml,yaml,env,service,conf}" },
      { scheme, pattern: "**/{Dockerfile,Containerfile,Procfile,Pipfile}*" },
      { scheme, pattern: "**/*.{Dockerfile,dockerfile}" },
      { scheme, pattern: "**/{.env*,.gitignore}" },
    ],
    // Hovers link to the pages of rules.
    markdown: { isTrusted: { enabledCommands: [explainRuleCommand] } },
    outputChannel: output,
    traceOutputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onSave: true },
    initializationOptions: {
      canExplainRule: true,
      canShowPlaces: true,
      canRevealSettings: true,
      ...initializationOptions,
    },
    initializationFailedHandler: (error) => {
      output.error(`The server could not be initialized: ${describe(error)}`);
      return false;
    },
    errorHandler: quietErrorHandler(output),
  };
}

/** Restarts a server that ended, a limited number of times, and says so in the output channel only. */
function quietErrorHandler(output: LogOutputChannel): ErrorHandler {
  let crashes: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      crashes = [...crashes.filter((time) => now - time < crashWindow), now];
      if (crashes.length <= crashLimit) return { action: CloseAction.Restart, handled: true };
      output.error(`The server ended ${crashes.length} times within three minutes and is not started again.`);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

/** Wraps a language client. */
export function createServer(client: BaseLanguageClient, output: LogOutputChannel): Server {
  const listeners = new Set<() => void>();
  const settingsListeners = new Set<() => void>();
  const tellListeners = (): void => listeners.forEach((listener) => listener());
  let failure: string | undefined;
  let started: Promise<void> | undefined;

  client.onNotification(stateChangedNotification, tellListeners);
  client.onNotification(settingsChangedNotification, () => settingsListeners.forEach((listener) => listener()));
  client.onDidChangeState(tellListeners);

  async function start(): Promise<void> {
    failure = undefined;
    try {
      await client.start();
    } catch (error) {
      failure = describe(error);
      output.error(`The server could not be started: ${failure}`);
    }
    tellListeners();
  }

  async function stop(): Promise<void> {
    started = undefined;
    if (client.isRunning()) await client.stop();
  }

  return {
    start: () => (started ??= start()),
    restart: async () => {
      await stop().catch((error: unknown) => output.warn(`The server did not stop: ${describe(error)}`));
      await (started = start());
    },
    stop,
    request: async <Result>(method: string, params?: object) => {
      await started;
      if (!client.isRunning()) return undefined;
      try {
        return params === undefined
          ? await client.sendRequest<Result>(method)
          : await client.sendRequest<Result>(method, params);
      } catch (error) {
        output.warn(`${method} failed: ${describe(error)}`);
        return undefined;
      }
    },
    get failure() {
      return failure;
    },
    onChange: (listener) => listening(listeners, listener),
    onSettingsChange: (listener) => listening(settingsListeners, listener),
  };
}

function listening(listeners: Set<() => void>, listener: () => void): { dispose(): void } {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
