import { baseName } from "../../base/path";
import { usageOfName, usageOfPath } from "../nameWords";
import { scanCommand } from "./commandLine";
import type { LogicalLine } from "./lines";
import { logicalLines, unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";
import { serverOf } from "./startCommand";

/**
 * Reads a Dockerfile (https://docs.docker.com/reference/dockerfile/). `ENV` holds for every container of the image; a variable
 * in front of a `RUN` command only while the image is built. An image whose command is `runserver` deploys nothing.
 */
export function scanDockerfile(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const lines = logicalLines(file.text).filter((line) => !/^\s*#/.test(line.text));
  const named = usageOfPath(file.relative);
  const starts = lines.filter((line) => /^\s*(?:CMD|ENTRYPOINT)\b/i.test(line.text)).map((line) => line.text);
  const develops = starts.some((text) => text.includes("runserver")) && !starts.some((text) => serverOf(text));
  for (const script of renamedScripts(lines, starts))
    builder.run("script", script, { kind: "dockerfile", purpose: named ?? "production" });
  let place: Place = { kind: "dockerfile", purpose: named ?? (develops ? "any" : "production"), deploys: true };
  const whole = place;
  for (const line of lines) {
    const from = /^\s*FROM\s([\s\S]*)$/i.exec(line.text)?.[1];
    if (from === undefined) scanInstruction(line, builder, place, file.text);
    else place = { ...whole, purpose: stagePurpose(from) ?? whole.purpose };
  }
  return builder.result();
}

/** Reads one instruction but `FROM`; `text` is that of the file, in which the line starts at its `start`. */
export function scanInstruction(line: LogicalLine, builder: ScanBuilder, place: Place, text: string): void {
  const [, instruction = "", rest = ""] = /^\s*(\w+)\s([\s\S]*)$/.exec(line.text) ?? [];
  const body = { text: rest, start: line.start + line.text.length - rest.length };
  switch (instruction.toUpperCase()) {
    case "ENV":
      return environment(body, builder, place, text);
    case "RUN":
      return scanCommand(body.text, body.start, builder, { ...place, purpose: "build" });
    case "CMD":
    case "ENTRYPOINT":
      return scanCommand(body.text, body.start, builder, place);
    default:
  }
}

/** `COPY bin/docker_start.sh /start.sh`: what a command calls /start.sh has another name in the repository. */
function renamedScripts(lines: readonly LogicalLine[], starts: readonly string[]): readonly string[] {
  return lines.flatMap(({ text }) => {
    const [, source = "", target = ""] = /^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*(\S+)\s+(\S+)\s*$/i.exec(text) ?? [];
    const [from, to] = [baseName(source), baseName(target)];
    const isCalled = to !== "" && from !== to && starts.some((start) => start.split(/[\s"',[\]/]+/).includes(to));
    return isCalled ? [from] : [];
  });
}

function stagePurpose(from: string): Place["purpose"] | undefined {
  const stage = /\bas\s+(\S+)/i.exec(from)?.[1];
  if (stage === undefined) return undefined;
  return /build/i.test(stage) ? "build" : usageOfName(stage);
}

/** `ENV A=1 B="two words"`, or the old `ENV A the rest of the line`. */
function environment(line: LogicalLine, builder: ScanBuilder, place: Place, text: string): void {
  const old = /^(\w+)[ \t]+([^=\s].*|=.*)$/s.exec(line.text);
  if (old !== null && !/^\w+=/.test(line.text)) {
    const value = old[2] ?? "";
    const start = line.start + line.text.length - value.length;
    builder.variable(old[1] ?? "", value, { start, end: start + value.trimEnd().length }, place);
    return;
  }
  for (const match of line.text.matchAll(/(?<!\w)(\w+)=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\[^\r\n]|[^\s\\])*)/g)) {
    const value = match[2] ?? "";
    const end = line.start + match.index + match[0].length;
    builder.variable(match[1] ?? "", value, unquotedRange(text, { start: end - value.length, end }), place);
  }
}
