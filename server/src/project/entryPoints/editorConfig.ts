import { walkManifest } from "./manifest";
import type { EntryFile, Place, ScanResult } from "./scan";
import { NOTHING_FOUND, ScanBuilder } from "./scan";

/** Reads VS Code's launch.json and devcontainer.json: JSON with comments. */
export function scanEditorConfig(file: EntryFile): ScanResult {
  if (!/DJANGO|settings/.test(file.text)) return NOTHING_FOUND;
  const builder = new ScanBuilder(file);
  const stripped = file.text.replace(
    /("(?:\\.|[^"\\])*"?)|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/gs,
    (part, text?: string) => (text === undefined ? part.replace(/[^\r\n]/g, " ") : part),
  );
  const place: Place = { kind: "editor", purpose: "development" };
  walkManifest({ ...file, text: stripped }, builder, place, (_path, _value, current) => current);
  return builder.result();
}
