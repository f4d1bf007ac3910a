import { LineIndex } from "../../base/text";
import type { RuleContext } from "../../lint/rule";
import type { Site } from "../../python/value";

/** `settings/base.py:12`, for messages: the last two parts of the path, and the line counted from 1. */
export function placeLabel(context: RuleContext<never, never>, site: Site): string {
  const text = context.snapshot.text(site.file);
  const short = site.file.split("/").slice(-2).join("/");
  return text === undefined ? short : `${short}:${new LineIndex(text).position(site.range.start).line + 1}`;
}
