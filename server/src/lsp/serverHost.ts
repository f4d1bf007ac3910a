import type { Turns } from "../base/turns";
import type { Rule } from "../lint/rule";
import type { FileSystem } from "../project/files";
import type { InitializationOptions } from "../protocol";
import type { AnswerNow } from "./gate";
import type { Parser } from "../syntax/parser";

/** What `entry` gives the server: the parts that differ between a process and a worker. */
export interface ServerHost {
  /** Absent: the client reads the files. */
  readonly files?: FileSystem;
  readonly rules: readonly Rule[];
  readonly version: string;
  loadParser(options: InitializationOptions | undefined): Promise<Parser>;
  readonly turns: Turns;
  /** Has requests answered in the middle of a computation. */
  answerWhileBusy?(answerNow: AnswerNow): void;
  /** The client runs as this process: when it is gone, nobody is left to serve. */
  watchClient?(processId: number): void;
}
