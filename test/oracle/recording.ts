import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ORACLE, type OracleCase } from "./cases";

/** The releases of Django that every case is run under; patch releases stand in scripts/oracle/releases.ts. */
export const RELEASES = ["3.2", "4.2", "5.2", "6.0", "6.1"] as const;
export type ReleaseName = (typeof RELEASES)[number];

export interface RecordedFailure {
  readonly exception: string;
  /** The innermost line of the project's own files; absent where none had a part in it. */
  readonly file?: string;
  readonly line?: number;
  /** The module that was not found. */
  readonly missing?: string;
}

/** What Django's checks say of the settings, for the releases that say the same. */
export interface RecordedChecks {
  readonly releases: readonly ReleaseName[];
  readonly ids?: readonly string[];
  /** The exception with which Django refuses the settings. */
  readonly error?: string;
}

/** What one module gives in one environment, under CPython. */
export interface RecordedRun {
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly failure?: RecordedFailure;
  /** What is different under some release: by release, then by name; "unset" for a name that it does not have. */
  readonly differing?: Readonly<Record<string, Readonly<Record<string, string>> | RecordedFailure>>;
  readonly checks?: readonly RecordedChecks[];
  /** Releases that could not run it, and the package that they miss. */
  readonly missing?: Readonly<Record<string, string>>;
}

export interface RecordedCase {
  /** Of the case as it was run: another one has to be recorded again. */
  readonly digest: string;
  readonly runs: readonly RecordedRun[];
}

export type Recording = Readonly<Record<string, RecordedCase>>;

export function recordingPath(topic: string): string {
  return join(ORACLE, "recorded", `${topic}.json`);
}

/** What is recorded for a topic, by the cases' titles; nothing where it was never recorded. */
export function readRecording(topic: string): Recording {
  const path = recordingPath(topic);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Recording) : {};
}

/** Tells whether a case is still the one that was recorded. */
export function digestOf({ files, entries, class: className, environments }: OracleCase): string {
  const text = JSON.stringify([Object.entries(files).toSorted(), entries, className ?? null, environments]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
