import { outsideLinks } from "../features/outsideLinks";
import type { FilePath } from "../base/path";
import { UsageError, type FileContent } from "./host";
import type { Session } from "./session";

/** A file with the text that fixes make of it. */
export interface Change extends FileContent {
  /** The folder of the workspace that the fixes are for. */
  readonly root: FilePath;
}

/** Writes all files or none. Throws {@link UsageError} that says why nothing was written. */
export async function writeChanges(
  { host, at }: Session,
  changed: readonly Change[],
  followsLinksOutside: boolean,
): Promise<void> {
  if (changed.length === 0) return;
  for (const { root, path } of followsLinksOutside ? [] : changed)
    for (const { target } of await outsideLinks(host.files, root, [path]))
      throw new UsageError(
        `${at.name(path)} is a link to ${target ?? "an unknown place"}, outside of ${at.name(root)}: nothing was written. ` +
          "Fix it where it belongs, or allow it with --follow-links-outside.",
      );
  try {
    await host.writeFiles(changed);
  } catch (error) {
    throw new UsageError(`cannot write: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
