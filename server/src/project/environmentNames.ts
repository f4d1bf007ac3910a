import type { FilePath } from "../base/path";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../base/path";
import { variablesSetIn } from "./entryPoints/findEntryPoints";
import { formatOf, isEnvFile } from "./entryPoints/formats";
import { isExamplePath } from "./exampleFiles";
import type { DjangoProject } from "./model";
import type { Module } from "../syntax/ast";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";

/** More Python files than this are not searched for a name; the largest project surveyed has about 2,500. */
const MAX_PYTHON_FILES = 5000;
/** And so many others; those that git ignores come last. */
const MAX_OTHER_FILES = 5000;
/** Code that runs in no deployment. */
const LEFT_OUT = /(?:^|\/)(?:migrations|node_modules|docs?)\//;

/** What a file that is not Python says of a variable. */
export interface SetVariable {
  readonly file: FilePath;
  /** `undefined`: set to something that cannot be known, such as `${SECRET}`. */
  readonly value: string | undefined;
  /** It stands in a file of variables, where every text is meant as it is. */
  readonly isInEnvFile: boolean;
}

/**
 * Where the files of one Django project name environment variables: its Python code, its deployment files, its `.env` files
 * (those that git ignores, too) and their examples. For fixes, which must find a name that means nothing else. What is not
 * loaded yet is asked for; answers are whole once everything is loaded. Errs towards naming: any mention counts.
 */
export class EnvironmentNames {
  private readonly snapshot: Snapshot;
  private readonly project: DjangoProject;

  constructor(snapshot: Snapshot, project: DjangoProject) {
    this.snapshot = snapshot;
    this.project = project;
  }

  /** The Python modules whose text holds one of some words. */
  modulesWith(words: readonly string[]): readonly Module[] {
    // All files are asked for before any is judged, so that one round loads them.
    const found = this.pythonFiles().filter((file) => {
      const read = this.snapshot.onDisk(file);
      return read?.ok === true && words.some((word) => read.text.includes(word));
    });
    return found.flatMap((file) => this.snapshot.moduleOnDisk(file) ?? []);
  }

  /** Whether any file that is not Python holds the name as a word. */
  isWrittenElsewhere(name: string): boolean {
    const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`);
    const found = this.otherFiles().map((file) => {
      const read = this.snapshot.onDisk(file);
      return read?.ok === true && word.test(read.text);
    });
    return found.includes(true) || this.project.deployedVariables.some((each) => each.name === name);
  }

  /** The texts that deployment files and `.env` files give to a variable; blank ones and examples do not count. */
  settersOf(name: string): readonly SetVariable[] {
    const files = this.otherFiles();
    const scanned = files.flatMap((file) => {
      const relative = relativePath(this.snapshot.listing.root, file);
      const isInEnvFile = isEnvFile(relative, baseName(file));
      return isExamplePath(relative, this.snapshot.listing)
        ? []
        : variablesSetIn(this.snapshot, file).map((one) => ({ ...one, isInEnvFile }));
    });
    // Files that only `env_file:` makes files of variables.
    const named = this.project.deployedVariables.filter(({ file }) => !files.includes(file));
    return [...scanned, ...named.map((one) => ({ ...one, isInEnvFile: true }))].filter(
      (one) => one.name === name && one.value !== "",
    );
  }

  private pythonFiles(): readonly FilePath[] {
    const own = pythonFilesOf(this.snapshot.listing).filter((file) => this.isOurs(file));
    return own.slice(0, MAX_PYTHON_FILES);
  }

  /** Files that were made meanwhile are not listed: the project's `.env`, and what stands only in an editor. */
  private otherFiles(): readonly FilePath[] {
    const { listing, overlays } = this.snapshot;
    const unlisted = [joinPath(this.project.root, ".env"), ...overlays.keys()].filter((file) =>
      namesVariables(file, listing.root),
    );
    return [...new Set([...otherFilesOf(listing), ...unlisted])].filter((file) => this.isOurs(file));
  }

  /** Whether a file concerns this project: not below a manage.py of another project's. */
  private isOurs(file: FilePath): boolean {
    const { listing } = this.snapshot;
    const { root, importRoots } = this.project;
    if (isInside(root, file) || importRoots.some((each) => isInside(each, file))) {
      const nearest = projectFolder(listing.files, listing.root, file);
      return nearest === undefined || !isInside(root, nearest) || nearest === root;
    }
    const nearest = projectFolder(listing.files, listing.root, file);
    return nearest === undefined || isInside(nearest, root);
  }
}

/** The nearest folder at or above a file with a manage.py. */
function projectFolder(files: ReadonlySet<FilePath>, root: FilePath, file: FilePath): FilePath | undefined {
  for (let folder = parentPath(file); isInside(root, folder); folder = parentPath(folder)) {
    if (files.has(folder === "/" ? "/manage.py" : `${folder}/manage.py`)) return folder;
    if (folder === "/") return undefined;
  }
  return undefined;
}

const pythonFilesOf = perListing((listing) =>
  [...listing.files].filter((file) => file.endsWith(".py") && !LEFT_OUT.test(relativePath(listing.root, file))),
);

const otherFilesOf = perListing((listing) =>
  [...listing.files, ...listing.closed].filter((file) => namesVariables(file, listing.root)).slice(0, MAX_OTHER_FILES),
);

function namesVariables(file: FilePath, root: FilePath): boolean {
  return !file.endsWith(".py") && formatOf(relativePath(root, file)) !== undefined;
}
