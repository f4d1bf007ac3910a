import type { FilePath } from "../base/path";
import type { Module } from "../syntax/ast";
import type { Parser } from "../syntax/parser";
import { EditedModule } from "../syntax/reparse";
import type { ReadResult } from "./files";

/**
 * What outlives a snapshot: texts read from disk, parsed modules, and what was derived from single files. Texts stay
 * until {@link SourceCache.forget} is called for a path that changed on disk; the rest is keyed by the text itself.
 */
export class SourceCache {
  readonly parser: Parser;
  readonly reads = new Map<FilePath, ReadResult>();
  /** Texts that no analysis depends on: only fixes have looked at these files. */
  readonly asides = new Map<FilePath, ReadResult>();
  /** What editors show right now, of files that no analysis depends on, too. */
  readonly shown = new Map<FilePath, string>();
  /** Of each file the newest text's module. */
  private readonly modules = new Map<FilePath, KnownModule>();
  /** Of files whose newest text is another one: earlier analyses ask for these. */
  private readonly older = new Map<FilePath, KnownModule>();
  private newest: object | undefined;
  /** By purpose, then by file. */
  private readonly derived = new Map<string, Map<FilePath, { readonly text: string; readonly value: unknown }>>();

  constructor(parser: Parser) {
    this.parser = parser;
  }

  /** To be called when a file was changed, created or deleted on disk; without a path, everything read is forgotten. */
  forget(path?: FilePath): void {
    for (const texts of [this.reads, this.asides])
      if (path === undefined) texts.clear();
      else texts.delete(path);
  }

  /** From now on, this snapshot's texts are the present ones. */
  begin(snapshot: object): void {
    this.newest = snapshot;
  }

  /**
   * The parsed module of `text`. The newest snapshot moves what it shares with the text before; any other has its own
   * module where its text is no longer the present one.
   */
  module(path: FilePath, text: string, snapshot: object): Module {
    const known = this.modules.get(path);
    if (known?.text === text) return known.module;
    if (known !== undefined && snapshot !== this.newest) return this.olderModule(path, text);
    const next = known === undefined ? { text, module: this.parser.parse(text) } : this.edited(known, text);
    this.modules.set(path, next);
    return next.module;
  }

  private olderModule(path: FilePath, text: string): Module {
    let known = this.older.get(path);
    if (known?.text !== text) this.older.set(path, (known = { text, module: this.parser.parse(text) }));
    return known.module;
  }

  private edited(known: KnownModule, text: string): EditedModule {
    const before = known instanceof EditedModule ? known : EditedModule.of(known.text, known.module);
    return before.edited(text, this.parser);
  }

  /** A value computed from one file's text alone; `purpose` names the computation. */
  derive<T>(purpose: string, path: FilePath, text: string, compute: () => T): T {
    let byFile = this.derived.get(purpose);
    if (byFile === undefined) this.derived.set(purpose, (byFile = new Map()));
    const known = byFile.get(path);
    if (known?.text === text) return known.value as T;
    const value = compute();
    byFile.set(path, { text, value });
    return value;
  }

  /** Whether a value for this purpose was computed from the file's text as it is. */
  hasDerived(purpose: string, path: FilePath, text: string): boolean {
    return this.derived.get(purpose)?.get(path)?.text === text;
  }
}

interface KnownModule {
  readonly text: string;
  readonly module: Module;
}
