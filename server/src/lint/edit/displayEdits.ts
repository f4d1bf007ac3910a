import type { Range } from "../../base/text";
import type { Display, DisplayElement } from "./display";
import type { Source } from "./source";
import type { TextEdits } from "./textEdits";

/** What one fix does to one display: elements to delete by index, texts to insert before an index (the length: at the end). */
export interface DisplayChange {
  readonly display: Display;
  readonly deleted: Set<number>;
  readonly inserted: { readonly index: number; readonly text: string }[];
}

/** Turns a change into edits that keep the layout. Gives false when it cannot be done: an import of nothing. */
export function editDisplay(source: Source, change: DisplayChange, edits: TextEdits): boolean {
  const { display, deleted, inserted } = change;
  const remaining = display.elements.length - deleted.size + inserted.length;
  if (remaining === 0 && display.kind === "import") return false;
  const editor = new DisplayEditor(source, change, edits);
  if (deleted.size > 0 && (display.kind === "tuple" || display.kind === "set" || display.kind === "import"))
    edits.keepTogether(display.range);
  if (remaining === 0) editor.empty();
  else if (inserted.length > 0 && editor.losesAllInline()) editor.rewrite();
  else editor.change();
  return true;
}

class DisplayEditor {
  private readonly source: Source;
  private readonly display: Display;
  private readonly elements: readonly DisplayElement[];
  private readonly deleted: ReadonlySet<number>;
  private readonly inserted: DisplayChange["inserted"];
  private readonly edits: TextEdits;
  private readonly survivors: readonly number[];
  private readonly isMultiLine: boolean;
  private readonly wantsTrailingComma: boolean;

  constructor(source: Source, change: DisplayChange, edits: TextEdits) {
    this.source = source;
    this.display = change.display;
    this.elements = change.display.elements;
    this.deleted = change.deleted;
    this.inserted = [...change.inserted].sort((a, b) => a.index - b.index);
    this.edits = edits;
    this.survivors = this.elements.map((_, index) => index).filter((index) => !change.deleted.has(index));
    this.isMultiLine = source.lineOf(this.display.range.start) !== source.lineOf(this.display.range.end);
    this.wantsTrailingComma = this.decideTrailingComma();
  }

  /** Nothing is left: the display becomes empty, comments of its own stay. */
  empty(): void {
    const { kind, range, isBare, open, close } = this.display;
    const pieces = this.elements.map((_, index) => this.deletion(index));
    const comments = this.source.module.comments.filter((each) => each.start >= open && each.end <= close);
    const keepsComments = comments.some((each) => !pieces.some((piece) => within(piece, each)));
    if (kind === "set") this.edits.replace(range, "set()");
    else if (isBare) this.edits.replace(range, "()");
    else if (keepsComments) for (const piece of pieces) this.edits.replace(piece, "");
    else this.edits.replace({ start: open, end: close }, "");
  }

  /** Whether every element goes, and not with lines of its own: then there is no layout to keep. */
  losesAllInline(): boolean {
    return (
      this.elements.length > 0 && this.survivors.length === 0 && !this.elements.every((each) => this.ownsLines(each))
    );
  }

  /** Replaces all elements by the inserted ones on one line. */
  rewrite(): void {
    const texts = this.inserted.map((each) => each.text).join(", ");
    const all = texts + (this.wantsTrailingComma && !this.isMultiLine ? "," : this.isLonelyTuple() ? "," : "");
    if (this.display.isBare) this.edits.replace(this.display.range, all);
    else this.edits.replace({ start: this.display.open, end: this.display.close }, all);
  }

  change(): void {
    for (const index of this.deleted) this.edits.replace(this.deletion(index), "");
    this.mendCommas();
    for (let at = 0; at < this.inserted.length;) {
      const index = this.inserted[at]?.index ?? 0;
      const group = this.inserted.filter((each) => each.index === index);
      at += group.length;
      this.insert(
        index,
        group.map((each) => each.text),
        at === this.inserted.length,
      );
    }
  }

  private isLonelyTuple(): boolean {
    return this.display.kind === "tuple" && this.survivors.length + this.inserted.length === 1;
  }

  private decideTrailingComma(): boolean {
    if (this.isLonelyTuple()) return true;
    const last = this.elements[this.elements.length - 1];
    if (last === undefined) return this.isMultiLine;
    // The comma of a one-line tuple of one element is no habit, it makes the tuple.
    if (this.display.kind === "tuple" && this.elements.length === 1 && !this.isMultiLine) return false;
    return last.comma !== undefined;
  }

  /** Sees to it that every element that stays has a comma exactly where it needs one. */
  private mendCommas(): void {
    const last = this.survivors[this.survivors.length - 1];
    const element = last === undefined ? undefined : this.elements[last];
    if (last === undefined || element === undefined) return;
    const isFollowed = this.inserted.some((each) => each.index > last);
    const needsComma = isFollowed || this.wantsTrailingComma;
    if (needsComma && element.comma === undefined) this.edits.insert(element.end, ",");
    else if (!needsComma && element.comma !== undefined)
      this.edits.replace({ start: element.comma, end: element.comma + 1 }, "");
  }

