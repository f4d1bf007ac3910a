import type { FilePath } from "../../server/src/base/path";
import { normalizePath } from "../../server/src/base/path";
import type { Host, ModuleResolution } from "../../server/src/python/program/host";
import type { Parser } from "../../server/src/syntax/parser";

/** A host over texts in memory, rooted at one folder from which absolute imports start. For tests of the evaluator alone. */
export function memoryHost(parser: Parser, root: FilePath, texts: Readonly<Record<string, string>>): Host {
  const files = new Map(Object.entries(texts).map(([name, text]) => [normalizePath(`${root}/${name}`), text] as const));
  const parsed = new Map([...files].map(([path, text]) => [path, parser.parse(text)] as const));
  const isFolder = (path: FilePath): boolean => [...files.keys()].some((file) => file.startsWith(`${path}/`));
  const resolveModule = (dotted: string): ModuleResolution => {
    const base = `${root}/${dotted.split(".").join("/")}`;
    for (const [path, isPackage] of [
      [`${base}/__init__.py`, true],
      [`${base}.py`, false],
    ] as const) {
      if (files.has(path)) return { kind: "file", path, name: dotted, isPackage };
    }
    if (isFolder(base)) return { kind: "namespace", path: base, name: dotted };
    const top = `${root}/${dotted.split(".")[0]}`;
    const isInside = isFolder(top) || files.has(`${top}.py`) || dotted === "local_settings";
    return isInside ? { kind: "missing", name: dotted } : { kind: "external", name: dotted };
  };
  return {
    resolveModule,
    moduleName: (path) =>
      path
        .slice(root.length + 1)
        .replace(/(\/__init__)?\.py$/, "")
        .replaceAll("/", "."),
    parse: (path) => {
      const module = parsed.get(path);
      const text = files.get(path);
      return module === undefined || text === undefined
        ? { ok: false, reason: "it does not exist" }
        : { ok: true, module, text };
    },
    readText: (path) => files.get(path),
    exists: (path) =>
      files.has(path) ? "file" : isFolder(path) ? "directory" : path.startsWith(`${root}/`) ? "absent" : "unknown",
    glob: (folder, pattern) => {
      const regex = new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", "[^/]*")
          .replaceAll("?", "[^/]")}$`,
      );
      return [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`) && regex.test(path.slice(folder.length + 1)))
        .toSorted();
    },
  };
}
