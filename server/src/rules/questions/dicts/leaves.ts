import type { JudgedPart } from "../../../lint/setting";
import { keyOf } from "../../../python/values/symbolic";
import type { Site, Value } from "../../../python/values/value";

/** A value inside a setting's dicts and lists. */
export interface Leaf {
  /** The setting's name, then the keys that lead to it; a list's index as a number's text. */
  readonly path: readonly string[];
  readonly value: Value;
  /** Where it is written, for a dict's value. */
  readonly site: Site | undefined;
}

/**
 * The values inside a value that are no dicts, lists or tuples themselves, with how to get there. Left out: entries with
 * keys that are not text, and what is not the same in all worlds.
 */
export function leavesOf(name: string, value: Value): readonly Leaf[] {
  return collect({ path: [name], value, site: undefined });
}

function collect(leaf: Leaf): readonly Leaf[] {
  const { path, value, site } = leaf;
  switch (value.kind) {
    case "dict":
      return value.entries.flatMap((entry) =>
        entry.key?.kind === "str"
          ? collect({ path: [...path, entry.key.value], value: entry.value, site: entry.valueSite ?? site })
          : [],
      );
    case "list":
    case "tuple":
      return value.items.flatMap((item, index) =>
        item.spread ? [] : collect({ path: [...path, String(index)], value: item.value, site: item.site ?? site }),
      );
    case "choice": {
      // What both arms have is certain; of two plain values, that there are the two.
      if (!isContainer(value.yes) && !isContainer(value.no)) return [leaf];
      const other = new Set(collect({ ...leaf, value: value.no }).map(identityOf));
      return collect({ ...leaf, value: value.yes }).filter((one) => other.has(identityOf(one)));
    }
    default:
      return [leaf];
  }
}

function isContainer({ kind }: Value): boolean {
  return kind === "dict" || kind === "list" || kind === "tuple" || kind === "choice";
}

/** The same for leaves with equal values at the same place of a setting. */
export function identityOf(leaf: Leaf): string {
  return `${leaf.path.join("\0")}\0${keyOf(leaf.value)}`;
}

export type JudgedLeaf = Leaf & JudgedPart;

/** A leaf as a part of a setting that is judged in all readings. */
export function judgedLeaf(leaf: Leaf): JudgedLeaf {
  return { ...leaf, key: identityOf(leaf) };
}

/** The last key that is a name and not an index. */
export function keyOfLeaf(leaf: Leaf): string {
  return leaf.path.findLast((part) => !/^\d+$/.test(part)) ?? "";
}

/** How Python reaches a leaf: `DATABASES["default"]["PASSWORD"]`. */
export function describePath(leaf: Leaf): string {
  const [name = "", ...keys] = leaf.path;
  return name + keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `["${key}"]`)).join("");
}

/** All texts in a value, also those it falls back to or is computed of when variables are missing. */
export function textsIn(value: Value): readonly string[] {
  switch (value.kind) {
    case "str":
      return [value.value];
    case "environment":
      return value.fallback === undefined ? [] : textsIn(value.fallback);
    case "derived":
      return value.inputs.flatMap(textsIn);
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return value.items.flatMap((item) => textsIn(item.value));
    case "dict":
      return value.entries.flatMap((entry) => textsIn(entry.value));
    case "choice":
      return [...textsIn(value.yes), ...textsIn(value.no)];
    default:
      return [];
  }
}
