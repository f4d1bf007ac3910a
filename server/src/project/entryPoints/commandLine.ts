import type { Place, ScanBuilder } from "./scan";
import { moduleNameIn } from "./scan";
import { startedBy } from "./startCommand";

const MODULE = String.raw`(["']?)([A-Za-z_$][\w.$:{}()\x2d]*)`;
/** `--settings=x`, `--settings x`, `"--settings", "x"`; pytest-django's `--ds` alike. */
const OPTION = new RegExp(String.raw`--(?:settings|ds)(?:=|\s+|["']\s*,\s*)${MODULE}`, "g");
const INLINE = new RegExp(String.raw`(?:^|[\s;&"'])(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION)=${MODULE}`, "g");
/** Gunicorn's `-e NAME=value` and Docker's `-e NAME=value` have the inline form after a blank. */
const SETTINGS_TOOL = /manage|django|pytest|py\.test|celery|gunicorn|runserver|MANAGE|python|tox|coverage/;

/** A script named in a command: by its folder (`/start`, `bin/web`) or its ending. */
const SCRIPT =
  /^(?:\.?\/)?(?:[\w.-]+\/)*[\w-]+\.(?:sh|bash)$|^(?:\.?\/)(?:[\w-]+\/)*[\w-]+$|^(?:bin|scripts?)\/[\w-]+$/;

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
  const process = startedBy(command);
  const start = offset + (command.length - command.trimStart().length);
  if (process !== undefined) builder.start(process, { start, end: offset + command.trimEnd().length }, place);
  for (const word of command.split(/[\s"',[\]&;|]+/))
    if (SCRIPT.test(word)) builder.run("script", word.slice(word.lastIndexOf("/") + 1), place);
}
