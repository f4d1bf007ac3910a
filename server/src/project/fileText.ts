import type { FilePath } from "../base/path";
import type { ReadResult } from "./files";
import { decodePython } from "./pythonEncoding";

/**
 * The text of a file: of a Python file in the encoding that it declares, else UTF-8. Lists of requirements may be UTF-16, which
 * PowerShell writes and pip reads by its byte order mark; no fix writes to them.
 */
export function decodeText(path: FilePath, bytes: Uint8Array): ReadResult {
  if (path.endsWith(".py")) {
    const decoded = decodePython(bytes);
    return decoded.ok ? decoded : { ok: false, reason: "not-utf8", detail: decoded.encoding };
  }
  try {
    const mark = path.endsWith(".txt") ? UTF16_MARKS.get(`${bytes[0]} ${bytes[1]}`) : undefined;
    return { ok: true, text: new TextDecoder(mark ?? "utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: "not-utf8", detail: "" };
  }
}

const UTF16_MARKS = new Map([
  ["255 254", "utf-16le"],
  ["254 255", "utf-16be"],
]);
