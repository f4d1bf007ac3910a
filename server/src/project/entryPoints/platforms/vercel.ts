import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";

/** Reads vercel.json (https://vercel.com/docs/project-configuration): the file that is built as a function serves the site. */
export function scanVercel(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    if (path.join(".") !== "builds.[]") return place;
    const source = nodeAt(value, "src");
    const script = /^(?:\.\/)?([\w/]+)\.py$/.exec(textOf(source) ?? "")?.[1];
    if (source === undefined || script === undefined) return place;
    const application = script.replaceAll("/", ".");
    builder.start({ serves: "wsgi", application, reloads: false }, source.range, place);
    return place;
  });
}