  private ownsLines(element: DisplayElement): boolean {
    return (
      !this.display.isBare && this.source.isFirstOnLine(element.start) && this.source.isLastOnLine(element.slotEnd)
    );
  }

  /** What has to go with an element: its comma and its line, or the spaces between it and a neighbour. */
  private deletion(index: number): Range {
    const element = this.elements[index];
    if (element === undefined) return { start: 0, end: 0 };
    const { source } = this;
    const { start, slotEnd: end } = element;
    if (this.display.isBare) return this.bareDeletion(index, element);
    if (this.ownsLines(element)) return { start: source.lineStart(start), end: source.nextLine(end) };
    const next = this.elements[index + 1];
    if (next !== undefined && source.lineOf(next.start) === source.lineOf(end)) return { start, end: next.start };
    if (source.isLastOnLine(end)) return this.deletionAtLineEnd(index, element, next);
    // The closing bracket follows.
    if (index === 0) return { start, end };
    if (!source.isFirstOnLine(start)) return { start: source.skipSpacesBack(start), end };
    const before = this.elements[index - 1]?.slotEnd ?? start;
    const mayJoin = this.inserted.length === 0 && !source.hasComment(before, start);
    return { start: mayJoin ? before : start, end };
  }

  private deletionAtLineEnd(index: number, element: DisplayElement, next: DisplayElement | undefined): Range {
    const { source } = this;
    const { start, slotEnd: end } = element;
    const followsBracket = index === 0 && source.text.slice(this.display.open, start).trim() === "";
    if (!followsBracket) return { start: source.skipSpacesBack(start), end };
    if (next === undefined || this.inserted.length > 0) return { start, end };
    const lineEnd = source.lineEnd(end);
    return { start, end: source.hasComment(lineEnd, next.start) ? lineEnd : next.start };
  }

  /** Without brackets a line break is a backslash: it goes with the element. */
  private bareDeletion(index: number, element: DisplayElement): Range {
    const next = this.elements[index + 1];
    if (next !== undefined) return { start: element.start, end: next.start };
    const lastSurvivor = this.elements[this.survivors[this.survivors.length - 1] ?? -1];
    if (lastSurvivor === undefined) return { start: element.start, end: element.slotEnd };
    const keepsComma = this.wantsTrailingComma || this.inserted.length > 0;
    return { start: keepsComma ? lastSurvivor.slotEnd : lastSurvivor.end, end: element.slotEnd };
  }

  private insert(index: number, texts: readonly string[], isLastGroup: boolean): void {
    const { source, display } = this;
    const next = this.elements[index];
    const previous = this.elements[index - 1];
    const closes = isLastGroup && !this.survivors.some((each) => each >= index);
    const endsBare = closes && !this.wantsTrailingComma;
    const lines = (indent: string): string[] =>
      texts.map((text, at) => indent + reindent(text, indent) + (endsBare && at === texts.length - 1 ? "" : ","));
    if (this.isMultiLine && !display.isBare) {
      if (next !== undefined && source.isFirstOnLine(next.start)) {
        const offset = source.nextLine(previous?.slotEnd ?? display.open);
        return this.edits.insert(offset, ended(lines(source.indentAt(next.start))));
      }
      if (next === undefined && source.isFirstOnLine(display.close)) {
        const offset = previous === undefined ? source.lineStart(display.close) : source.nextLine(previous.slotEnd);
        return this.edits.insert(offset, ended(lines(this.closingIndent(previous))));
      }
      if (next === undefined && previous !== undefined && source.isFirstOnLine(previous.start)) {
        const indent = source.indentAt(previous.start);
        return this.edits.insert(
          previous.slotEnd,
          lines(indent)
            .map((line) => `\n${line}`)
            .join(""),
        );
      }
    }
    this.insertInline(index, texts, endsBare);
  }

  private insertInline(index: number, texts: readonly string[], endsBare: boolean): void {
    const after = this.survivors.find((each) => each >= index);
    const before = this.survivors.filter((each) => each < index).pop();
    const follower = after === undefined ? undefined : this.elements[after];
    const leader = before === undefined ? undefined : this.elements[before];
    const joined = texts.join(", ") + (endsBare ? "" : ",");
    if (follower !== undefined) this.edits.insert(follower.start, texts.map((text) => `${text}, `).join(""));
    else if (leader !== undefined) this.edits.insert(leader.slotEnd, ` ${joined}`);
    else this.edits.insert(this.display.open, joined);
  }

  private closingIndent(previous: DisplayElement | undefined): string {
    const { source } = this;
    if (previous !== undefined && source.isFirstOnLine(previous.start)) return source.indentAt(previous.start);
    return source.indentAt(this.display.close) + source.style.indent;
  }
}

function within(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function ended(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Gives the lines of a text after the first an indentation in addition to their own. */
function reindent(text: string, indent: string): string {
  return text.split(/\r?\n/).join(`\n${indent}`);
}
