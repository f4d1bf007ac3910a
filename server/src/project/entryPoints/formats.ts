import { baseName } from "../../base/path";
import { scanApache } from "./apache";
import { scanCi } from "./ci";
import { scanCompose } from "./compose";
import { scanDockerfile } from "./dockerfile";
import { scanEditorConfig } from "./editorConfig";
import { scanEnvFile } from "./envFile";
import { scanSupervisor, scanSystemd, scanToolConfig, scanUwsgi } from "./ini";
import { scanPlatform, type PlaceOf } from "./manifest";
import { scanAppEngine } from "./platforms/appEngine";
import { scanBeanstalk } from "./platforms/beanstalk";
import { scanCaptain } from "./platforms/captain";
import { scanCloudFoundry } from "./platforms/cloudFoundry";
import { scanDigitalOcean } from "./platforms/digitalOcean";
import { scanFly } from "./platforms/fly";
import { scanKubernetes } from "./platforms/kubernetes";
import { scanRailway } from "./platforms/railway";
import { scanRender } from "./platforms/render";
import { scanServerless } from "./platforms/serverless";
import { scanVercel } from "./platforms/vercel";
import { scanZappa } from "./platforms/zappa";
import { scanPython } from "./python";
import type { EntryFile, ScanResult } from "./scan";
import { scanProcfile, scanShell } from "./shell";

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
  // `wsgi/production.py`, one for each environment.
  if (/(?:^|\/)(?:wsgi|asgi)\/\w+\.py$/.test(relative)) return true;
  return /(?:^|\/)celery\/__init__\.py$/.test(relative) || IN_SCRIPTS.test(relative);
}

const IN_SCRIPTS = /^(?:docs?|tools|utilities)\/(?:[^/]+\/)?[^/]+$|^(?:[^/]+\/)?(?:bin|scripts?)\/(?:[^/]+\/)?[^/]+$/;

const KUBERNETES =
  /(?:^|\/)\.?(?:k8s|kube|kubernetes|helm|charts?|manifests|openshift|kustomize|deploy|deployment|deployments|infra|infrastructure)\//;
/**
 * What a manifest of containers or the values of a chart have in them. Folders of these names also hold thousands of documents of
 * other kinds, which are not parsed.
 */
