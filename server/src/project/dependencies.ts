import type { FilePath } from "../base/path";
import type { DjangoVersion } from "./model";
import type { Snapshot } from "./snapshot";

export interface Dependencies {
  readonly django: DjangoVersion | undefined;
  readonly packages: ReadonlyMap<string, string | undefined>;
}

/** Reads what a project depends on. */
export function readDependencies(
  _snapshot: Snapshot,
  _root: FilePath,
  _modules: readonly FilePath[],
): Promise<Dependencies> {
  return Promise.resolve({ django: undefined, packages: new Map() });
}
