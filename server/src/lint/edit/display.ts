import type { Range } from "../../base/text";
import { contains } from "../../base/text";
import type { ImportFrom } from "../../syntax/ast";
import type { Source } from "./source";
import type { Kinded } from "./walk";
import { walk } from "./walk";

/** Elements in a row with commas between them: what can lose or gain an element. */
export interface Display {
  readonly kind: "list" | "tuple" | "set" | "dict" | "call" | "import";
  /** Brackets included where there are any. */
  readonly range: Range;
  /** Without brackets around it: `INSTALLED_APPS = "a", "b"`. */
  readonly isBare: boolean;
  /** The offset behind the opening bracket, and that of the closing one. */
  readonly open: number;
  readonly close: number;
  readonly elements: readonly DisplayElement[];
}

/** An element with the parentheses that stand around it. */
export interface DisplayElement extends Range {
  /** The offset of the comma behind it. */
  readonly comma: number | undefined;
  /** Behind its comma, or behind itself where it has none. */
  readonly slotEnd: number;
}

/** The display that a node is, or `undefined` when it has no elements of its own. */
export function displayOf(source: Source, node: Kinded): Display | undefined {
  switch (node.kind) {
    case "List":
      return bracketed(source, "list", node, node.elts);
    case "Set":
      return bracketed(source, "set", node, node.elts);
    case "Dict":
      return bracketed(source, "dict", node, node.items);
    case "Tuple":
      return node.parenthesized ? bracketed(source, "tuple", node, node.elts) : bare(source, "tuple", node, node.elts);
    case "Call": {
      const inside = [...node.args, ...node.keywords].sort((a, b) => a.start - b.start);
      return bracketed(source, "call", node.argumentsRange, inside);
    }
    case "ImportFrom":
      return importedNames(source, node);
    default:
      return undefined;
  }
}

/** The display that holds an element with exactly this range (or this range with parentheses around it), and its index. */
export function findElement(
  source: Source,
  range: Range,
): { readonly display: Display; readonly index: number } | undefined {
  let found: { readonly display: Display; readonly index: number } | undefined;
  walk(source.module.body, (node) => {
    // Decorators stand before the range of what they decorate.
    if (!("decorators" in node) && !contains(node, range)) return false;
    const display = displayOf(source, node);
    const index =
      display?.elements.findIndex((each, at) => same(each, range) || same(rawElements(node)[at], range)) ?? -1;
    if (display !== undefined && index >= 0) found = { display, index };
    return true;
  });
  return found;
}

function same(a: Range | undefined, b: Range): boolean {
  return a !== undefined && a.start === b.start && a.end === b.end;
}

function rawElements(node: Kinded): readonly Range[] {
  if (node.kind === "List" || node.kind === "Set" || node.kind === "Tuple") return node.elts;
  if (node.kind === "Dict") return node.items;
  if (node.kind === "Call") return [...node.args, ...node.keywords].sort((a, b) => a.start - b.start);
  return node.kind === "ImportFrom" && node.names !== "*" ? node.names : [];
}

function bracketed(source: Source, kind: Display["kind"], range: Range, inside: readonly Range[]): Display | undefined {
  const [open, close] = [range.start + 1, range.end - 1];
  // A generator as the only argument shares the call's parentheses.
  if (close < open || inside.some((each) => each.start < open || each.end > close)) return undefined;
  return { kind, range, isBare: false, open, close, elements: withCommas(source, inside, open, close) };
}

function bare(source: Source, kind: Display["kind"], range: Range, inside: readonly Range[]): Display | undefined {
  const [first, last] = [inside[0], inside[inside.length - 1]];
  if (first === undefined || last === undefined) return undefined;
  let end = Math.max(range.end, last.end);
  const comma = source.skipSpaces(end);
  if (end === last.end && source.text[comma] === ",") end = comma + 1;
  const start = Math.min(range.start, first.start);
  return {
    kind,
    range: { start, end },
    isBare: true,
    open: start,
    close: end,
    elements: withCommas(source, inside, start, end),
  };
}

function importedNames(source: Source, node: ImportFrom): Display | undefined {
  const [first, last] = node.names === "*" ? [] : [node.names[0], node.names[node.names.length - 1]];
  if (first === undefined || last === undefined || node.names === "*") return undefined;
  const open = source.find("(", node.start, first.start);
  const close = open === undefined ? undefined : source.find(")", last.end, node.end);
  if (open === undefined || close === undefined)
    return bare(source, "import", { start: first.start, end: last.end }, node.names);
  return bracketed(source, "import", { start: open, end: close + 1 }, node.names);
}

function withCommas(source: Source, inside: readonly Range[], open: number, close: number): readonly DisplayElement[] {
  const elements: DisplayElement[] = [];
  let at = open;
  for (const [index, each] of inside.entries()) {
    const start = source.find("(", at, each.start) ?? each.start;
    const limit = inside[index + 1]?.start ?? close;
    const comma = source.find(",", each.end, limit);
    let end = each.end;
    for (let paren = source.find(")", end, comma ?? limit); paren !== undefined;) {
      end = paren + 1;
      paren = source.find(")", end, comma ?? limit);
    }
    at = comma === undefined ? end : comma + 1;
    elements.push({ start, end, comma, slotEnd: at });
  }
  return elements;
}
