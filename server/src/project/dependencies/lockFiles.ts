import type { FilePath } from "../../base/path";
import { parseJsonDocument } from "../../documents/parse";
import type { Requirement } from "./requirement";
import { normalizeName, placeOf } from "./requirement";

/**
 * Reads the packages of a TOML lock file: uv.lock, poetry.lock, pdm.lock (`[[package]]`) and pylock.toml (`[[packages]]`, PEP 751).
 * Line by line: these files are large, and all of them write name and version on lines of their own.
 */
export function readTomlLock(text: string, file: FilePath): readonly Requirement[] {
  const found: Requirement[] = [];
  const pattern = /^\[\[packages?\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"/gm;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const version = match[2] ?? "";
    const range = { start: end - version.length - 1, end: end - 1 };
    found.push({ name: normalizeName(match[1] ?? ""), specifier: `==${version}`, file, range, isLocked: true });
  }
  return found;
}

/** Reads Pipfile.lock: JSON with `default` and `develop` packages. */
export function readPipfileLock(text: string, file: FilePath): readonly Requirement[] {
  const parsed = parseJson(text);
  return ["default", "develop"].flatMap((group) =>
    Object.entries(recordOf(recordOf(parsed)[group])).flatMap(([name, entry]) => {
      const version = recordOf(entry)["version"];
      const specifier = typeof version === "string" ? version : "";
      const range = placeOf(name, () => {
        const start = Math.max(text.indexOf(`"${name}":`), 0) + 1;
        return { start, end: start + name.length };
      });
      return [{ name: normalizeName(name), specifier, file, range, isLocked: true }];
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return parseJsonDocument(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
