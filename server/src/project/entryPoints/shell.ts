import { baseName } from "../../base/path";
import type { EntryPointKind } from "../model";
import { usageOfName, usageOfPath } from "../nameWords";
import { scanCommand } from "./commandLine";
import type { LogicalLine } from "./lines";
import { logicalLines, unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";

const VARIABLE =
  /(?:^|[\s;])(?:export\s+|set\s+|setx\s+|\$env:)?(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION)\s*(?:\?=|::?=|=)\s*("[^"]*"|'[^']*'|[^\s;&|#]+)/g;

/** Reads a file of commands: shell scripts, Makefile, justfile, Jenkinsfile, Vagrantfile, and whatever else has them in lines. */
export function scanShell(file: EntryFile, kind: EntryPointKind = "shell"): ScanResult {
  const builder = new ScanBuilder(file);
  const usage = usageOfPath(file.relative);
  for (const line of commandLines(file.text)) {
    // A make or just target tells what its commands are for; other lines go by the file's name.
    const place: Place = { kind, purpose: usage ?? purposeOfCommand(line.text) };
    scanLine(line, builder, place, file.text);
  }
  return builder.result();
}

/** Reads a Procfile (https://devcenter.heroku.com/articles/procfile): one named process a line. */
export function scanProcfile(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const purpose = usageOfName(baseName(file.relative)) ?? "production";
  for (const line of commandLines(file.text)) {
    const place: Place = { kind: "procfile", purpose, scope: /^\w+/.exec(line.text)?.[0] ?? "" };
    scanLine(line, builder, place, file.text);
    for (const match of line.text.matchAll(/(?:^\w+:\s*(?:env\s+)?|\s)([A-Z][A-Z0-9_]*)=(\S+)(?=\s)/g)) {
      if (/^DJANGO_(?:SETTINGS_MODULE|CONFIGURATION)$/.test(match[1] ?? "")) continue;
      const end = line.start + match.index + match[0].length;
      const range = { start: end - (match[2] ?? "").length, end };
      builder.variable(match[1] ?? "", match[2], range, { ...place, deploys: true });
    }
  }
  return builder.result();
}

function commandLines(text: string): readonly LogicalLine[] {
  return logicalLines(text).filter((line) => !/^\s*(?:#|\/\/|rem\b)/i.test(line.text));
}

function scanLine(line: LogicalLine, builder: ScanBuilder, place: Place, text: string): void {
  const seen = new Set<number>();
  for (const match of line.text.matchAll(VARIABLE)) {
    const raw = match[2] ?? "";
    const end = line.start + match.index + match[0].length;
    const range = unquotedRange(text, { start: end - raw.length, end });
    seen.add(range.start);
    builder.variable(match[1] ?? "", raw, range, place);
  }
  // What the variable form took must not be found again as a command's inline variable.
  const rest = seen.size === 0 ? line.text : line.text.replace(VARIABLE, (part) => " ".repeat(part.length));
  scanCommand(rest, line.start, builder, place);
}

function purposeOfCommand(command: string): Place["purpose"] {
  if (/\b(?:pytest|py\.test|manage\.py\s+test|tox)\b/.test(command)) return "test";
  if (/\brunserver(?:_plus)?\b/.test(command)) return "development";
  return /\b(?:collectstatic|compilemessages|compress)\b/.test(command) ? "build" : "any";
}
