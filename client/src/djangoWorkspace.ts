import { commands, type ExtensionContext, type TextDocument, Uri, workspace } from "vscode";

/** What a Python file says when it belongs to a Django project; read to decide whether to start the server at all. */
const djangoText = /\b(?:DJANGO_SETTINGS_MODULE|INSTALLED_APPS|(?:from|import) +django)\b/;

/** Where a `manage.py` says nothing of the workspace: dependencies and what tools keep for themselves. */
const notOurs = "**/{node_modules,site-packages,.git,.venv,venv,.tox,.nox}/**";

/**
 * Calls `found` once, as soon as there is reason to believe that the workspace holds a Django project: a `manage.py`
 * anywhere in it, or a Python file that speaks of Django. A workspace without one costs one search for a file's name: the server is
 * not started.
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
  // Not all places have a search, and a project's manage.py mostly stands at the top.
  for (const { uri } of workspace.workspaceFolders ?? [])
    workspace.fs.stat(Uri.joinPath(uri, "manage.py")).then(once, () => undefined);
  workspace.findFiles("**/manage.py", notOurs, 1).then(
    ([file]) => (file === undefined ? undefined : once()),
    // Without a search the files that are opened still tell.
    () => undefined,
  );
}
