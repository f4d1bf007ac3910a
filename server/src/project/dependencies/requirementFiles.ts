import type { FilePath } from "../../base/path";
import { joinPath, parentPath } from "../../base/path";
import type { Requirement } from "./requirement";
import { parseRequirement } from "./requirement";

export interface RequirementFile {
  readonly requirements: readonly Requirement[];
  /** Files that `-r` and `-c` lines name. */
  readonly includes: readonly FilePath[];
}

/** Reads pip's requirements file format (https://pip.pypa.io/en/stable/reference/requirements-file-format/). */
export function readRequirementsFile(text: string, file: FilePath): RequirementFile {
  const requirements: Requirement[] = [];
  const includes: FilePath[] = [];
  for (const match of text.matchAll(/(?:\\\r?\n|[^\r\n])+/g)) {
    const line = match[0];
    const include = /^\s*(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)/.exec(line)?.[1];
    if (include !== undefined) includes.push(joinPath(parentPath(file), include));
    if (/^\s*(?:-|#)/.test(line)) continue;
    // Options such as hashes follow the requirement; a continuation mark ends it.
    const body = line.replace(/\s--[\s\S]*$/, "").replace(/\\\r?\n[\s\S]*$/, "");
    const parsed = parseRequirement(body);
    if (parsed === undefined) continue;
    const start = match.index + (/^\s*/.exec(body)?.[0].length ?? 0);
    const length = body.trim().replace(/(?<!\s)\s*[;#].*$/s, "").length;
    requirements.push({ ...parsed, file, range: { start, end: start + length }, isLocked: false });
  }
  return { requirements, includes };
}

/** Reads the packages of a conda environment.yml: `- django=4.2` and the `pip:` list below. */
export function readCondaFile(text: string, file: FilePath): readonly Requirement[] {
  const found: Requirement[] = [];
  for (const match of text.matchAll(/^[ \t]*-[ \t]+["']?([^\s"'#:][^"'#\r\n]*)/gm)) {
    const written = (match[1] ?? "").trim().replace(/^[\w-]+::/, "");
    const conda = /^([\w.-]+)=(\d[^=]*)(?:=.*)?$/.exec(written);
    const parsed = parseRequirement(conda === null ? written : `${conda[1]}==${conda[2]}`);
    if (parsed === undefined) continue;
    const start = match.index + match[0].length - (match[1] ?? "").length;
    found.push({ ...parsed, file, range: { start, end: start + (match[1] ?? "").trimEnd().length }, isLocked: false });
  }
  return found;
}
