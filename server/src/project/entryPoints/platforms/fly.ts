import { scanPlatform } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/** Reads fly.toml (https://fly.io/docs/reference/configuration/): `[env]` for all of the `[processes]`, each a command. */
export function scanFly(file: EntryFile): ScanResult {
  return scanPlatform(file, () => (path, _value, place) => {
    if (path[0] === "build") return { ...place, purpose: "build" };
    return path[0] === "processes" && path.length === 2 ? { ...place, scope: path[1] ?? "" } : place;
  });
}
