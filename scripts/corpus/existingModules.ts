import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDjangoSetting } from "../../server/src/django/facts";

const SKIPPED = /^(?:\.|node_modules$|site-packages$|venv|env$|lib$|docs?$|tests?$|migrations$|templates$|static$)/;
const NAME_AT_LINE_START = /^([A-Z][A-Z0-9_]+)\s*(?::[^=\n]*)?=[^=]/gm;
/** So many different names that Django knows make a settings module, whatever its file is called. */
const ENOUGH = 4;

/**
 * The files below a folder that look like settings modules to somebody who knows nothing of how the project selects them:
 * a way of counting that shares no code with the discovery it is held against.
 */
export function existingModules(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : existingModules(path);
    return entry.isFile() && entry.name.endsWith(".py") && looksLikeSettings(path) ? [path] : [];
  });
}

function looksLikeSettings(path: string): boolean {
  const text = readFileSync(path, "utf8");
  const names = new Set([...text.matchAll(NAME_AT_LINE_START)].map((match) => match[1] ?? "").filter(isDjangoSetting));
  return (
    names.size >= ENOUGH &&
    (names.has("INSTALLED_APPS") || names.has("DATABASES") || names.has("SECRET_KEY") || names.has("ROOT_URLCONF"))
  );
}
