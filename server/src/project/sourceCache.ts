import type { FilePath } from "../base/path";
import type { Module } from "../syntax/ast";
import type { Parser } from "../syntax/parser";
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
  private readonly modules = new Map<FilePath, { readonly text: string; readonly module: Module }>();
  private readonly derived = new Map<string, { readonly text: string; readonly value: unknown }>();

  constructor(parser: Parser) {
    this.parser = parser;
  }

  /** To be called when a file was changed, created or deleted on disk; without a path, everything read is forgotten. */
  forget(path?: FilePath): void {
    for (const texts of [this.reads, this.asides])
      if (path === undefined) texts.clear();
      else texts.delete(path);
  }

  /** The parsed module of `text`; parsed anew only when the text at this path differs from the last one. */
  module(path: FilePath, text: string): Module {
    const known = this.modules.get(path);
    if (known?.text === text) return known.module;
    const module = this.parser.parse(text);
    this.modules.set(path, { text, module });
    return module;
  }

  /** A value computed from one file's text alone; `purpose` names the computation. */
  derive<T>(purpose: string, path: FilePath, text: string, compute: () => T): T {
    const key = `${purpose}\0${path}`;
    const known = this.derived.get(key);
    if (known?.text === text) return known.value as T;
    const value = compute();
    this.derived.set(key, { text, value });
    return value;
  }
}
