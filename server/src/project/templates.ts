import type { FilePath } from "../base/path";
import { baseName, isInside, joinPath, parentPath } from "../base/path";
import type { DjangoProject, Note } from "./model";
import { perListing } from "./perListing";
import { nameOfPlaceholders, nameOfStandIn } from "./templateText";
import type { WorkspaceListing } from "./workspaceFiles";

/*
 * Templates of projects: those for `django-admin startproject --template`, in which a folder has the name project_name
 * (https://docs.djangoproject.com/en/stable/ref/django-admin/#startproject), and those of cookiecutter and copier, in which
 * placeholders stand in the names of folders (https://cookiecutter.readthedocs.io/en/stable/tutorials/tutorial2.html). They are
 * read with a name of the same length in place of each placeholder, so that every place in them stays where it is.
 */

const FOLDER = "project_name";

/** The folders that hold the one which `startproject` gives the project's name. */
const templateFolders = perListing((listing): readonly FilePath[] =>
  [...listing.folders].filter((folder) => baseName(folder) === FOLDER).map(parentPath),
);

/** The folders that a placeholder names. */
const placeholderFolders = perListing((listing): readonly FilePath[] =>
  [...listing.folders].filter((folder) => hasPlaceholder(baseName(folder))),
);

function hasPlaceholder(name: string): boolean {
  const open = name.indexOf("{{");
  return open >= 0 && name.includes("}}", open + 2);
}

/** The folders that projects are made of: those that a placeholder names, and beside copier's questions the usual one. */
const madeFolders = perListing((listing): readonly FilePath[] => {
  const copied = joinPath(listing.root, "template");
  const isCopied =
    listing.folders.has(copied) && COPIER.some((name) => listing.files.has(joinPath(listing.root, name)));
  return isCopied ? [copied, ...placeholderFolders(listing)] : placeholderFolders(listing);
});

/** Where copier has its questions (https://copier.readthedocs.io/en/stable/configuring/#the-copieryml-file). */
const COPIER = ["copier.yml", "copier.yaml"];

/**
 * Whether a workspace is such a template: nothing of it is a project as it is written, or what is stands in the folder of a
 * `manage.py` that has the placeholder, or in one that a placeholder names.
 */
export function isProjectTemplate(workspace: Workspace, projects: readonly Pick<DjangoProject, "root">[]): boolean {
  const folders = templateFolders(workspace.listing);
  const named = madeFolders(workspace.listing);
  if (projects.length === 0) return folders.length > 0 || named.length > 0;
  const written = folders.filter((folder) =>
    PLACEHOLDER_AS_WRITTEN.test(workspace.writtenText(joinPath(folder, "manage.py")) ?? ""),
  );
  return projects.every(({ root }) => [...written, ...named].some((folder) => isInside(folder, root)));
}

interface Workspace {
  readonly listing: WorkspaceListing;
  writtenText(path: FilePath): string | undefined;
}

const PLACEHOLDER_AS_WRITTEN = /\{\{\s*project_name\b/;

/** The same workspace, read as a template. */
export const asTemplate = perListing((listing): WorkspaceListing => ({ ...listing, isTemplate: true }));

/** The folder of a template that a name stands for, be it as code has it after it was read; `undefined`: one of that name. */
export function folderOfStandIn(listing: WorkspaceListing, parent: FilePath, name: string): FilePath | undefined {
  if (listing.isTemplate !== true) return undefined;
  const folder = nameOfStandIn(name);
  const named = placeholderFolders(listing).find(
    (each) => parentPath(each) === parent && nameOfPlaceholders(baseName(each)) === folder,
  );
  return named ?? joinPath(parent, folder);
}

/** That a workspace is a template which has to be rendered before anything can be said of it. */
export const unrenderedTemplate = perListing((listing): Note | undefined => {
  const folder = madeFolders(listing)[0];
  return folder === undefined ? undefined : { file: parentPath(folder), message: UNRENDERED };
});

/** Whether a note is the one of {@link unrenderedTemplate}. */
export function isTemplateNote({ message }: Note): boolean {
  return message === UNRENDERED;
}

const UNRENDERED =
  "This is a template for projects: its files are not Python until it is rendered. Render it (cookiecutter, copier) and check the result.";

/** That one file of a template which is read has to be rendered first. */
export function unreadableTemplate(file: FilePath): Note {
  const message =
    "This template cannot be read: it is not Python until it is rendered. Render it and check the result.";
  return { file, message };
}

/** That a template is read as a project, and how. */
export function readTemplateNote(listing: WorkspaceListing): Note {
  const folder = placeholderFolders(listing)[0];
  const name = folder === undefined ? FOLDER : nameOfPlaceholders(baseName(folder));
  const placeholder = folder === undefined ? `{{ ${FOLDER} }}` : baseName(folder);
  const isMade = madeFolders(listing).length > 0;
  const kind = isMade ? "projects" : "django-admin startproject";
  const options = isMade ? ", and with its options on" : "";
  const message = `This is a template for ${kind}, read with "${name}" in place of ${placeholder}${options}.`;
  return { file: listing.root, message };
}
