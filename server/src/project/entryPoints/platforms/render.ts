import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform, servicePlace, startWorker } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/** Reads render.yaml (https://render.com/docs/blueprint-spec): services with a `startCommand` and `envVars`; groups count for all. */
export function scanRender(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    const [holder, item] = path.slice(-2);
    if (holder === "services" && item === "[]") {
      const service = servicePlace(place, textOf(nodeAt(value, "name")) ?? textOf(nodeAt(value, "type")));
      const command = nodeAt(value, "startCommand");
      const isWorker = /^(?:worker|cron)$/.test(textOf(nodeAt(value, "type")) ?? "");
      if (isWorker && command !== undefined) startWorker(builder, command, service);
      return service;
    }
    return path.at(-1) === "buildCommand" || path.at(-1) === "preDeployCommand"
      ? { ...place, purpose: "build" }
      : place;
  });
}
