import { usageOfPath } from "../nameWords";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";

const NAME = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*/gm;
/** A value in quotes may go on in further lines; keys and certificates have up to about 4,000 characters. */
const QUOTED = /(?:"(?:\\.|[^"\\]){0,8000}"|'[^']{0,8000}')(?=[ \t]*$|[ \t]+#)/my;
const LINE = /[^\r\n]*/y;

/** Reads `NAME=value` lines, as docker, systemd and the dotenv libraries take them. `purpose` comes from whoever names the file. */
export function scanEnvFile(file: EntryFile, purpose?: Place["purpose"]): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "env-file", purpose: usageOfPath(file.relative) ?? purpose ?? "any", deploys: true };
  const { text } = file;
  const names = new RegExp(NAME);
  for (let match = names.exec(text); match !== null; match = names.exec(text)) {
    const start = match.index + match[0].length;
    const value = at(QUOTED, text, start) ?? bareValue(text, start);
    names.lastIndex = start + value.length;
    const range = { start, end: start + value.length };
    builder.variable(match[1] ?? "", value, unquotedRange(text, range), place);
  }
  return builder.result();
}

/** What stands in the rest of the line. A hash begins a comment only behind a blank; in a password it is a character like any other. */
function bareValue(text: string, start: number): string {
  const line = at(LINE, text, start) ?? "";
  const comment = line.startsWith("#") && /[ \t]/.test(text[start - 1] ?? "") ? 0 : line.search(/[ \t]#/);
  return (comment < 0 ? line : line.slice(0, comment)).trimEnd();
}

function at(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}
