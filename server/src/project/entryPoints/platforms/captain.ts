import { joinPath, parentPath } from "../../../base/path";
import { itemsOf, nodeAt, readTrees, textOf } from "../../../documents/tree";
import { usageOfPath } from "../../nameWords";
import { scanInstruction } from "../dockerfile";
import type { EntryFile, Place, ScanResult } from "../scan";
import { ScanBuilder } from "../scan";

/** Reads a captain-definition (https://caprover.com/docs/captain-definition-file.html): the lines of a Dockerfile, or its path. */
export function scanCaptain(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "paas", purpose: usageOfPath(file.relative) ?? "production", deploys: true };
  const root = readTrees(file.path, file.text)?.[0];
  for (const line of itemsOf(nodeAt(root, "dockerfileLines"))) {
    const { start, end } = line.range;
    scanInstruction({ text: file.text.slice(start, end), start }, builder, place, file.text);
  }
  const path = textOf(nodeAt(root, "dockerfilePath"));
  if (path !== undefined) builder.run("image", joinPath(parentPath(file.path), path), place);
  return builder.result();
}
