import { relativePath, type FilePath } from "../base/path";
import type { Finding } from "./finding";

/**
 * A stable identity for each finding of a list, in its order: made of rule, message, setting and settings module (a
 * file's path below `root` where there is no module), never of lines, so that it survives edits above it. Findings that
 * agree in all of that are numbered in the order of the list.
 */
export function fingerprints(findings: readonly Finding[], root: FilePath): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const where = finding.module ?? relativePath(root, finding.site.file);
    const identity = [finding.rule, finding.messageId, finding.setting ?? "", where].join("\0");
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    return hash(count === 1 ? identity : `${identity}\0${count}`);
  });
}

/** FNV-1a with 64 bits over UTF-16 units, in hexadecimal (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) {
    state = BigInt.asUintN(64, (state ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return state.toString(16).padStart(16, "0");
}
