import type { FilePath } from "../../base/path";
import type { Module } from "../../syntax/ast";
import type { Searchable } from "../../syntax/statements";
import type { SourceFile } from "../rule";

/** Hears what rules ask of a source file. */
export interface SourceListener {
  /** Something was asked that any edit of the file may change: its text, comments, problems. */
  askedText(): void;
  /** The statements were asked for, which are the same objects wherever an edit has left them alone. */
  askedBody(): void;
  /** The statements were searched for something. */
  searched(search: (body: Module["body"]) => unknown, found: unknown): void;
  /** What is wrong with the text was asked for. */
  askedProblems(): void;
}

/** A source file whose answers a listener hears: what only looks at statements does not depend on the text between them. */
export class HeardSource implements SourceFile {
  readonly path: FilePath;
  readonly ast: Module;
  private readonly written: string;
  private readonly listener: SourceListener;

  constructor(path: FilePath, text: string, module: Module, listener: SourceListener) {
    this.path = path;
    this.written = text;
    this.listener = listener;
    this.ast = new HeardModule(module, listener);
  }

  get text(): string {
    this.listener.askedText();
    return this.written;
  }
}

class HeardModule implements Module, Searchable {
  readonly kind = "Module";
  private readonly module: Module;
  private readonly listener: SourceListener;

  constructor(module: Module, listener: SourceListener) {
    this.module = module;
    this.listener = listener;
  }

  get start(): number {
    return this.module.start;
  }

  get end(): number {
    this.listener.askedText();
    return this.module.end;
  }

  get body(): Module["body"] {
    this.listener.askedBody();
    return this.module.body;
  }

  searched<T>(search: (body: Module["body"]) => readonly T[]): readonly T[] {
    const found = search(this.module.body);
    this.listener.searched(search, found);
    return found;
  }

  get comments(): Module["comments"] {
    this.listener.askedText();
    return this.module.comments;
  }

  get problems(): Module["problems"] {
    this.listener.askedProblems();
    return this.module.problems;
  }
}
