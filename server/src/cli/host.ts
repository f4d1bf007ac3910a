import type { FilePath } from "../base/path";
import { printable } from "../base/printable";
import type { FileSystem } from "../project/files";
import type { Parser } from "../syntax/parser";

/** The world as a command sees it. `entry/cliMain.ts` gives the real one. */
export interface CliHost {
  readonly files: FileSystem;
  /** The working directory. */
  readonly cwd: FilePath;
  /** Makes a path as a person typed it absolute, from the working directory. */
  toPath(typed: string): FilePath;
  readonly version: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Shows one line in place of the one before, on a terminal only; an empty one leaves none. */
  showStatus(line: string): void;
  /** Milliseconds since some moment. */
  now(): number;
  readonly env: Readonly<Record<string, string | undefined>>;
  loadParser(choice: ParserChoice): Promise<Parser>;
  /** Replaces or makes files: all of them, or (when it throws, with a message that says so) none. */
  writeFiles(files: readonly FileContent[]): Promise<void>;
  /** Removes what an earlier run of {@link writeFiles} that was killed has left among these files. Never throws. */
  removeLeftovers(files: Iterable<FilePath>): Promise<void>;
}

export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal; `undefined` where there is none. */
  readonly columns: number | undefined;
}

/** `auto`: the native build where it is safe, else WebAssembly. */
export type ParserChoice = "auto" | "native" | "wasm";

export interface FileContent {
  readonly path: FilePath;
  readonly text: string;
  /** The text that it was made from, without a byte order mark; `undefined` for a new file. */
  readonly before: string | undefined;
}

/** What a command's exit code says; part of the contract. */
export const EXIT = { clean: 0, findings: 1, error: 2 } as const;

/**
 * A mistake of the person who typed the command, told without a stack trace: exit code 2. The message is one line, whatever
 * arguments and names it repeats; `choices` are printed below it, a line each.
 */
export class UsageError extends Error {
  readonly choices: readonly string[];

  constructor(message: string, choices: readonly string[] = []) {
    super(printable(message));
    this.choices = choices.map(printable);
  }
}
