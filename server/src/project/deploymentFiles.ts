import type { FilePath } from "../base/path";
import { relativePath } from "../base/path";
import { formatOf } from "./entryPoints/formats";
import { isExamplePath } from "./exampleFiles";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";

/** A file that builds, starts or configures the project somewhere. */
export interface DeploymentFile {
  readonly path: FilePath;
  readonly relative: string;
  readonly text: string;
}

/**
 * The files of the workspace that discovery reads for entry points, save for Python, with their texts: Dockerfiles, compose
 * files, scripts, CI, platforms' manifests. They are loaded already, so that asking costs no reading. Deployments that are
 * described elsewhere are not seen: take what is here as evidence, what is missing never as proof.
 */
export function deploymentFiles(snapshot: Snapshot): readonly DeploymentFile[] {
  return deploymentPaths(snapshot.listing).flatMap(({ path, relative }) => {
    const text = snapshot.text(path);
    return text === undefined ? [] : [{ path, relative, text }];
  });
}

const deploymentPaths = perListing(({ root, files }) =>
  [...files]
    .filter((path) => !path.endsWith(".py"))
    .map((path) => ({ path, relative: relativePath(root, path) }))
    .filter(({ relative }) => !isExamplePath(relative) && formatOf(relative) !== undefined),
);
