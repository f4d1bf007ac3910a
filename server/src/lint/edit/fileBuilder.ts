import type { Range } from "../../base/text";
import type { DjangoProject } from "../../project/model";
import type { Expr, Stmt } from "../../syntax/ast";
import type { LinesPlace } from "./assignments";
import { djangoConfigurations } from "../dialects/djangoConfigurations";
import { placeOf } from "./assignments";
import type { Block } from "./blocks";
import { deleteStatements, findStatement } from "./blocks";
import type { Display } from "./display";
import { displayOf, findElement } from "./display";
import type { DisplayChange } from "./displayEdits";
import { editDisplay } from "./displayEdits";
import type { Sources } from "./editHost";
import { EnvironmentWriter } from "./environment";
import { FileImports } from "./fileImports";
import type { NameTables } from "./nameTable";
import type { Source } from "./source";
import { pythonString } from "./sourceStyle";
import { staleComment } from "./staleComments";
import type { TextEdit } from "./textEdits";
import { RANK, TextEdits } from "./textEdits";
import { wrapped } from "./wrapping";

/** What one fix does to one Python file: collected first, written when the fix is complete. */
export class FileBuilder {
  readonly imports: FileImports;
  readonly environment: EnvironmentWriter;
  private readonly sources: Sources;
  private readonly tables: NameTables;
  private readonly source: Source;
  private readonly replacements: TextEdit[] = [];
  private readonly displays = new Map<number, DisplayChange>();
  private readonly blocks = new Map<readonly Stmt[], { readonly block: Block; readonly deleted: Set<number> }>();
  private readonly assignments = new Map<string, string>();
  private readonly objects: string[] = [];
  private readonly added: { readonly offset: number; readonly text: string }[] = [];

  constructor(sources: Sources, tables: NameTables, project: DjangoProject, source: Source) {
    this.sources = sources;
    this.tables = tables;
    this.source = source;
    this.imports = new FileImports(sources, tables, source, (display, index, text) =>
      this.change(display).inserted.push({ index, text }),
    );
    this.environment = new EnvironmentWriter(sources, tables, project, source, {
      source,
      quote: (text) => this.quote(text),
      importName: (module, name) => this.imports.expression(module, name),
      attribute: (module, name) => this.imports.attribute(module, name),
      createObject: (names, callee) => this.createObject(names, callee),
    });
  }

  quote(text: string, like?: number): string {
    const { text: source, style } = this.source;
    const mark = like === undefined ? undefined : source[like];
    return pythonString(text, mark === "'" || mark === '"' ? mark : style.quote);
  }

  replace(range: Range, text: string): boolean {
    if (range.start > range.end || range.end > this.source.text.length) return false;
    this.replacements.push({ start: range.start, end: range.end, text });
    return true;
  }

  /** Gives false when no statement has this range, or lies around it. */
  deleteStatement(range: Range): boolean {
    const found = findStatement(this.source, range);
    if (found === undefined) return false;
    const known = this.blocks.get(found.block.statements) ?? { block: found.block, deleted: new Set() };
    this.blocks.set(found.block.statements, known);
    known.deleted.add(found.index);
    return true;
  }

  /** Gives false when no element has this range. */
  deleteElement(range: Range): boolean {
    const found = findElement(this.source, range);
    if (found === undefined) return false;
    this.change(found.display).deleted.add(found.index);
    return true;
  }

  /** Gives false when the expression is no display or call. */
  insertElement(list: Expr, index: number, text: string): boolean {
    const display = displayOf(this.source, list);
    if (display === undefined) return false;
    const at = Math.min(Math.max(index, 0), display.elements.length);
    this.change(display).inserted.push({ index: at, text });
    return true;
  }

  /** Gives false where settings are attributes of classes: a module's own names are none then. */
  assign(name: string, value: string): boolean {
    if (djangoConfigurations.isUsedIn(this.source, this.tables.of(this.source.path))) return false;
    this.assignments.set(name, value);
    return true;
  }

  /** Gives false when no statement has this range or lies around it, or others stand on its lines. */
  insertAfter(range: Range | undefined, text: string): boolean {
    const { source } = this;
    if (range === undefined) {
      const isSpaced = /\n[ \t]*\r?\n$/.test(source.text);
      this.added.push({ offset: source.text.length, text: `${isSpaced ? "" : "\n"}${text}\n` });
      return true;
    }
    const found = findStatement(source, range);
    const statement = found?.block.statements[found.index];
    if (statement === undefined || !source.isFirstOnLine(statement.start) || !source.isLastOnLine(statement.end))
      return false;
    const indent = source.indentAt(statement.start);
    this.added.push({ offset: source.nextLine(statement.end), text: `${text.replace(/^(?=.)/gm, indent)}\n` });
    return true;
  }