const CONTAINERS =
  /^apiVersion:|^[ \t-]*["']?(?:env\w*|environment\w*|(?:c|initC)ontainers|data|stringData|command|args)["']?[ \t]*:|DJANGO_|gunicorn|uvicorn|daphne|uwsgi|celery/m;
/** Manifests whose keys alone say what is a variable and what a command. */
const PLATFORM =
  /^(?:app\.json|heroku\.ya?ml|worker\.ya?ml|stellar\.ya?ml|copilot\.ya?ml|clevercloud\.json|apprunner\.ya?ml|\.platform\.app\.ya?ml)$/;
/** Manifests of platforms with a reader of their own, by path or name. */
const PLATFORMS: readonly (readonly [RegExp, (file: EntryFile) => ScanResult])[] = [
  [/(?:^|\/)\.do\/[^/]+\.ya?ml$|(?:^|\/)(?:digitalocean|do)\.ya?ml$/, scanDigitalOcean],
  [/(?:^|\/)manifest(?:[.-][\w-]+)?\.ya?ml$/, scanCloudFoundry],
  [/(?:^|\/)serverless(?:[.-][\w-]+)?\.(?:ya?ml|json)$/, scanServerless],
  [/(?:^|\/)zappa_settings\.(?:json|toml|ya?ml)$/, scanZappa],
  [/(?:^|\/)captain-definition(?:[.-][\w-]+)?$/, scanCaptain],
  [/(?:^|\/)(?:nixpacks\.toml|railway\.(?:toml|json))$/, scanRailway],
  [/(?:^|\/)render(?:[.-][\w-]+)?\.ya?ml$/, scanRender],
  [/(?:^|\/)fly(?:[.-][\w-]+)?\.toml$/, scanFly],
  [/(?:^|\/)vercel\.json$/, scanVercel],
  [/(?:^|\/)app(?:[.-][\w-]+)?\.ya?ml$/, scanAppEngine],
  [/(?:^|\/)\.ebextensions\/[^/]+\.config$/, scanBeanstalk],
];
const CI =
  /^\.github\/workflows\/.*\.ya?ml$|(?:^|\/)\.gitlab-ci[\w.-]*\.ya?ml$|^\.gitlab\/.*\.ya?ml$|^\.circleci\/.*\.ya?ml$|(?:^|\/)\.?(?:azure-pipelines|bitbucket-pipelines|cloudbuild|buildspec|appveyor|codeship-services|codeship-steps|travis|drone|woodpecker|cirrus|semaphore)[\w.-]*\.ya?ml$|^\.(?:buildkite|woodpecker|semaphore|forgejo|gitea)\/.*\.ya?ml$|(?:^|\/)Jenkinsfile[\w.-]*$/;

/** Manifests outside of folders for them, by names that say so. */
const KUBERNETES_FILE = /(?:^|[_.-])(?:k8s|kube|kubernetes)[_.-]|^(?:deployment|statefulset|secrets?|config-?map)\./;

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
  // Cookiecutter Django called its compose files so for years.
  {
    matches: (relative) => /^(?:local|dev|development|staging|prod|production|test)\.ya?ml$/.test(relative),
    mentions: /^services[ \t]*:/m,
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
    matches: (_relative, name) => name.endsWith(".conf") || (name.endsWith(".ini") && name.includes("supervisor")),
    mentions: /^\[(?:program|supervisord)\b|^[ \t]*WSGIScriptAlias\b/im,
    scan: (file) => (/^[ \t]*WSGIScriptAlias\b/im.test(file.text) ? scanApache(file) : scanSupervisor(file)),
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
  ...PLATFORMS.map(([pattern, scan]) => ({
    matches: (relative: string) => pattern.test(relative),
    mentions: ANYTHING,
    scan,
  })),
  {
    matches: (_relative, name) => PLATFORM.test(name),
    mentions: ANYTHING,
    scan: (file) => scanPlatform(file, () => leaveOutEnvironments),
  },
  {
    matches: (relative, name) => /\.(?:ya?ml|gotmpl)$/.test(name) && KUBERNETES.test(relative),
    mentions: CONTAINERS,
    scan: scanKubernetes,
  },
  {
    matches: (_relative, name) => /\.ya?ml$/.test(name) && KUBERNETES_FILE.test(name),
    mentions: /^apiVersion:/m,
    scan: scanKubernetes,
  },
  { matches: isEnvFile, mentions: ANYTHING, scan: (file) => scanEnvFile(file) },
  {
    matches: (_relative, name) => /^(?:GNU)?[Mm]akefile$|\.mk$|^\.?[Jj]ustfile$|^Taskfile\.ya?ml$/.test(name),
    mentions: SELECTS,
    scan: (file) => scanShell(file, "makefile"),
  },
  {
    matches: (relative, name) =>
      /\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$|^(?:Vagrantfile|\.envrc|start(?:[-_][\w-]*)?)$/.test(name) ||
      (name.includes("entrypoint") && /^[\w-]*$/.test(name.slice(name.lastIndexOf("entrypoint")))) ||
      /(?:^|\/)(?:bin|scripts?)\/[\w-]+$/.test(relative),
    mentions:
      /DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--settings|--ds\b|gunicorn|uvicorn|daphne|uwsgi|hypercorn|granian/,
    scan: (file) => scanShell(file),
  },
  {
    matches: isPythonEntry,
    mentions: /DJANGO_SETTINGS_MODULE|--settings|--ds\b|raw_env|wsgi_app|worker_class|\bwsgi\s+import\b/,
    scan: scanPython,
  },
];

const CODE = /\.(?:[cm]?[jt]sx?|py|json|ya?ml|toml|md|html|css|rb|go|php)$/;

/** `.env`, `.env.production`, `.envs`, `production.env`, everything in `.envs/` and `env.d/`. */
export function isEnvFile(relative: string, name: string): boolean {
  if (CODE.test(name)) return false;
  if (/^\.envs?(?:[._-][\w.-]+)?$|^env\.[\w.-]+$|\.env$/.test(name)) return true;
  if (/(?:^|\/)(?:\.envs?|env\.d)\//.test(relative) && /^[\w.-]+$/.test(name)) return true;
  return /(?:^|\/)envs?\/[^/]+$/.test(relative) && /^\.?\w+(?:\.(?:env|sh|list))?$/.test(name);
}

/** app.json has a part for review apps and CI, which is not for production. */
const leaveOutEnvironments: PlaceOf = (path, value, place) =>
  path.at(-1) === "environments" && value.kind === "map" ? undefined : place;

/** Folders of what others have written: a JavaScript library's Procfile deploys nothing of ours. */
const VENDORED = /(?:^|\/)(?:static|staticfiles|assets|public|vendors?|third[-_]?party|bower_components)\//;
/** Ansible and the like fill in a file of that name and put it on the server. */
const FILLED_IN = /(?<!\.py)\.(?:j2|jinja2)$/;

/** The path that a template has once it is filled in on a server; other paths as they are. */
export function filledInPath(relative: string): string {
  return relative.replace(FILLED_IN, "");
}

/** The format that reads this path, if any. */
export function formatOf(path: string): EntryPointFormat | undefined {
  if (VENDORED.test(path)) return undefined;
  const relative = filledInPath(path);
  const name = baseName(relative);
  return FORMATS.find((format) => format.matches(relative, name));
}
