import type { Range } from "../../base/text";
import { usageOfPath } from "../nameWords";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";
import { applicationIn } from "./startCommand";

const SCRIPT = /^[ \t]*WSGIScriptAlias\s+\S+\s+["']?([^\s"']+\.(?:py|wsgi))/gim;
const VARIABLE = /^[ \t]*SetEnv\s+(\w+)\s+("[^"\r\n]*"|'[^'\r\n]*'|\S+)/gim;

/** The scripts that a configuration of Apache's serves with mod_wsgi, as often as it names them, and where it does. */
export function apacheScripts(text: string): readonly { readonly path: string; readonly range: Range }[] {
  return [...text.matchAll(SCRIPT)].map((match) => {
    const path = match[1] ?? "";
    const end = match.index + match[0].length;
    return { path, range: { start: end - path.length, end } };
  });
}

/** Reads a site of Apache's with mod_wsgi (https://modwsgi.readthedocs.io/): the script that serves it, and `SetEnv`. */
export function scanApache(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "paas", purpose: usageOfPath(file.relative) ?? "production", deploys: true };
  for (const { path, range } of apacheScripts(file.text)) {
    const application = applicationIn(path);
    if (application !== undefined) builder.start({ serves: "wsgi", application, reloads: false }, range, place);
  }
  for (const match of file.text.matchAll(VARIABLE)) {
    const raw = match[2] ?? "";
    const end = match.index + match[0].length;
    builder.variable(match[1] ?? "", raw, unquotedRange(file.text, { start: end - raw.length, end }), place);
  }
  return builder.result();
}
