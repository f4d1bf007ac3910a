import { nodeAt, textOf } from "../../../documents/tree";
import { scanPlatform } from "../manifest";
import type { EntryFile, ScanResult } from "../scan";
import { applicationIn } from "../startCommand";

/** Reads vercel.json (https://vercel.com/docs/project-configuration): the file that is built as a function serves the site. */
export function scanVercel(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    if (path.join(".") !== "builds.[]") return place;
    const source = nodeAt(value, "src");
    const written = textOf(source);
    const application = written?.endsWith(".py") === true ? applicationIn(written) : undefined;
    if (source === undefined || application === undefined) return place;
    builder.start({ serves: "wsgi", application, reloads: false }, source.range, place);
    return place;
  });
}
