import { relativePath } from "../base/path";
import { LineIndex } from "../base/text";
import type { DjangoProject } from "../project/model";
import type { Snapshot } from "../project/snapshot";
import type { Site } from "../python/values/value";

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** `settings/base.py:12`, for messages: the last two parts of the path in the project, and the line counted from 1. */
export function placeLabel({ snapshot, project }: Places, site: Site): string {
  const text = snapshot.text(site.file);
  const short = relativePath(project.root, site.file).split("/").slice(-2).join("/");
  return text === undefined ? short : `${short}:${new LineIndex(text).position(site.range.start).line + 1}`;
}

interface Places {
  readonly snapshot: Snapshot;
  readonly project: DjangoProject;
}

/** More of a statement than this is cut off in a sentence. */
const MAX_CODE = 60;

/** The first line of what is written at a place, shortened: `django_heroku.settings(locals())`. */
export function codeAt(snapshot: Pick<Snapshot, "text">, { file, range }: Site): string {
  const [line = ""] = (snapshot.text(file) ?? "").slice(range.start, range.end).split(/\r?\n/);
  return line.length > MAX_CODE ? `${line.slice(0, MAX_CODE)}...` : line;
}
