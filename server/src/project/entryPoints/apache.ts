import { usageOfPath } from "../nameWords";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";
import { applicationIn } from "./startCommand";

const SCRIPT = /^[ \t]*WSGIScriptAlias\s+\S+\s+["']?([^\s"']+\.(?:py|wsgi))/gim;
const VARIABLE = /^[ \t]*SetEnv\s+(\w+)\s+("[^"\r\n]*"|'[^'\r\n]*'|\S+)/gim;

/** Reads a site of Apache's with mod_wsgi (https://modwsgi.readthedocs.io/): the script that serves it, and `SetEnv`. */
export function scanApache(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "paas", purpose: usageOfPath(file.relative) ?? "production", deploys: true };
  for (const match of file.text.matchAll(SCRIPT)) {
    const path = match[1] ?? "";
    const end = match.index + match[0].length;
    const application = applicationIn(path);
    if (application !== undefined)
      builder.start({ serves: "wsgi", application, reloads: false }, { start: end - path.length, end }, place);
  }
  for (const match of file.text.matchAll(VARIABLE)) {
    const raw = match[2] ?? "";
    const end = match.index + match[0].length;
    builder.variable(match[1] ?? "", raw, unquotedRange(file.text, { start: end - raw.length, end }), place);
  }
  return builder.result();
}
