import type { FilePath } from "../base/path";
import type { Range } from "../base/text";

export type Role = "production" | "staging" | "development" | "test" | "base" | "single";

/** One reason for a role, strongest first in {@link SettingsModule.evidence}. */
export interface Evidence {
  readonly kind:
    | "config"
    | "start"
    | "entry-point"
    | "name"
    | "folder"
    | "tool"
    | "imported-only"
    | "host"
    | "only-module"
    | "content";
  /** What decides is not outweighed by anything; what is weak counts where nothing else is there. */
  readonly strength: "decides" | "strong" | "weak";
  /** The role that it speaks for, if it does. */
  readonly role: Role | undefined;
  /** A sentence for people, e.g. `Dockerfile:12 starts it for production.` */
  readonly text: string;
  readonly file?: FilePath;
  readonly range?: Range;
}

/** A module (or django-configurations class, `className`) that could be `DJANGO_SETTINGS_MODULE`, or that one imports settings from. */
export interface SettingsModule {
  /** Dotted name as Django would import it: `shop.settings.production`. */
  readonly name: string;
  readonly file: FilePath;
  readonly className?: string;
  readonly role: Role;
  /** `confirmed`: its name or a deployment file says production; `assumed`: it is the only module, or wsgi/asgi name it. Only for production, staging and single. */
  readonly confidence: "confirmed" | "assumed";
  /** Whether requests reach it: false where only workers and schedulers are started with it. */
  readonly isSite: boolean;
  readonly evidence: readonly Evidence[];
  /** Whether `DJANGO_SETTINGS_MODULE` could name it: false for fragments that are only ever imported or included. */
  readonly isEntry: boolean;
  readonly entryPoints: readonly EntryPoint[];
}

export type EntryPointKind =
  | "manage.py"
  | "wsgi"
  | "asgi"
  | "celery"
  | "python"
  | "dockerfile"
  | "compose"
  | "procfile"
  | "systemd"
  | "supervisor"
  | "uwsgi"
  | "gunicorn"
  | "pytest"
  | "tox"
  | "pyproject"
  | "setup.cfg"
  | "mypy"
  | "pylint"
  | "sphinx"
  | "ci"
  | "env-file"
  | "shell"
  | "makefile"
  | "kubernetes"
  | "paas"
  | "editor";

/** A place in a file that selects a settings module. */
export interface EntryPoint {
  readonly kind: EntryPointKind;
  readonly file: FilePath;
  /** The range of the module's name in that file. */
  readonly range: Range;
  /** The text as written (`shop.settings.production`); `undefined` when it is computed or a template placeholder. */
  readonly value: string | undefined;
  /** `setdefault`: the environment variable wins. `assign`: it overrides the variable. `set`: it sets the variable (ENV, compose, .env). `option`: `--settings`, `--ds`. */
  readonly form: "setdefault" | "assign" | "set" | "option";
  /** Which runs it decides: judged by the kind, the file's name (`docker-compose.prod.yml`, `local.yml`) and the service. */
  readonly purpose: "production" | "staging" | "development" | "test" | "build" | "any";
  /** `DJANGO_CONFIGURATION` set beside it (django-configurations). */
  readonly configuration?: string;
  /** The file of the module that `value` names, when it is in the workspace. */
  readonly module?: FilePath;
  /**
   * What `value` names; absent without a value. `ignored`: nothing in the project, but git ignores a file of that name, which
   * each machine has its own of. `external`: its top-level package is not in the workspace.
   */
  readonly resolution?: "file" | "namespace" | "missing" | "ignored" | "external";
}

/** A variable that a production deployment file sets (RULES "DEPLOY_ENV"). */
export interface DeployedVariable {
  readonly name: string;
  /** `undefined`: set, but to something that cannot be known (`${SECRET}`). */
  readonly value: string | undefined;
  readonly file: FilePath;
  readonly range: Range;
  readonly purpose: EntryPoint["purpose"];
  /** The service, process or job of the file that gets it; absent where all of them do. */
  readonly scope?: string;
  /** The text is in another manifest, a ConfigMap or Secret, under the same name. */
  readonly isReference?: true;
}

export interface DjangoVersion {
  /** `[major, minor]`, e.g. `[5, 2]`: the lowest release that the lock file or the requirement allows. */
  readonly version: readonly [number, number];
  /** The first series that the lock file or the requirement rules out above it; absent where none does. */
  readonly below?: readonly [number, number];
  /** A requirement allows every later release, too (`Django>=3.2`). */
  readonly isOpen?: true;
  readonly source: string;
  readonly file?: FilePath;
  readonly range?: Range;
}

/** One Django project of the workspace. */
export interface DjangoProject {
  /** The folder with manage.py, else the nearest folder that holds all its settings modules' top packages. */
  readonly root: FilePath;
  /** The folders that imports are resolved against, in order. */
  readonly importRoots: readonly FilePath[];
  readonly modules: readonly SettingsModule[];
  readonly entryPoints: readonly EntryPoint[];
  readonly deployedVariables: readonly DeployedVariable[];
  readonly django: DjangoVersion | undefined;
  /** Names of installed distributions, normalised by PEP 503, with the version where it is pinned. */
  readonly packages: ReadonlyMap<string, string | undefined>;
  /** How production serves: from the command in its deployment files. */
  readonly server: "wsgi" | "asgi" | undefined;
  /** The servers and workers that files for production start, `runserver` left out. */
  readonly starts: readonly ProductionStart[];
}

/** A command in a file for production. */
export interface ProductionStart {
  /** `worker`: it takes tasks, or runs at certain times. */
  readonly serves: "wsgi" | "asgi" | "worker";
  readonly file: FilePath;
  /** The whole command. */
  readonly range: Range;
}

/** Something that the reader of a report should know: a file skipped and why, a limit reached. */
export interface Note {
  readonly file: FilePath | undefined;
  readonly range?: Range;
  readonly message: string;
  /** The word of the file that was probably meant otherwise, and how. */
  readonly meant?: { readonly range: Range; readonly text: string };
}
