import { commands, type ExtensionContext, FileType, type TextDocument, Uri, workspace } from "vscode";

/** What a Python file says when it belongs to a Django project; read to decide whether to start the server at all. */
const djangoText = /\b(?:DJANGO_SETTINGS_MODULE|INSTALLED_APPS|(?:from|import) +django)\b/;

/** Beyond this many folders directly under a workspace folder, the rest is not looked into. */
const folderLimit = 200;

/**
 * Calls `found` once, as soon as there is reason to believe that the workspace holds a Django project: a `manage.py`
 * at its root or one level down, or a Python file that speaks of Django. A workspace without one costs nothing more
 * than two folder listings: the server is not started.
 */
export function whenDjangoIsFound(context: ExtensionContext, found: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    void commands.executeCommand("setContext", "djangoSettingsLint.isActive", true);
    watcher.dispose();
    opened.dispose();
    found();
  };
  const lookAt = (document: TextDocument): void => {
    if (document.languageId === "python" && djangoText.test(document.getText())) once();
  };

  const watcher = workspace.createFileSystemWatcher("**/manage.py", false, true, true);
  watcher.onDidCreate(once);
  const opened = workspace.onDidOpenTextDocument(lookAt);
  context.subscriptions.push(watcher, opened);

  workspace.textDocuments.forEach(lookAt);
  void anyFolderHasManagePy().then((has) => (has ? once() : undefined));
}

async function anyFolderHasManagePy(): Promise<boolean> {
  const folders = workspace.workspaceFolders ?? [];
  const answers = await Promise.all(folders.map((folder) => hasManagePyNearby(folder.uri)));
  return answers.includes(true);
}

/** Whether the folder, or a folder directly in it, holds a `manage.py`. Unreadable folders hold none. */
async function hasManagePyNearby(folder: Uri): Promise<boolean> {
  const entries = await listing(folder);
  if (hasManagePy(entries)) return true;
  const folders = entries.filter(([name, type]) => type === FileType.Directory && !name.startsWith("."));
  const below = await Promise.all(folders.slice(0, folderLimit).map(([name]) => listing(Uri.joinPath(folder, name))));
  return below.some(hasManagePy);
}

function hasManagePy(entries: readonly [string, FileType][]): boolean {
  return entries.some(([name]) => name === "manage.py");
}

async function listing(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
