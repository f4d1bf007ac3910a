import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform, servicePlace } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/** Reads a manifest of Cloud Foundry (https://docs.cloudfoundry.org/devguide/deploy-apps/manifest-attributes.html). */
export function scanCloudFoundry(file: EntryFile): ScanResult {
  return scanPlatform(file, () => (path, value, place) => {
    // Other tools have a manifest.yml, too.
    if (path.length === 0) return nodeAt(value, "applications") === undefined ? undefined : place;
    const isApplication = path.length === 2 && path[0] === "applications" && path[1] === "[]";
    return isApplication ? servicePlace(place, textOf(nodeAt(value, "name"))) : place;
  });
}
