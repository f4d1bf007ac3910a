/** A process that a command starts. */
export interface StartedProcess {
  /** `worker`: it takes tasks, or runs at certain times; nobody sends requests to it. */
  readonly serves: "wsgi" | "asgi" | "worker";
  /** The dotted module with the application (`shop.wsgi`), for Celery the one of `-A`; `undefined` where the command names none. */
  readonly application: string | undefined;
  /** It restarts when code changes, as on a developer's machine. */
  readonly reloads: boolean;
  /** It is `runserver`, which is for developers, unless a platform starts it. */
  readonly isRunserver?: true;
}

const ASGI_SERVER = /\b(?:daphne|uvicorn|hypercorn)\b/;
const WSGI_SERVER = /\b(?:gunicorn|uwsgi|waitress(?:-serve)?|mod_wsgi-express|granian)\b/;
/** Commands of manage.py and programs that take tasks from a queue or run them by the clock. */
const WORKER =
  /\b(?:rq|arq|dramatiq|huey_consumer(?:\.py)?|procrastinate|taskiq)\b|\bmanage(?:\.py)?\s{1,20}(?:rqworker|rqscheduler|qcluster|process_tasks|run_huey|runworker|rundramatiq|db_worker|runcrons|runapscheduler|procrastinate)\b/;
/** Commands that name a server and start none: installing, stopping, copying. */
const NO_START =
  /\b(?:install|add|apk|apt|apt-get|systemctl|service|supervisorctl|kill|pkill|killall|cp|mv|rm|chown|chmod|echo|which|inspect|status|purge)\b/;

const RUNSERVER = /(?<=\b(?:manage(?:\.py)?|django-admin)["',\s]{1,20})runserver(?:_plus)?\b/;

/** Where a command runs Django's own server, as the offset of its name. */
export function runserverIn(command: string): number | undefined {
  const at = command.search(RUNSERVER);
  return at < 0 ? undefined : at;
}

/** Whether a command starts a worker or the scheduler of Celery. */
export function startsCelery(command: string): boolean {
  return /\bcelery\b/.test(command) && /\b(?:worker|beat)\b/.test(command);
}

/** Longer ones are not looked at: nobody writes them, and the patterns go over the rest of a command for each word. */
const MAX_COMMAND_LENGTH = 8000;

/** The process that one command starts, if it is a server or a worker. What is computed (`gunicorn $APP`) names no application. */
export function startedBy(command: string): StartedProcess | undefined {
  if (command.length > MAX_COMMAND_LENGTH) return undefined;
  // The parts of a shell line are commands of their own; the last one that starts something stays.
  return command
    .split(/&&|\|\||[;|\n]/)
    .flatMap((part) => startedByPart(part) ?? [])
    .at(-1);
}

function startedByPart(command: string): StartedProcess | undefined {
  const server = serverOf(command);
  if (server === undefined && runserverIn(command) !== undefined)
    return { serves: "wsgi", application: undefined, reloads: true, isRunserver: true };
  if (server === undefined && !WORKER.test(command) && !startsCelery(command)) return undefined;
  const words = command.split(/[\s"',[\]]+/);
  const application = server === undefined ? celeryApplication(words) : servedApplication(words);
  if (application === undefined && NO_START.test(command)) return undefined;
  return { serves: server ?? "worker", application, reloads: /--(?:reload|autoreload|py-autoreload)\b/.test(command) };
}

/** How a command serves, when it starts an application server. */
export function serverOf(command: string): "wsgi" | "asgi" | undefined {
  // A worker class of Gunicorn's has Uvicorn in its name; what is served tells.
  if (ASGI_SERVER.test(command)) return "asgi";
  if (!WSGI_SERVER.test(command)) return undefined;
  const granian = /\bgranian\b/.test(command) ? /--interface[= "',]{1,5}(wsgi|asgi)/.exec(command) : null;
  if (granian !== null) return granian[1] === "wsgi" ? "wsgi" : "asgi";
  return /\bgranian\b|\basgi\b/.test(command) ? "asgi" : "wsgi";
}

/**
 * The dotted module of an application as files of servers name it: `shop.wsgi:application`, `shop/wsgi.py`, or with the folders of a
 * server above the project, of which the last one is kept (`/srv/app/shop/wsgi.py`).
 */
export function applicationIn(written: string): string | undefined {
  const path =
    written
      .trim()
      .split(":", 1)[0]
      ?.replace(/\.(?:py|wsgi)$/, "") ?? "";
  const parts = path.replace(/^\.\//, "").split("/");
  const own = path.startsWith("/") ? parts.slice(-2) : parts;
  const dotted = own.filter((part) => part !== "").join(".");
  return /^[A-Za-z_][\w.]*$/.test(dotted) ? dotted : undefined;
}

const APPLICATION = /^[A-Za-z_]\w*(?:\.\w+)*(?::[A-Za-z_]\w*)?$/;

/** `shop.wsgi`, `shop.wsgi:application`, `--module=shop.wsgi`, `shop/wsgi.py`: the word that can only be the application. */
function servedApplication(words: readonly string[]): string | undefined {
  for (const word of words) {
    const value = word.slice(word.lastIndexOf("=") + 1).split(/[()}]/, 1)[0] ?? "";
    const file = /^(?:\.\/)?([\w/]+)\.py$/.exec(value)?.[1];
    if (file !== undefined && /[aw]sgi/.test(file)) return file.replaceAll("/", ".");
    if (APPLICATION.test(value) && (/[aw]sgi\d*(?:[._:]|$)/.test(value) || value.includes(":")))
      if (!/^(?:gunicorn|uwsgi|python|mod_wsgi|wsgi|asgi)$/.test(value) && !/workers?\./i.test(value))
        return value.split(":", 1)[0];
  }
  return undefined;
}

function celeryApplication(words: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const value = /^(?:-A|--app)$/.test(word) ? words[index + 1] : /^(?:-A|--app=)(.+)$/.exec(word)?.[1];
    if (value !== undefined && APPLICATION.test(value)) return value.split(":", 1)[0];
  }
  return undefined;
}
