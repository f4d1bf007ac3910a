import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/**
 * Reads app.yaml of App Engine (https://cloud.google.com/appengine/docs/standard/reference/app-yaml): `env_variables`, and an
 * `entrypoint`, without which the platform starts a server by itself.
 */
export function scanAppEngine(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    const runtime = path.length === 0 ? nodeAt(value, "runtime") : undefined;
    const isPython = /^python/.test(textOf(runtime) ?? "");
    if (runtime !== undefined && isPython && nodeAt(value, "entrypoint") === undefined)
      builder.start({ serves: "wsgi", application: undefined, reloads: false }, runtime.range, place);
    return place;
  });
}
