import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform, servicePlace } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/**
 * Reads an app specification of DigitalOcean (https://docs.digitalocean.com/products/app-platform/reference/app-spec/): components with
 * a `run_command` and `envs`, and `envs` for all of them.
 */
export function scanDigitalOcean(file: EntryFile): ScanResult {
  return scanPlatform(file, () => (path, value, place) => {
    const [holder, item] = path.slice(-2);
    if (path.at(-1) === "build_command") return { ...place, purpose: "build" };
    const isComponent = item === "[]" && /^(?:services|workers|jobs|functions)$/.test(holder ?? "");
    return isComponent ? servicePlace(place, textOf(nodeAt(value, "name"))) : place;
  });
}
