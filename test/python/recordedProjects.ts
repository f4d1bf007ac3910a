import { createHash } from "node:crypto";
import { join } from "node:path";
import type { GeneratedProject } from "./generate/project";

export const RECORDED_PROJECTS = join(__dirname, "generated.json");

/** What CPython made of a generated project. */
export interface RecordedProject {
  readonly seed: number;
  /** Of the project as it was run: a generator that makes another one of this seed needs a new recording. */
  readonly digest: string;
  /** By environment: the values of its names, or the exception with which the import ended. */
  readonly runs: readonly (Readonly<Record<string, string>> | string)[];
}

/** Changes whenever the generator makes something else of the seed. */
export function digestOfProject({ files, entry, environments }: GeneratedProject): string {
  return createHash("sha256")
    .update(JSON.stringify([files, entry, environments]))
    .digest("hex")
    .slice(0, 16);
}
