/** Folders that hold no part of a project that a person wrote: dependencies, caches, build results, version control. */
const SKIPPED_NAMES = new Set([
  "node_modules",
  "bower_components",
  "site-packages",
  "dist-packages",
  "__pycache__",
  "__pypackages__",
  "htmlcov",
]);

/** Hidden folders that do hold deployment, CI or editor configuration; all others belong to tools. */
const VISIBLE_HIDDEN_NAMES = new Set([
  ".github",
  ".gitlab",
  ".circleci",
  ".buildkite",
  ".woodpecker",
  ".forgejo",
  ".gitea",
  ".semaphore",
  ".ci",
  ".vscode",
  ".devcontainer",
  ".docker",
  ".deploy",
  ".deployment",
  ".do",
  ".ebextensions",
  ".platform",
  ".k8s",
  ".kube",
  ".helm",
  ".config",
]);

/** Below such a folder (`.envs/.production/.django`) hidden names are ordinary names. */
const ENVIRONMENT_FOLDER = /^\.envs?$|^\.env\./;

/** Whether a walk leaves out the folder `name` standing in a folder called `parent`, judged by the names alone. */
export function isSkippedFolder(name: string, parent: string): boolean {
  if (SKIPPED_NAMES.has(name) || name.endsWith(".egg-info") || name.endsWith(".dist-info")) return true;
  if (/^python\d/.test(name) && (parent === "lib" || parent === "lib64")) return true;
  if (parent === "build" && /^(?:lib|bdist|temp)\b/.test(name)) return true;
  if (!name.startsWith(".")) return false;
  return !VISIBLE_HIDDEN_NAMES.has(name) && !ENVIRONMENT_FOLDER.test(name) && !ENVIRONMENT_FOLDER.test(parent);
}

/** Names under which virtual environments are made; each is looked into for `pyvenv.cfg` even where git ignores it. */
export function mayBeVirtualEnvironment(name: string): boolean {
  return /^\.?(?:venv|env|virtualenv)\d*$/.test(name);
}
