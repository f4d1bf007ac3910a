import { scanPlatform } from "../manifest";
import { usageOfName } from "../../nameWords";
import type { EntryFile, ScanResult } from "../scan";

/**
 * Reads nixpacks.toml (https://nixpacks.com/docs/configuration/file) and railway.toml or railway.json
 * (https://docs.railway.com/reference/config-as-code), which may have parts for single environments.
 */
export function scanRailway(file: EntryFile): ScanResult {
  return scanPlatform(file, () => (path, _value, place) => {
    if (/^(?:build|buildCommand|phases|setup|install)$/.test(path.at(-1) ?? "")) return { ...place, purpose: "build" };
    if (path[0] !== "environments" || path.length !== 2) return place;
    const [, name = ""] = path;
    return { ...place, scope: name, purpose: usageOfName(name) ?? "any" };
  });
}
