import type { Rule } from "../lint/rule";
import type { FileSystem } from "../project/files";
import type { InitializationOptions } from "../protocol";
import type { Parser } from "../syntax/parser";

/** What `entry` gives the server: the parts that differ between a process and a worker. */
export interface ServerHost {
  readonly files: FileSystem;
  readonly rules: readonly Rule[];
  readonly version: string;
  loadParser(options: InitializationOptions | undefined): Promise<Parser>;
  /** Resolves after messages that have arrived were taken in. */
  pause(): Promise<void>;
}
