import type { Range } from "../base/text";
import type { Name } from "./ast";

/**
 * Where nodes stand. A syntax tree outlives edits of its file: the statements that an edit leaves alone are the same objects
 * before and after it, and only their offsets change, in place. Whatever is remembered about a node therefore keeps the node's
 * place and reads its offsets when they are needed; numbers that it has copied would be those of an earlier text.
 */
const PLACES = new WeakMap<Range, Range>();

/** The place of a node: a range whose offsets are always the node's present ones. The same object for the same node. */
export function placeOf(node: Range): Range {
  let place = PLACES.get(node);
  if (place === undefined) {
    // Own properties: copies and comparisons of ranges take it for one.
    place = {
      get start() {
        return node.start;
      },
      get end() {
        return node.end;
      },
    };
    PLACES.set(node, place);
    PLACES.set(place, place);
  }
  return place;
}

/** Whether a range keeps up with edits: it is a node, or the place of one. Others are numbers that somebody has copied. */
export function isLive(range: Range): boolean {
  return "kind" in range || PLACES.get(range) === range;
}

/** A name that stands in no source by itself, at the place of a node. */
export function nameAt(id: string, node: Range): Name {
  return {
    kind: "Name",
    id,
    get start() {
      return node.start;
    },
    get end() {
      return node.end;
    },
  };
}

/** A node that stands in no source by itself, at the place of one that does. */
export function standingAt<T extends object>(node: Range, fields: T): T & Range {
  return Object.defineProperties(fields, Object.getOwnPropertyDescriptors(placeOf(node))) as T & Range;
}

interface Movable {
  start: number;
  end: number;
}

/** All that has offsets in a node that was moved before. */
const PARTS = new WeakMap<Range, readonly Movable[]>();

/** Moves a node, with everything in it, by some code units. */
export function moveNode(node: Range, by: number): void {
  if (by === 0) return;
  let parts = PARTS.get(node);
  if (parts === undefined) PARTS.set(node, (parts = movableParts(node)));
  for (const part of parts) {
    part.start += by;
    part.end += by;
  }
}

/** Keeps its own stack: broken code may be nested deeply. */
function movableParts(node: Range): readonly Movable[] {
  const found = new Set<object>();
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const part of Object.values(next) as unknown[])
      if (typeof part === "object" && part !== null) pending.push(part);
  }
  return [...found].filter((each): each is Movable => "start" in each && "end" in each);
}
