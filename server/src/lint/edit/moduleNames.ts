import type { FilePath } from "../../base/path";
import { baseName } from "../../base/path";
import type { ImportFrom } from "../../syntax/ast";
import type { EditHost } from "./editHost";

/** The absolute dotted name of what an import statement in `file` names with `level` dots; `undefined` above the top. */
export function absoluteModule(host: EditHost, file: FilePath, level: number, module: string): string | undefined {
  if (level === 0) return module;
  const own = host.moduleName(file).split(".");
  const drop = baseName(file) === "__init__.py" ? level - 1 : level;
  if (drop > own.length) return undefined;
  const parts = own.slice(0, own.length - drop);
  if (module !== "") parts.push(module);
  return parts.length === 0 ? undefined : parts.join(".");
}

/** The same for a name as written: `.base`, `..settings.base`, `shop.settings`. */
export function absoluteOfWritten(host: EditHost, file: FilePath, written: string): string | undefined {
  const level = /^\.*/.exec(written)?.[0].length ?? 0;
  return absoluteModule(host, file, level, written.slice(level));
}

/** The module of a from-import as written: `..settings.base`. */
export function writtenModule(statement: ImportFrom): string {
  return ".".repeat(statement.level) + statement.module;
}

/** The workspace file that a from-import names, if there is one. */
export function importedFile(host: EditHost, file: FilePath, statement: ImportFrom): FilePath | undefined {
  const absolute = absoluteModule(host, file, statement.level, statement.module);
  if (absolute === undefined) return undefined;
  const found = host.resolveModule(absolute, file);
  return found.kind === "file" ? found.path : undefined;
}
