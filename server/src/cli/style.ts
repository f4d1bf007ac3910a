import { printableLines } from "../base/printable";
import type { Severity } from "../lint/finding";
import type { CliHost, Stream } from "./host";

/** Puts colour on a text, or leaves it as it is. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly cyan: Paint;
  readonly green: Paint;
  readonly magenta: Paint;
}
type Paint = (text: string) => string;

const paint =
  (open: number, close: number): Paint =>
  (text) =>
    text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;
const plain: Paint = (text) => text;

export const COLOURED: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  yellow: paint(33, 39),
  blue: paint(34, 39),
  cyan: paint(36, 39),
  green: paint(32, 39),
  magenta: paint(35, 39),
};
export const PLAIN: Style = {
  bold: plain,
  dim: plain,
  red: plain,
  yellow: plain,
  blue: plain,
  cyan: plain,
  green: plain,
  magenta: plain,
};

// With its group, `split` gives the colours, too: each second part.
const COLOUR = /(\u001b\[(?:1|2|22|3[1-6]|39)m)/;

/**
 * What may be printed of a text: lines, tabs and the colours from here. Any other control character becomes a dot, and so
 * does the first colon of an indented `::`, which GitHub's runner would take for a command. (Names do not begin with
 * one, see `Locations`; what begins a line without an indent is a command that is meant to be one.)
 */
export function harmless(text: string): string {
  return text
    .split(COLOUR)
    .map((part, index) =>
      index % 2 === 1 ? part : printableLines(part).replace(/^([^\S\r\n\u2028\u2029]+):(?=:)/gm, "$1·"),
    )
    .join("");
}

/** A stream on which nothing acts, whatever a format forgot to make printable. */
export function guarded(stream: Stream): Stream {
  return {
    write: (text) => stream.write(harmless(text)),
    isTerminal: stream.isTerminal,
    columns: stream.columns,
  };
}

/**
 * Colours for a terminal, none for a file or pipe. `--no-color` and a non-empty `NO_COLOR` (https://no-color.org) switch
 * them off; `FORCE_COLOR` (https://force-color.org) switches them on where there is no terminal, as CI logs show colours. Its
 * value 0 switches them off, which is what Node.js and the tools around it take it for.
 */
export function chooseStyle(host: CliHost, colorOption: boolean, stream = host.stdout): Style {
  if (!colorOption || (host.env["NO_COLOR"] ?? "") !== "") return PLAIN;
  const forced = host.env["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced === "0" || forced === "false" ? PLAIN : COLOURED;
  return stream.isTerminal && host.env["TERM"] !== "dumb" ? COLOURED : PLAIN;
}

export function paintSeverity(style: Style, severity: Severity): Paint {
  switch (severity) {
    case "error":
      return style.red;
    case "warning":
      return style.yellow;
    case "info":
      return style.blue;
    case "hint":
      return style.cyan;
  }
}
