import { printableJson } from "../base/printable";

/** A document as the commands print it. */
export function jsonText(document: object): string {
  return `${printableJson(JSON.stringify(document, null, 2))}\n`;
}
