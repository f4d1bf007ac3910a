import type { Range } from "../../base/text";
import type { Display, DisplayElement } from "./display";
import type { Source } from "./source";
import { commentLineAboveElement } from "./staleComments";
import type { TextEdits } from "./textEdits";
import { wrapped } from "./wrapping";

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

/** Deleted elements `first` to `last`, both included. */
interface Chunk {
  readonly start: number;
  readonly slotEnd: number;
  readonly first: number;
  readonly last: number;
}

class DisplayEditor {
  private readonly source: Source;
  private readonly display: Display;
  private readonly elements: readonly DisplayElement[];
  private readonly deleted: ReadonlySet<number>;
  private readonly inserted: DisplayChange["inserted"];
  private readonly edits: TextEdits;
  private readonly survivors: readonly number[];
  private readonly chunks: readonly Chunk[];
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
    this.chunks = this.deletedChunks();
    this.isMultiLine = source.lineOf(this.display.range.start) !== source.lineOf(this.display.range.end);
    this.wantsTrailingComma = this.decideTrailingComma();
  }

  /** Nothing is left: the display becomes empty, comments of its own stay. */
  empty(): void {
    const { kind, range, isBare, open, close } = this.display;
    const pieces = this.chunks.map((each) => this.deletion(each));
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
      this.elements.length > 0 && this.survivors.length === 0 && !this.chunks.every((each) => this.ownsLines(each))
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
    for (const chunk of this.chunks) this.edits.replace(this.deletion(chunk), "");
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

  private ownsLines(chunk: Chunk | undefined): boolean {
    if (chunk === undefined || this.display.isBare) return false;
    return this.source.isFirstOnLine(chunk.start) && this.source.isLastOnLine(chunk.slotEnd);
  }

  private chunkOf(index: number): Chunk | undefined {
    return this.chunks.find((each) => each.first <= index && index <= each.last);
  }

  /** Deleted elements that follow each other without a line break in between, taken as one. */
  private deletedChunks(): readonly Chunk[] {
    const chunks: Chunk[] = [];
    for (const [index, element] of this.elements.entries()) {
      if (!this.deleted.has(index)) continue;
      const last = chunks[chunks.length - 1];
      const joins = last?.last === index - 1 && this.source.lineOf(last.slotEnd) === this.source.lineOf(element.start);
      if (last !== undefined && joins) chunks[chunks.length - 1] = { ...last, slotEnd: element.slotEnd, last: index };
      else chunks.push({ start: element.start, slotEnd: element.slotEnd, first: index, last: index });
    }
    return chunks;
  }

  /** What has to go with deleted elements: their commas and lines, or the spaces between them and a neighbour. */
  private deletion(chunk: Chunk): Range {
    const { source } = this;
    const { start, slotEnd: end } = chunk;
    if (this.display.isBare) return this.bareDeletion(chunk);
    if (this.ownsLines(chunk)) {
      const first = source.lineOf(start);
      // An element that moves has not gone.
      const isGone = this.inserted.length === 0;
      const line = isGone ? commentLineAboveElement(source, source.text.slice(start, end), first) : first;
      return { start: source.lines.lineStart(line), end: source.nextLine(end) };
    }
    const next = this.elements[chunk.last + 1];
    if (next !== undefined && source.lineOf(next.start) === source.lineOf(end)) return { start, end: next.start };
    if (source.isLastOnLine(end)) return this.deletionAtLineEnd(chunk, next);
    // The closing bracket follows.
    if (chunk.first === 0) return { start, end };
    if (!source.isFirstOnLine(start)) return { start: source.skipSpacesBack(start), end };
    // The lines before go with the element that they hold.
    if (this.deleted.has(chunk.first - 1)) return { start: source.lineStart(start), end };
    const before = this.elements[chunk.first - 1]?.slotEnd ?? start;
    const mayJoin = this.inserted.length === 0 && !source.hasComment(before, start);
    return { start: mayJoin ? before : start, end };
  }

  private deletionAtLineEnd(chunk: Chunk, next: DisplayElement | undefined): Range {
    const { source } = this;
    const { start, slotEnd: end } = chunk;
    const followsBracket = chunk.first === 0 && source.text.slice(this.display.open, start).trim() === "";
    if (!followsBracket) return { start: source.skipSpacesBack(start), end };
    if (next === undefined || this.deleted.has(chunk.last + 1) || this.inserted.length > 0) return { start, end };
    const lineEnd = source.lineEnd(end);
    return { start, end: source.hasComment(lineEnd, next.start) ? lineEnd : next.start };
  }

  /** Without brackets a line break is a backslash: it goes with the element. */
  private bareDeletion(chunk: Chunk): Range {
    const next = this.elements[chunk.last + 1];
    if (next !== undefined) return { start: chunk.start, end: next.start };
    const lastSurvivor = this.elements[this.survivors[this.survivors.length - 1] ?? -1];
    if (lastSurvivor === undefined) return { start: chunk.start, end: chunk.slotEnd };
    const keepsComma = this.wantsTrailingComma || this.inserted.length > 0;
    return { start: keepsComma ? lastSurvivor.slotEnd : lastSurvivor.end, end: chunk.slotEnd };
  }

  private insert(wanted: number, texts: readonly string[], isLastGroup: boolean): void {
    const { source, display } = this;
    const index = this.neighbour(wanted);
    const next = this.elements[index];
    const previous = this.elements[index - 1];
    const closes = isLastGroup && !this.survivors.some((each) => each >= index);
    const endsBare = closes && !this.wantsTrailingComma;
    const lines = (indent: string): string[] =>
      texts.map(
        (text, at) =>
          indent +
          reindent(wrapped(source, text, indent.length + 1), indent) +
          (endsBare && at === texts.length - 1 ? "" : ","),
      );
    if (this.isMultiLine && !display.isBare) {
      if (next !== undefined && source.isFirstOnLine(next.start)) {
        const offset = source.nextLine(previous?.slotEnd ?? display.open);
        return this.edits.insert(offset, ended(lines(source.indentAt(next.start))));
      }
      if (next === undefined && source.isFirstOnLine(display.close)) {
        const offset = previous === undefined ? source.lineStart(display.close) : source.nextLine(previous.slotEnd);
        return this.edits.insert(offset, ended(lines(this.closingIndent(previous))));
      }
      const leadStart = this.chunkOf(index - 1)?.start ?? previous?.start;
      if (next === undefined && previous !== undefined && source.isFirstOnLine(leadStart ?? 0)) {
        const indent = source.indentAt(leadStart ?? 0);
        const text = lines(indent).map((line) => `\n${line}`);
        return this.edits.insert(previous.slotEnd, text.join(""));
      }
    }
    this.insertInline(index, texts, endsBare);
  }

  /**
   * The index before which to insert in place of one among deleted elements: the first of them when they go with their
   * lines, else the next element that stays or goes with its lines.
   */
  private neighbour(wanted: number): number {
    let index = wanted;
    for (let chunk = this.chunkOf(index); chunk !== undefined; chunk = this.chunkOf(index)) {
      if (this.ownsLines(chunk)) return chunk.first;
      index = chunk.last + 1;
    }
    return index;
  }

  private insertInline(index: number, texts: readonly string[], endsBare: boolean): void {
    const after = this.survivors.find((each) => each >= index);
    const before = this.survivors.findLast((each) => each < index);
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
