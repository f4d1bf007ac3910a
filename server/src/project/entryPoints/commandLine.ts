import type { Place, ScanBuilder } from "./scan";
import { moduleNameIn } from "./scan";

const MODULE = String.raw`(["']?)([A-Za-z_$][\w.$:{}()\x2d]*)`;
/** `--settings=x`, `--settings x`, `"--settings", "x"`; pytest-django's `--ds` alike. */
const OPTION = new RegExp(String.raw`--(?:settings|ds)(?:=|\s+|["']\s*,\s*)${MODULE}`, "g");
const INLINE = new RegExp(String.raw`(?:^|[\s;&"'])(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION)=${MODULE}`, "g");
/** Gunicorn's `-e NAME=value` and Docker's `-e NAME=value` have the inline form after a blank. */
const SETTINGS_TOOL = /manage|django|pytest|py\.test|celery|gunicorn|runserver|MANAGE|python|tox|coverage/;

/** Finds the options and inline variables of one command that starts at `offset` of its file. */
export function scanCommand(command: string, offset: number, builder: ScanBuilder, place: Place): void {
  for (const match of command.matchAll(OPTION)) {
    const raw = match[2] ?? "";
    // Other tools have an option of that name too: only a dotted name, or a tool of Django's, makes it ours.
    if (!raw.includes(".") && !SETTINGS_TOOL.test(command)) continue;
    const end = offset + match.index + match[0].length;
    builder.select(moduleNameIn(raw), { start: end - raw.length, end }, "option", place);
  }
  for (const match of command.matchAll(INLINE)) {
    const raw = match[3] ?? "";
    const end = offset + match.index + match[0].length;
    builder.variable(match[1] ?? "", raw, { start: end - raw.length, end }, { ...place, deploys: false });
  }
  const server = serverOf(command);
  if (server !== undefined) builder.server(server, place);
}

/** How a command serves, when it starts an application server. */
export function serverOf(command: string): "wsgi" | "asgi" | undefined {
  if (/\b(?:daphne|uvicorn|hypercorn)\b/.test(command)) return "asgi";
  const granian = /\bgranian\b/.test(command) ? /--interface[= "',]{1,5}(wsgi|asgi)/.exec(command) : null;
  if (granian !== null) return granian[1] === "wsgi" ? "wsgi" : "asgi";
  if (!/\b(?:gunicorn|uwsgi|waitress-serve|mod_wsgi-express)\b/.test(command)) return undefined;
  return /\basgi\b/.test(command) ? "asgi" : "wsgi";
}
