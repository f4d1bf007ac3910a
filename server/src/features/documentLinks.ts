import { joinPath, parentPath, type FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { Site } from "../python/values/value";
import { isSettingsFile, projectOf, type Analysis } from "./analysis";
import { placeOfDottedPath } from "./dottedPath";
import { subjectsOf } from "./subject";

/** A text that names a place of the workspace. */
export interface DocumentLinkItem {
  /** The text itself, without the quotes around it. */
  readonly range: Range;
  readonly target: Site;
  /** What the text names, for people: `settings module`, `file`, or a dotted path's own kind. */
  readonly tooltip: string;
}

/** Longer texts name no file. */
const MAX_PATH = 200;

/**
 * The texts of a file that name other files of the workspace: the settings modules that it selects, in any kind of file
 * that can select one, and in settings modules the dotted paths and paths of files. A link is made only to what is there.
 * What is not loaded yet is remembered by the snapshot as wanted.
 */
export function documentLinksOf(analysis: Analysis, file: FilePath): readonly DocumentLinkItem[] {
  const links = new Map<number, DocumentLinkItem>();
  for (const link of [...selectedModules(analysis, file), ...namedInSettings(analysis, file)])
    if (!links.has(link.range.start)) links.set(link.range.start, link);
  return [...links.values()].toSorted((a, b) => a.range.start - b.range.start);
}

function selectedModules({ projects }: Analysis, file: FilePath): readonly DocumentLinkItem[] {
  return projects
    .flatMap(({ project }) => project.entryPoints)
    .flatMap(({ file: at, range, module }) =>
      at === file && module !== undefined
        ? [{ range, target: startOf(module), tooltip: "Open the settings module" }]
        : [],
    );
}

function namedInSettings(analysis: Analysis, file: FilePath): readonly DocumentLinkItem[] {
  const parsed = isSettingsFile(analysis, file) ? analysis.snapshot.parse(file) : undefined;
  if (parsed?.ok !== true) return [];
  return subjectsOf(parsed.module).flatMap((subject) => {
    if (subject.kind !== "string") return [];
    const { text, range } = subject;
    const code = placeOfDottedPath(analysis, file, text);
    const target = code ?? placeOfFile(analysis, file, text);
    if (target === undefined) return [];
    return [
      {
        range: withoutQuotes(parsed.text, range, text),
        target,
        tooltip: code === undefined ? "Open file" : "Go to code",
      },
    ];
  });
}

/** The file that a path names from the project's root, an import root or the settings module's folder. */
function placeOfFile(analysis: Analysis, file: FilePath, text: string): Site | undefined {
  if (text.length > MAX_PATH || !/^[\w./@+-]*\w$/.test(text) || !/[./]/.test(text)) return undefined;
  const project = projectOf(analysis, file)?.project;
  const folders = [...(project === undefined ? [] : [project.root, ...project.importRoots]), parentPath(file)];
  const found = folders.map((folder) => joinPath(folder, text)).find((path) => analysis.snapshot.isFile(path));
  return found === undefined ? undefined : startOf(found);
}

/** A literal with a prefix, escapes or parts is a link as a whole. */
function withoutQuotes(source: string, { start, end }: Range, text: string): Range {
  return source.slice(start + 1, end - 1) === text ? { start: start + 1, end: end - 1 } : { start, end };
}

function startOf(file: FilePath): Site {
  return { file, range: { start: 0, end: 0 } };
}
