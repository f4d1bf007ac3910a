import type { FilePath } from "../base/path";
import { baseName, isInside, joinPath, parentPath } from "../base/path";
import type { DjangoProject, Note } from "./model";
import { perListing } from "./perListing";
import type { WorkspaceListing } from "./workspaceFiles";

/*
 * Templates of projects. One for `django-admin startproject --template` is Python but for `{{ project_name }}`, so it is read with
 * a name of the same length in its place, and every place in it stays where it is
 * (https://docs.djangoproject.com/en/stable/ref/django-admin/#startproject). Those of cookiecutter and copier are no Python.
 */

const FOLDER = "project_name";

/** The folders that hold the one which `startproject` gives the project's name. */
const templateFolders = perListing((listing): readonly FilePath[] =>
  [...listing.folders].filter((folder) => baseName(folder) === FOLDER).map(parentPath),
);

/**
 * Whether a workspace is such a template: nothing of it is a project as it is written, or what is stands in the folder of a
 * `manage.py` that has the placeholder.
 */
export function isProjectTemplate(workspace: Workspace, projects: readonly Pick<DjangoProject, "root">[]): boolean {
  const folders = templateFolders(workspace.listing);
  if (projects.length === 0) return folders.length > 0;
  const written = folders.filter((folder) =>
    PLACEHOLDER_AS_WRITTEN.test(workspace.text(joinPath(folder, "manage.py")) ?? ""),
  );
  return projects.every(({ root }) => written.some((folder) => folder === root || isInside(folder, root)));
}

interface Workspace {
  readonly listing: WorkspaceListing;
  text(path: FilePath): string | undefined;
}

const PLACEHOLDER_AS_WRITTEN = /\{\{\s*project_name\b/;

/** A text of such a template with placeholders that Python can read: `project_name______` for `{{ project_name }}`. */
export function readableTemplate(text: string): string {
  if (!text.includes("{{")) return text;
  return text
    .replace(/\{\{\s*project_name\s*(?:\|\s*\w+\s*)?\}\}/g, (written) => FOLDER.padEnd(written.length, "_"))
    .replace(/\{\{(\s*(?:secret_key|docs_version|django_version|camel_case_project_name)\s*)\}\}/g, "--$1--");
}

/** What a placeholder that {@link readableTemplate} has written stands for among the names of folders; other names as they are. */
export function folderOfPlaceholder(name: string): string {
  return PLACEHOLDER.test(name) ? FOLDER : name;
}

const PLACEHOLDER = /^project_name_{2,}$/;

/** Whether a text holds such a placeholder: what is written into a template must not. */
export function holdsPlaceholder(text: string): boolean {
  return /\bproject_name_{4,}(?!\w)/.test(text);
}

/** That a workspace is a template which has to be rendered before anything can be said of it. */
export const unrenderedTemplate = perListing((listing): Note | undefined => {
  const folder = [...listing.folders].find((each) => /^\{\{.*\}\}$/.test(baseName(each)));
  const file = folder === undefined ? undefined : parentPath(folder);
  return file === undefined ? undefined : { file, message: UNRENDERED };
});

/** Whether a note is the one of {@link unrenderedTemplate}. */
export function isTemplateNote({ message }: Note): boolean {
  return message === UNRENDERED;
}

const UNRENDERED =
  "This is a template for projects: its files are not Python until it is rendered. Render it (cookiecutter, copier) and check the result.";

/** That a template is read as a project. */
export function readTemplateNote(root: FilePath): Note {
  const message = `This is a template for django-admin startproject, read with "${FOLDER}" in place of {{ ${FOLDER} }}.`;
  return { file: root, message };
}
