import { entriesOf, nodeAt, readTrees, textOf } from "../../../documents/tree";
import { usageOfName } from "../../nameWords";
import { scanPlatform } from "../manifest";
import type { EntryFile, Place, ScanResult } from "../scan";
import { moduleNameIn } from "../scan";

/** Reads zappa_settings.json, .toml or .yml (https://github.com/zappa/Zappa#advanced-settings): stages, each with `django_settings`. */
export function scanZappa(file: EntryFile): ScanResult {
  const stages = entriesOf(readTrees(file.path, file.text)?.[0]).map(({ key }) => key);
  return scanPlatform(file, (builder) => (path, value, place) => {
    if (path.length !== 1) return place;
    const [stage = ""] = path;
    // What is called dev is all there is where the others are missing.
    const purpose = usageOfName(stage) ?? (stages.length === 1 ? "production" : "any");
    const own: Place = { ...place, purpose, scope: stage };
    const settings = nodeAt(value, "django_settings");
    const module = moduleNameIn(textOf(settings) ?? "");
    if (settings !== undefined) {
      builder.select(module, settings.range, "set", own);
      builder.start({ serves: "wsgi", application: undefined, reloads: false }, settings.range, own);
    }
    return own;
  });
}
