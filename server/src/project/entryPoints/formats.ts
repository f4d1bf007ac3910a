import { baseName } from "../../base/path";
import { scanDockerfile } from "./dockerfile";
import { scanEnvFile } from "./envFile";
import { scanFly, scanSupervisor, scanSystemd, scanToolConfig, scanUwsgi } from "./ini";
import { scanPython } from "./python";
import type { EntryFile, ScanResult } from "./scan";
import { scanProcfile, scanShell } from "./shell";
import { scanCi, scanCompose, scanDeployment, scanEditorConfig } from "./yamlFiles";

/** A kind of file that may select a settings module. */
export interface EntryPointFormat {
  /** Judges by the path relative to the workspace, before the file is read. */
  readonly matches: (relative: string, name: string) => boolean;
  /** A cheap test of the text: files without it are not scanned. */
  readonly mentions: RegExp;
  readonly scan: (file: EntryFile) => ScanResult;
}

const SELECTS = /DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--settings|--ds\b/;
const ANYTHING = /\S/;

/** Python files by name: entry points, configuration of servers and tools, and scripts that stand where scripts do. */
function isPythonEntry(relative: string, name: string): boolean {
  if (!name.endsWith(".py") || !/^[\w.-]+$/.test(name)) return false;
  const stem = name.slice(0, -3);
  const isPlain = !stem.includes(".");
  if (isPlain && /wsgi|asgi|celery|(?:^|[_-])manage(?:$|[_-])|^lambda/.test(stem)) return true;
  if (/^(?:conftest|noxfile|fabfile|__main__|main|app|server|worker|settings_test|run[_-]?\w*)$/.test(stem))
    return true;
  if (stem.startsWith("gunicorn") || !relative.includes("/")) return true;
  return /(?:^|\/)(?:wsgi|asgi|celery)\/__init__\.py$/.test(relative) || IN_SCRIPTS.test(relative);
}

const IN_SCRIPTS = /^(?:docs?|tools|utilities)\/(?:[^/]+\/)?[^/]+$|^(?:[^/]+\/)?(?:bin|scripts?)\/(?:[^/]+\/)?[^/]+$/;

const KUBERNETES =
  /(?:^|\/)\.?(?:k8s|kube|kubernetes|helm|charts?|manifests|openshift|kustomize|deploy|deployment|deployments|infra|infrastructure)\//;
const PLATFORM =
  /^(?:app\.json|heroku\.ya?ml|render\.ya?ml|app(?:[.-][\w-]+)?\.ya?ml|worker\.ya?ml|stellar\.ya?ml|copilot\.ya?ml|railway\.json|vercel\.json|zappa_settings\.json|manifest(?:[.-][\w-]+)?\.ya?ml|clevercloud\.json|apprunner\.ya?ml|\.platform\.app\.ya?ml|digitalocean\.ya?ml|do\.ya?ml)$/;
const CI =
  /^\.github\/workflows\/.*\.ya?ml$|(?:^|\/)\.gitlab-ci[\w.-]*\.ya?ml$|^\.gitlab\/.*\.ya?ml$|^\.circleci\/.*\.ya?ml$|(?:^|\/)\.?(?:azure-pipelines|bitbucket-pipelines|cloudbuild|buildspec|appveyor|codeship-services|codeship-steps|travis|drone|woodpecker|cirrus|semaphore)[\w.-]*\.ya?ml$|^\.(?:buildkite|woodpecker|semaphore|forgejo|gitea)\/.*\.ya?ml$|(?:^|\/)Jenkinsfile[\w.-]*$/;

