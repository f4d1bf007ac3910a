import type { Connection } from "vscode-languageserver";

/** What goes to the client's output channel. Never a file's text, and never the message of an error, which may hold some. */
export class Log {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Something failed that should not: where, what kind of error, and where in our own code. */
  failure(where: string, error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
    this.tell("error", [`${where} failed: ${name}`, ...frames.slice(0, 12)].join("\n"));
  }

  info(message: string): void {
    this.tell("info", message);
  }

  debug(message: string): void {
    this.tell("debug", message);
  }

  private tell(level: "error" | "info" | "debug", message: string): void {
    try {
      this.connection.console[level](message);
    } catch {
      // The connection has been closed: there is nobody left to tell.
    }
  }
}

/** For messages to a client that may be gone: there is nobody left to tell. */
export function ignoreClosedConnection(): void {}
