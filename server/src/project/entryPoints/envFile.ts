import { usageOfPath } from "../nameWords";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";

/** Reads `NAME=value` lines, as docker, systemd and the dotenv libraries take them. `purpose` comes from whoever names the file. */
export function scanEnvFile(file: EntryFile, purpose?: Place["purpose"]): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "env-file", purpose: usageOfPath(file.relative) ?? purpose ?? "any", deploys: true };
  // A hash begins a comment only behind a blank; in a key or password it is a character like any other.
  const pattern =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[^\r\n]*?)[ \t]*(?:(?<=[ \t])#[^\r\n]*)?$/gm;
  for (const match of file.text.matchAll(pattern)) {
    const value = match[2] ?? "";
    const start = match.index + match[0].indexOf("=") + 1;
    const at = value === "" ? start : file.text.indexOf(value, start);
    builder.variable(match[1] ?? "", value, unquotedRange(file.text, { start: at, end: at + value.length }), place);
  }
  return builder.result();
}
