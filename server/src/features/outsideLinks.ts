import { isInside, relativePath, type FilePath } from "../base/path";
import type { FileSystem } from "../project/files";

/** A file whose text would be written to another place than its path says. */
export interface OutsideLink {
  readonly file: FilePath;
  /** `undefined`: it is not known. */
  readonly target: FilePath | undefined;
}

/**
 * The files among some that symbolic links lead out of a folder, or into its `.git`: what a repository holds must not decide
 * that fixes change something else than the repository.
 */
export async function outsideLinks(
  files: FileSystem,
  root: FilePath,
  paths: Iterable<FilePath>,
): Promise<readonly OutsideLink[]> {
  const realRoot = await files.realPath(root);
  const links = await Promise.all(
    [...new Set(paths)].map(async (file) => ({ file, target: await files.realPath(file) })),
  );
  return links.filter(
    ({ target }) =>
      realRoot === undefined ||
      target === undefined ||
      !isInside(realRoot, target) ||
      relativePath(realRoot, target).split("/").includes(".git"),
  );
}