  /** The edits of this file; `undefined` when they contradict each other or one cannot be done. */
  finish(): readonly TextEdit[] | undefined {
    const edits = new TextEdits();
    for (const { start, end, text } of this.replacements) this.overwrite({ start, end }, text, edits);
    for (const { block, deleted } of this.blocks.values()) deleteStatements(this.source, block, deleted, edits);
    this.writeAssignments(edits);
    for (const { offset, text } of this.added)
      edits.insertLines(offset, this.placed({ start: offset, end: offset }, text));
    for (const change of this.displays.values()) {
      const { range } = change.display;
      const inserted = change.inserted.map((each) => ({ ...each, text: this.placed(range, each.text) }));
      if (!editDisplay(this.source, { ...change, inserted }, edits)) return undefined;
    }
    this.imports.write(edits);
    this.writeObjects(edits);
    if (this.environment.isMisplaced) return undefined;
    return edits.finish(this.source.text, this.source.style.newline);
  }

  /** Writes a text over what stands at a place, with a comment behind it that spoke of that. */
  private overwrite(range: Range, text: string, edits: TextEdits): void {
    const { source } = this;
    const stale = range.start < range.end ? staleComment(source, range, text) : undefined;
    const isValue = /^[ \t]*\w+(?: *:[^=]*)? = $/.test(source.text.slice(source.lineStart(range.start), range.start));
    const placed = this.placed(range, text);
    const rest = source.text.slice(range.end, stale?.start ?? source.lineEnd(range.end)).trimEnd();
    const around = range.start - source.lineStart(range.start) + rest.length;
    const fitted = isValue && rest === "" ? wrapped(source, placed, around) : placed;
    edits.replace(range, fitted === placed ? placed : this.indented(fitted, range.start));
    if (stale !== undefined) edits.replace(stale, "");
  }

  /** Gives the lines of a text after the first the indentation of the line with an offset. */
  private indented(text: string, offset: number): string {
    return text.replaceAll("\n", `\n${this.source.indentAt(offset)}`);
  }

  /** A text as it has to be written at its place, with what it uses made available there. */
  private placed(range: Range, text: string): string {
    const written = this.environment.placed(range, text);
    this.imports.makeAvailable(range.start, written);
    return written;
  }

  private change(display: Display): DisplayChange {
    const known = this.displays.get(display.range.start) ?? { display, deleted: new Set(), inserted: [] };
    this.displays.set(display.range.start, known);
    return known;
  }

  private createObject(names: readonly string[], callee: string): string {
    const name = this.imports.freeName(names);
    this.objects.push(`${name} = ${callee}()\n`);
    return name;
  }

  private writeObjects(edits: TextEdits): void {
    if (this.objects.length === 0) return;
    const { block } = this.imports;
    const line = this.source.lineOf(block.end);
    const isLast = this.source.text.slice(block.end).trim() === "";
    const isBeforeCode = !isLast && !this.source.isBlankLine(line);
    const text = this.objects.join("");
    if (block.isEmpty && isBeforeCode) edits.insertLines(block.end, `${text}\n`, RANK.object);
    else edits.insertLines(block.end, `\n${text}${isBeforeCode ? "\n" : ""}`, RANK.object);
  }

  private writeAssignments(edits: TextEdits): void {
    const lines = new Map<number, { readonly place: LinesPlace; text: string }>();
    for (const [name, value] of this.assignments) {
      const place = placeOf(this.sources, this.tables, this.source, name, value);
      if (place.kind === "value") {
        this.overwrite(place, value, edits);
        continue;
      }
      const placed = this.placed({ start: place.offset, end: place.offset }, value);
      const text = ` = ${wrapped(this.source, placed, `${name} = `.length)}`;
      if (place.kind === "annotated") edits.insert(place.offset, text);
      else {
        const before = lines.get(place.offset)?.text ?? (place.blankBefore ? "\n" : "");
        lines.set(place.offset, { place, text: `${before}${name}${text}\n` });
      }
    }
    for (const { place, text } of lines.values())
      edits.insertLines(place.offset, text + (place.blankAfter ? "\n\n" : ""));
  }
}