/** All formats; the first that matches a path reads it. */
export const FORMATS: readonly EntryPointFormat[] = [
  { matches: (relative) => CI.test(relative), mentions: SELECTS, scan: scanCi },
  {
    matches: (relative, name) =>
      name === "launch.json" || (name.endsWith(".json") && /(?:^|\/)\.?devcontainer(?:\/|\.json$)/.test(relative)),
    mentions: SELECTS,
    scan: scanEditorConfig,
  },
  {
    matches: (_relative, name) => /^(?:docker-|podman-)?compose\b.*\.ya?ml$|^docker-?compose.*\.ya?ml$/.test(name),
    mentions: ANYTHING,
    scan: scanCompose,
  },
  {
    matches: (_relative, name) =>
      /^(?:Dockerfile|Containerfile)\b|\.(?:Dockerfile|dockerfile)$|^Dockerfile[-_]/.test(name),
    mentions: ANYTHING,
    scan: scanDockerfile,
  },
  { matches: (_relative, name) => /^Procfile\b/.test(name), mentions: ANYTHING, scan: scanProcfile },
  { matches: (_relative, name) => /\.(?:service|unit)$/.test(name), mentions: ANYTHING, scan: scanSystemd },
  {
    matches: (relative, name) => /\.(?:conf|ini)$/.test(name) && /supervisor/i.test(relative),
    mentions: ANYTHING,
    scan: scanSupervisor,
  },
  {
    matches: (relative, name) => /\.(?:ini|cfg)$/.test(name) && /uwsgi/i.test(relative),
    mentions: ANYTHING,
    scan: scanUwsgi,
  },
  {
    matches: (_relative, name) =>
      /^(?:\.?pytest\.ini|tox\.ini|setup\.cfg|\.?mypy\.ini|pyproject\.toml|\.?pylintrc(?:\.toml)?|pytest\.toml)$/.test(
        name,
      ),
    mentions: /DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--settings|--ds\b|django[-_]settings[-_]module/,
    scan: scanToolConfig,
  },
  { matches: (_relative, name) => /^fly(?:[.-][\w-]+)?\.toml$/.test(name), mentions: ANYTHING, scan: scanFly },
  {
    matches: (_relative, name) => PLATFORM.test(name),
    mentions: ANYTHING,
    scan: (file) => scanDeployment("paas", file),
  },
  {
    matches: (relative, name) => /\.(?:ya?ml|gotmpl)$/.test(name) && KUBERNETES.test(relative),
    mentions: ANYTHING,
    scan: (file) => scanDeployment("kubernetes", file),
  },
  { matches: isEnvFile, mentions: ANYTHING, scan: (file) => scanEnvFile(file) },
  {
    matches: (_relative, name) => /^(?:GNU)?[Mm]akefile$|\.mk$|^\.?[Jj]ustfile$|^Taskfile\.ya?ml$/.test(name),
    mentions: SELECTS,
    scan: (file) => scanShell(file, "makefile"),
  },
  {
    matches: (relative, name) =>
      /\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$|^(?:Vagrantfile|\.envrc)$/.test(name) ||
      (name.includes("entrypoint") && /^[\w-]*$/.test(name.slice(name.lastIndexOf("entrypoint")))) ||
      /(?:^|\/)(?:bin|scripts?)\/[\w-]+$/.test(relative),
    mentions:
      /DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--settings|--ds\b|gunicorn|uvicorn|daphne|uwsgi|hypercorn|granian/,
    scan: (file) => scanShell(file),
  },
  {
    matches: isPythonEntry,
    mentions: /DJANGO_SETTINGS_MODULE|--settings|--ds\b|raw_env|wsgi_app|worker_class/,
    scan: scanPython,
  },
];

const CODE = /\.(?:[cm]?[jt]sx?|py|json|ya?ml|toml|md|html|css|rb|go|php)$/;

/** `.env`, `.env.production`, `production.env`, everything in `.envs/` and `env.d/`. */
export function isEnvFile(relative: string, name: string): boolean {
  if (CODE.test(name)) return false;
  if (/^\.env(?:[._-][\w.-]+)?$|^env\.[\w.-]+$|\.env$/.test(name)) return true;
  if (/(?:^|\/)(?:\.envs?|env\.d)\//.test(relative) && /^[\w.-]+$/.test(name)) return true;
  return /(?:^|\/)envs?\/[^/]+$/.test(relative) && /^\.?\w+(?:\.(?:env|sh|list))?$/.test(name);
}

/** The format that reads this path, if any. */
export function formatOf(relative: string): EntryPointFormat | undefined {
  const name = baseName(relative);
  return FORMATS.find((format) => format.matches(relative, name));
}
